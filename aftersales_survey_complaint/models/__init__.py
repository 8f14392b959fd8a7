from . import (
    aftersales_complaint,
    aftersales_loop,
    aftersales_loop_rule,
    aftersales_order,
    aftersales_survey_invitation,
    aftersales_survey_wave,
)
