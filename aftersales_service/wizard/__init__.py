from . import (
    aftersales_clock_hold,
    aftersales_code_entry,
    aftersales_collection,
    aftersales_fault_statistics,
)
