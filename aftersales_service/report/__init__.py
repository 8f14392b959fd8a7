from . import (
    aftersales_cost_report,
    aftersales_fault_rate,
    aftersales_order_report,
    aftersales_return_label,
    aftersales_return_report,
)
