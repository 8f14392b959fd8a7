from . import (
    account_payment,
    aftersales_order,
    aftersales_order_acceptance,
    aftersales_order_collect,
    aftersales_order_price,
    aftersales_outlet,
    aftersales_visit_mobile,
    product_template,
    res_company,
    res_config_settings,
    sale_order,
)
