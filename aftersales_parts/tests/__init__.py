from . import (
    test_classification,
    test_part_care,
    test_part_fits,
    test_part_tools,
    test_supersession,
)
