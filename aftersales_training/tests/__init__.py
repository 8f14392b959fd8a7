from . import (
    test_article,
    test_article_tool,
    test_course,
    test_exam,
    test_session,
    test_tool,
    test_training_effect,
    test_training_phone,
    test_violation,
)
