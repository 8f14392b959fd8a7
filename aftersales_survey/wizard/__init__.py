from . import (
    aftersales_survey_draw,
    aftersales_survey_exclusion,
    aftersales_survey_reply,
    aftersales_survey_statistics,
)
