from . import (
    aftersales_erasure,
    aftersales_erasure_mixin,
    aftersales_order,
    res_company,
    res_config_settings,
    res_partner,
)
