from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesOutletCharge(models.Model):
    """A case decided against an outlet is a reason of its own to charge it."""

    _inherit = 'aftersales.outlet.charge'

    kind = fields.Selection(
        selection_add=[('proof_case', "Decided Case"), ('other',)],
        ondelete={'proof_case': 'set default'})

    @api.model
    def _get_final_domain(self):
        """Settle nothing of a case that is in court."""
        # whether a case is in court only holds its charge back
        held = self.env['aftersales.proof.case'].sudo().search([('is_in_court', '=', True)])
        return super()._get_final_domain() & ~(
            Domain('res_model', '=', 'aftersales.proof.case') & Domain('res_id', 'in', held.ids))

    def _note_on_case(self, step):
        """Note on the cases what became of their charges."""
        for charge in self.filtered(lambda charge: charge.res_model == 'aftersales.proof.case'):
            charge._get_document().charge_step = step

    def _on_objected(self):
        self._note_on_case('objected')
        return super()._on_objected()

    def _on_upheld(self):
        self._note_on_case('upheld')
        return super()._on_upheld()

    def _on_rejected(self):
        self._note_on_case('rejected')
        return super()._on_rejected()

    def _on_settled(self):
        self._note_on_case('settled')
        return super()._on_settled()
