from . import (
    aftersales_appraisal,
    aftersales_appraisal_audit,
    aftersales_appraisal_credit,
    aftersales_appraisal_erasure,
    aftersales_order,
    aftersales_order_outlet,
    aftersales_outlet,
    aftersales_outlet_charge,
)
