from . import (
    test_answers,
    test_call_plan,
    test_feedback_page,
    test_follow_up_desk,
    test_loop,
    test_questionnaire,
    test_sampling_tool,
    test_score_tools,
    test_tour_follow_up_desk,
    test_wave_draw,
    test_wave_run,
)
