from . import (
    test_certificate,
    test_course,
    test_gate,
)
