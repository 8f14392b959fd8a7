from . import (
    aftersales_order,
    aftersales_return,
    aftersales_return_line,
    res_company,
    res_config_settings,
)
