"""The groups of the survey module that rules in Python ask for."""
from odoo.addons.aftersales_service.models.base.roles import AGENT

INTERVIEWER = 'aftersales_survey.group_survey_interviewer'
# a list for the field attribute ``groups``
SPEAKS_WITH_CUSTOMERS = f'{INTERVIEWER},{AGENT}'
MANAGER = 'aftersales_survey.group_survey_manager'
