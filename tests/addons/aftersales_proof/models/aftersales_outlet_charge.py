from odoo import fields, models


class AftersalesOutletCharge(models.Model):
    """A case decided against an outlet is a reason of its own to charge it."""

    _inherit = 'aftersales.outlet.charge'

    kind = fields.Selection(
        selection_add=[('proof_case', "Decided Case"), ('other',)],
        ondelete={'proof_case': 'set default'})

    def _on_upheld(self):
        """Note on the case that its charge was dropped."""
        for charge in self.filtered(lambda charge: charge.res_model == 'aftersales.proof.case'):
            charge._get_document().is_charge_dropped = True
        return super()._on_upheld()
