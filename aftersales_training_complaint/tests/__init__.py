from . import (
    test_complaint_need,
)
