from . import (
    aftersales_clock_hold,
    aftersales_code_entry,
    aftersales_collection,
    aftersales_erasure_request,
    aftersales_fault_statistics,
    aftersales_late_discard,
    aftersales_platform_import,
    aftersales_policy_assign,
    aftersales_return_start,
    aftersales_return_statistics,
    aftersales_warranty_change,
)
