from odoo import fields, models


class AftersalesLoopRule(models.Model):
    """A low answer may open a complaint at once."""

    _inherit = 'aftersales.loop.rule'

    action = fields.Selection(
        selection_add=[('complaint', "Complaint")], ondelete={'complaint': 'set default'})
