from . import (
    test_course,
    test_score,
    test_score_privacy,
    test_score_tool,
)
