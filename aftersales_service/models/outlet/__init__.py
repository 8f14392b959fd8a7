from . import (
    aftersales_dispatch,
    aftersales_dispatch_reason,
    aftersales_offer,
    aftersales_order_dispatch,
    aftersales_order_outlet,
    aftersales_outlet,
    aftersales_outlet_area,
    aftersales_outlet_capacity,
    product_category,
    res_company,
    res_config_settings,
    res_users,
)
