from odoo import fields, models


class AftersalesCostActivity(models.Model):
    """Activities are charged by the calls about a case, too."""

    _inherit = 'aftersales.cost.activity'

    driver = fields.Selection(
        selection_add=[('proof_calls', "Calls about a Case")],
        ondelete={'proof_calls': 'cascade'})
