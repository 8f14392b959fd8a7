from . import (
    test_course,
    test_exam,
    test_need,
    test_need_sources,
    test_plan,
    test_score,
    test_score_privacy,
    test_score_tool,
    test_session,
    test_training_effect,
    test_training_phone,
)
