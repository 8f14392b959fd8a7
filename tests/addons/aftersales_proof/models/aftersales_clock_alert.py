from odoo import fields, models


class AftersalesClockAlert(models.Model):
    """Alerts reach the deputy of a case, too."""

    _inherit = 'aftersales.clock.alert'

    recipient = fields.Selection(
        selection_add=[('proof_deputy', "Deputy of the Case")],
        ondelete={'proof_deputy': 'cascade'})
