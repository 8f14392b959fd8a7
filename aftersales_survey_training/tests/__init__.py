from . import test_survey_score
