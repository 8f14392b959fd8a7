from . import (
    test_coaching,
    test_course,
    test_exam,
    test_need,
    test_need_sources,
    test_plan,
    test_session,
    test_training_effect,
    test_training_phone,
)
