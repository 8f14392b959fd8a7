from . import (
    aftersales_order,
    aftersales_platform,
    aftersales_platform_column,
    aftersales_platform_word,
)
