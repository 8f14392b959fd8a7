from . import (
    test_complaint_need,
    test_complaint_score,
    test_tour_qualified,
)
