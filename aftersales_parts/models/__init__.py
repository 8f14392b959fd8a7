# alphabetical; files that others build on stand above with `isort: skip`
from . import aftersales_part_request  # isort: skip
from . import (
    aftersales_clock_promise_request,
    aftersales_job_action_request,
    aftersales_order_request,
    aftersales_part_request_line,
    aftersales_part_request_mobile,
    aftersales_part_request_stock,
    aftersales_visit_request,
    product_product,
    product_template,
    purchase_order_line_request,
    res_company_request,
    res_config_settings_request,
    res_users_request,
    stock_location_place,
    stock_move_request,
    stock_picking_request,
    stock_quant_count,
)
