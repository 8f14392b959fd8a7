from . import (
    aftersales_complaint_rate,
    aftersales_complaint_report,
    aftersales_failure_cost,
)
