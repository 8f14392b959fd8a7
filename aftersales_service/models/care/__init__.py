from . import (
    aftersales_order,
    aftersales_order_rating,
    aftersales_outlet,
    res_company,
    res_config_settings,
)
