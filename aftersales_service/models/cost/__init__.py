from . import (
    aftersales_cost_activity,
    aftersales_cost_line,
    aftersales_cost_mixin,
    aftersales_cost_rate,
    aftersales_cost_scenario,
    aftersales_cost_scenario_line,
    aftersales_order,
    aftersales_order_type,
)
