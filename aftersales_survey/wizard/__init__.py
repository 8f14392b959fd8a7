from . import aftersales_survey_draw
