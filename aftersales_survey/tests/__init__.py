from . import (
    test_call_plan,
    test_figures,
    test_follow_up_desk,
    test_loop,
    test_monitor,
    test_outlet_satisfaction,
    test_result_rights,
    test_sampling_tool,
    test_tour_follow_up_desk,
    test_wave_draw,
    test_wave_report,
    test_wave_run,
)
