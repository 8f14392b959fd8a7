from . import (
    test_part_master,
    test_part_outlet,
    test_part_phone,
    test_part_request,
    test_part_wait,
)
