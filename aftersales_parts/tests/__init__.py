from . import (
    test_inspection,
    test_old_part,
    test_old_part_disposal,
    test_old_part_portal,
    test_part_master,
    test_sampling_plan,
)
