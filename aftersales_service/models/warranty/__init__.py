from . import (
    aftersales_warranty,
    aftersales_warranty_cover,
    aftersales_warranty_policy,
    aftersales_warranty_portal,
    aftersales_warranty_term,
    product_category,
    product_product,
    product_template,
    res_company,
    sale_order,
    stock_lot,
    stock_move,
)
