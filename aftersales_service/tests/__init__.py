from . import (  # properties first: the tests are made with them
    properties,
    test_chinese_pages,
    test_tour_dispatch,
    test_tour_request,
    test_tours,
)
from .clock import test_order_clocks, test_worktime_core, test_worktime_tool
from .order import (
    test_contact_tool,
    test_diagnosis_code,
    test_liaison,
    test_order_acceptance,
    test_order_call,
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
from .portal import (
    test_portal_order,
    test_portal_outlet,
    test_portal_request,
    test_portal_warranty,
)
from .report import test_digest, test_documents, test_fault_statistics, test_order_report
from .visit import (
    test_checklist,
    test_job_actions,
    test_jobs_browser,
    test_jobs_http,
    test_photo_tool,
    test_visit,
)
from .warranty import (
    test_card_by_delivery,
    test_card_covers,
    test_card_rights,
    test_policy,
    test_warranty_tool,
)
