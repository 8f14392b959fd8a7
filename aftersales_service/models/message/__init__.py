from . import (
    aftersales_channel,
    aftersales_message,
    aftersales_notifier,
    aftersales_notify_mixin,
    aftersales_order,
    aftersales_provider,
    aftersales_visit,
    aftersales_warranty,
    res_company,
    res_config_settings,
)
