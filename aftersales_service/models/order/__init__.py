from . import (
    aftersales_labour,
    aftersales_order,
    aftersales_order_flow,
    aftersales_order_parts,
    aftersales_order_portal,
    aftersales_order_sale,
    aftersales_order_type,
    aftersales_stage,
    repair_order,
    sale_order,
    sale_order_line,
    stock_move,
)
