from . import aftersales_survey_draw, aftersales_survey_statistics
