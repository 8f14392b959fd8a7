from . import (
    aftersales_clock_alert,
    aftersales_clock_mixin,
    aftersales_clock_pause,
    aftersales_clock_promise_mixin,
    aftersales_clock_target,
    aftersales_customer_grade,
    aftersales_pause_reason,
    aftersales_peak,
    aftersales_zone,
    res_partner,
    resource_calendar,
    resource_calendar_attendance,
    resource_calendar_leaves,
)

# isort: split
# they build on those above
from . import aftersales_clock
