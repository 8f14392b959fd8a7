from odoo import fields, models


class AftersalesJobAction(models.Model):
    """What a phone may do on a case."""

    _inherit = 'aftersales.job.action'

    kind = fields.Selection(
        selection_add=[('proof_note', "Case Noted")], ondelete={'proof_note': 'cascade'})
