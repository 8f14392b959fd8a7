from . import (
    aftersales_erasure,
    aftersales_erasure_mixin,
    aftersales_erasure_period,
    aftersales_legal_hold_mixin,
    aftersales_order,
    res_partner,
)
