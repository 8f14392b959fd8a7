from . import (
    aftersales_part_cost,
    aftersales_part_refusal,
)
