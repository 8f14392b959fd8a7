from . import (
    test_call_plan,
    test_follow_up_desk,
    test_loop,
    test_sampling_tool,
    test_tour_follow_up_desk,
    test_wave_draw,
    test_wave_run,
)
