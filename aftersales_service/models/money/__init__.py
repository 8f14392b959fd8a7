from . import (
    account_payment,
    aftersales_order,
    aftersales_order_collect,
    aftersales_outlet,
    aftersales_visit_mobile,
    res_company,
    res_config_settings,
    sale_order,
)
