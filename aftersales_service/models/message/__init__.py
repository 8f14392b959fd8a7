from . import (
    aftersales_channel,
    aftersales_channel_email,
    aftersales_channel_portal,
    aftersales_message,
    aftersales_notifier,
    aftersales_notify_mixin,
    aftersales_provider,
    res_company,
)

# isort: split
# they build on those above
from . import aftersales_channel_dummy
