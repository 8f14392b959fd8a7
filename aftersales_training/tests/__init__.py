from . import (
    test_course,
    test_exam,
    test_session,
    test_training_effect,
    test_training_phone,
)
