from . import (
    aftersales_channel,
    aftersales_message,
    aftersales_notifier,
    aftersales_order,
    aftersales_provider,
    aftersales_visit,
    res_company,
    res_config_settings,
)
