from . import (
    test_ladder,
    test_notice,
    test_notice_privacy,
    test_offence,
)
