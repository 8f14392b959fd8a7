from . import (
    aftersales_part_cost,
    aftersales_part_refusal,
    base_import_import,
)
