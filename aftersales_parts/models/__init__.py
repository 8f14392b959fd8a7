from . import (
    aftersales_part_demand,
    aftersales_part_demand_fill,
    aftersales_part_policy_stock,
    aftersales_part_refusal,
    aftersales_part_season,
    aftersales_part_suggestion,
    aftersales_part_suggestion_run,
    product_product,
    product_product_last_buy,
    product_template,
    res_company,
    stock_warehouse_orderpoint,
)
