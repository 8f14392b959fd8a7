from . import (
    test_classification,
    test_forecast_tool,
    test_last_buy,
    test_part_care,
    test_part_demand,
    test_part_fits,
    test_part_suggestion,
    test_part_tools,
    test_stock_rule_tool,
    test_supersession,
    test_tour_suggestion,
)
