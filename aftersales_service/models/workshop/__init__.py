from . import (
    aftersales_order_bench,
    aftersales_order_given_back,
    aftersales_order_type,
    aftersales_order_unclaimed,
    aftersales_stage,
    aftersales_visit,
)
