from odoo import fields, models


class AftersalesNotifier(models.Model):
    """What people hear of cases, and the pager as a way to them."""

    _inherit = 'aftersales.notifier'

    event = fields.Selection(
        selection_add=[
            ('proof_opened', "Case Opened"), ('proof_decided', "Case Decided"),
            ('proof_invited', "Invitation to a Survey"), ('proof_code', "Code of a Case")],
        ondelete=dict.fromkeys(
            ('proof_opened', 'proof_decided', 'proof_invited', 'proof_code'), 'cascade'))
    channel = fields.Selection(
        selection_add=[('pager', "Pager")], ondelete={'pager': 'cascade'})
