from . import (
    test_part_master,
)
