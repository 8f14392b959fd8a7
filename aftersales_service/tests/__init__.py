from hypothesis import HealthCheck, settings

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
from .portal import test_portal_order
from .visit import (
    test_checklist,
    test_job_actions,
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

# the same examples on every run and on every machine, however slow
settings.register_profile(
    'aftersales', derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile('aftersales')
