from . import aftersales_survey_statistics
