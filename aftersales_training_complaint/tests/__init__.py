from . import (
    test_complaint_need,
    test_tour_qualified,
)
