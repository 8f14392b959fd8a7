from . import aftersales_survey_population_mixin

# isort: split
# they build on it
from . import (
    aftersales_erasure,
    aftersales_erasure_period,
    aftersales_notifier,
    aftersales_order,
    aftersales_order_wave,
    aftersales_outlet_wave,
    aftersales_survey_invitation,
    aftersales_survey_invitation_message,
    aftersales_survey_invitation_privacy,
    aftersales_survey_stratum,
    aftersales_survey_wave,
    aftersales_survey_wave_draw,
    aftersales_survey_wave_run,
    aftersales_warranty_wave,
    res_company,
    res_config_settings,
    res_partner,
    res_partner_wave,
    survey_question,
    survey_survey,
    survey_survey_wave,
    survey_user_input,
    survey_user_input_feedback,
)
