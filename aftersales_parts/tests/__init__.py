from . import (
    test_classification,
    test_part_care,
    test_part_fits,
    test_part_outlet,
    test_part_phone,
    test_part_request,
    test_part_tools,
    test_part_wait,
    test_supersession,
)
