from . import ir_sequence, res_config_settings
