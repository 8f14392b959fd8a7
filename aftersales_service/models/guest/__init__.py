from . import (
    aftersales_completion_try,
    aftersales_guest_code,
    aftersales_notifier,
    aftersales_order,
    aftersales_warranty,
)
