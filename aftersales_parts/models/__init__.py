# the run extends the class
from . import aftersales_part_class  # isort: skip
from . import (
    aftersales_order_fit,
    aftersales_part_class_run,
    aftersales_part_fit,
    aftersales_part_policy,
    aftersales_part_supersession,
    aftersales_visit_fit,
    product_product,
    product_template,
    repair_order,
    stock_location,
    stock_move,
    stock_quant,
)
