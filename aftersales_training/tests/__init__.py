from . import (
    test_certificate,
    test_check,
    test_course,
    test_exam,
    test_gate,
    test_matrix,
    test_need,
    test_need_sources,
    test_plan,
    test_session,
    test_training_effect,
    test_training_phone,
)
