from odoo import models
from odoo.exceptions import UserError


class AftersalesVisit(models.Model):
    """A job on the phone warns of open cases and asks for the tag of a unit."""

    _inherit = 'aftersales.visit'

    def _prepare_mobile_job(self):
        cases = self.order_ids.case_ids.filtered(lambda case: case.state != 'decided')
        return super()._prepare_mobile_job() | {'proof_warning': ", ".join(cases.mapped('title'))}

    def _on_mobile_proof_tag(self, order, payload, moment):
        self._ensure_unit(order)
        tag = payload.get('tag')
        if not isinstance(tag, str) or not tag.strip():
            raise UserError(self.env._("Scan the tag of the unit."))
        order.proof_tag = tag.strip()
