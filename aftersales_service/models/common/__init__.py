from . import digest_digest, ir_sequence, res_config_settings
