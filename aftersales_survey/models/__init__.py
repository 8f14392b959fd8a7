from . import (
    aftersales_survey_invitation,
    aftersales_survey_wave,
    survey_question,
    survey_survey,
    survey_user_input,
)
