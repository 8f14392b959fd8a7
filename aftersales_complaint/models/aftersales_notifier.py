from odoo import fields, models

EVENTS = [
    ('complaint_received', "Complaint Received"), ('complaint_answered', "Complaint Answered"),
    ('complaint_settled', "Complaint Settled"),
    ('complaint_thanked', "Thanks for Praise, Suggestion or Hint")]


class AftersalesNotifier(models.Model):
    """What customers hear of their complaints."""

    _inherit = 'aftersales.notifier'

    event = fields.Selection(
        selection_add=EVENTS, ondelete={event: 'cascade' for event, __ in EVENTS})
