from . import (
    aftersales_part_report,
    aftersales_provider_report,
)
