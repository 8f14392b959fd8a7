from . import (
    aftersales_accident,
    aftersales_order,
    aftersales_visit_mobile,
    res_company,
    res_config_settings,
)
