from . import (
    test_figures,
    test_monitor,
    test_outlet_satisfaction,
    test_result_rights,
    test_sampling_tool,
    test_wave_draw,
    test_wave_report,
    test_wave_run,
)
