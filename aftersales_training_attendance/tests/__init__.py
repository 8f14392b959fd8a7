from . import test_clocked_hours
