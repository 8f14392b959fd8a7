from . import (
    aftersales_campaign,
    aftersales_campaign_text,
    aftersales_campaign_unit,
    aftersales_campaign_unit_letter,
    aftersales_order,
    aftersales_return_line,
    aftersales_warranty,
)
