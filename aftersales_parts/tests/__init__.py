from . import (
    test_forecast_tool,
    test_last_buy,
    test_part_demand,
    test_part_master,
    test_part_suggestion,
    test_stock_rule_tool,
)
