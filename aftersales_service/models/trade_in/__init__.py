from . import (
    aftersales_order,
    aftersales_order_type,
    aftersales_trade_in,
    aftersales_trade_in_cost,
    aftersales_trade_in_erasure,
    aftersales_trade_in_flow,
    aftersales_trade_in_programme,
    aftersales_trade_in_value,
    res_company,
    res_config_settings,
    sale_order,
    sale_order_line,
)
