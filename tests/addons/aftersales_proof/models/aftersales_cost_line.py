from odoo import fields, models


class AftersalesCostLine(models.Model):
    """A fine is a cost of its own kind."""

    _inherit = 'aftersales.cost.line'

    kind = fields.Selection(selection_add=[('proof_fine', "Fine")],
                            ondelete={'proof_fine': 'cascade'})
