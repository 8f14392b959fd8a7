"""The groups that rules in Python ask for."""
from odoo.addons.aftersales_service.models.base.roles import AGENT, MANAGER, TEAM_LEAD

DESK = 'aftersales_complaint.group_complaint_desk'  # judges and answers
COMPLAINT_MANAGER = 'aftersales_complaint.group_complaint_manager'  # decides

__all__ = ['AGENT', 'COMPLAINT_MANAGER', 'DESK', 'MANAGER', 'TEAM_LEAD']
