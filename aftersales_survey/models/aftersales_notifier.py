from odoo import fields, models


class AftersalesNotifier(models.Model):
    """Notifications of invitations to surveys."""

    _inherit = 'aftersales.notifier'

    event = fields.Selection(
        selection_add=[('survey_invited', "Survey Invitation"),
                       ('survey_reminded', "Survey Reminder")],
        ondelete={'survey_invited': 'cascade', 'survey_reminded': 'cascade'})
