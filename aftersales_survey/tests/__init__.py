from . import (
    test_answer_exports,
    test_answers,
    test_feedback_page,
    test_feedback_phone,
    test_questionnaire,
    test_sampling_tool,
    test_score_tools,
    test_wave_draw,
    test_wave_run,
)
