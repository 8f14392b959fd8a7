from . import (
    aftersales_accident,
    aftersales_order,
    aftersales_visit_job,
    res_company,
    res_config_settings,
)
