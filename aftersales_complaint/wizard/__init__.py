from . import (
    aftersales_complaint_contact,
    aftersales_complaint_daily,
    aftersales_complaint_merge,
    aftersales_complaint_split,
    aftersales_penalty_counter,
)
