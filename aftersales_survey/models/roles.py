"""The groups of the survey module that rules in Python ask for."""
INTERVIEWER = 'aftersales_survey.group_survey_interviewer'
MANAGER = 'aftersales_survey.group_survey_manager'
