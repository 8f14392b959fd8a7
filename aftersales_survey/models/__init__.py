from . import (
    aftersales_survey_invitation,
    aftersales_survey_wave,
    aftersales_survey_wave_report,
    res_company_results,
    res_config_settings_results,
    survey_question,
    survey_survey,
    survey_user_input,
)
