from . import (
    aftersales_notice,
    aftersales_notice_flow,
    aftersales_notice_mixin,
    aftersales_offence,
    aftersales_sanction,
    res_company,
    res_config_settings,
)
