from odoo import fields, models


class AftersalesNotifier(models.Model):
    """Notifications of invitations to surveys, and of the contacts that a plan makes."""

    _inherit = 'aftersales.notifier'

    event = fields.Selection(
        selection_add=[('survey_invited', "Survey Invitation"),
                       ('survey_reminded', "Survey Reminder"), ('contact', "Contact after a Sale")],
        ondelete={'survey_invited': 'cascade', 'survey_reminded': 'cascade', 'contact': 'cascade'})
