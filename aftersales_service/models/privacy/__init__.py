# documents with personal data inherit it
from . import aftersales_legal_hold_mixin

# isort: split
from . import (
    aftersales_erasure,
    aftersales_erasure_mixin,
    aftersales_erasure_period,
    aftersales_order,
    res_company,
    res_config_settings,
    res_partner,
)
