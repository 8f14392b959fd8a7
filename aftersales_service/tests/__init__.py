from . import hypothesis_profile
from .order import (
    test_order_acceptance,
    test_order_flow,
    test_order_intake,
    test_order_parts,
    test_order_queries,
    test_order_rights,
    test_order_sale,
    test_service_sheet,
    test_stage,
)
from .outlet import (
    test_area_tool,
    test_bulk_dispatch,
    test_capacity_tool,
    test_offer,
    test_outlet,
    test_outlet_queries,
    test_outlet_rights,
    test_technician,
)
from .portal import test_portal_order
from .warranty import (
    test_card_by_delivery,
    test_card_covers,
    test_card_rights,
    test_policy,
    test_warranty_tool,
)
