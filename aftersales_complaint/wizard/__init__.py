from . import (
    aftersales_complaint_answer,
    aftersales_complaint_contact,
    aftersales_complaint_daily,
    aftersales_complaint_merge,
    aftersales_complaint_split,
    aftersales_complaint_statistics,
    aftersales_failure_price,
    aftersales_penalty_counter,
    aftersales_suggestion_statistics,
)
