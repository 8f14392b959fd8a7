from odoo import fields, models


class AftersalesClockAlert(models.Model):
    """Alerts reach the complaint desk, too."""

    _inherit = 'aftersales.clock.alert'

    recipient = fields.Selection(
        selection_add=[('complaint_desk', "Complaint Desk")],
        ondelete={'complaint_desk': 'cascade'})
