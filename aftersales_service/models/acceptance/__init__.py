from . import (
    aftersales_completion_code,
    aftersales_order,
    res_company,
    res_config_settings,
)
