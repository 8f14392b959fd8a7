from . import (
    test_course,
    test_score_tool,
)
