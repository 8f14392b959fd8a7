from . import test_figures, test_sampling_tool, test_wave_draw, test_wave_run
