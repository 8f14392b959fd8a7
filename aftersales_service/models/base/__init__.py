from . import (
    aftersales_cached_mixin,
    aftersales_opening_mixin,
    digest_digest,
    ir_sequence,
    res_config_settings,
)
