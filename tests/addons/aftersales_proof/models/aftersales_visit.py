from odoo import api, models
from odoo.exceptions import UserError


class AftersalesVisit(models.Model):
    """A job on the phone warns of open cases and asks for a tag; its outlet is charged for it."""

    _name = 'aftersales.visit'
    # visits have protected fields: what brings the protection along must stand before it
    _inherit = [
        'aftersales.visit', 'aftersales.outlet.charge.mixin', 'aftersales.protected.mixin']

    def _prepare_outlet_charge_vals(self, kind):
        vals = super()._prepare_outlet_charge_vals(kind)
        return vals if kind != 'proof_case' else vals | {
            'outlet_id': self.order_ids.outlet_id[:1].id, 'amount': 5.0,
            'reason': self.env._("Late at the customer's")}

    def _prepare_mobile_job(self):
        cases = self.order_ids.case_ids.filtered(lambda case: case.state != 'decided')
        return super()._prepare_mobile_job() | {'proof_warning': ", ".join(cases.mapped('title'))}

    @api.model
    def _get_urgent_kinds(self):
        return super()._get_urgent_kinds() | {'proof_alarm'}

    def _ensure_late_applicable(self, kind, order):
        result = super()._ensure_late_applicable(kind, order)
        if kind == 'proof_tag' and order.proof_tag:
            raise UserError(self.env._(
                "Order %(order)s has a tag already: discard this one.", order=order.name))
        return result

    def _find_part(self, order, payload):
        # labels of a kit name the reference behind their first letters
        code = payload.get('code')
        if isinstance(code, str):
            payload = {**payload, 'code': code.removeprefix('KIT-')}
        return super()._find_part(order, payload)

    def _on_mobile_proof_alarm(self, order, payload, moment):
        (order or self.order_ids[:1])._open_cases(self.env._("Alarm"))

    def _on_mobile_proof_tag(self, order, payload, moment):
        self._ensure_unit(order)
        tag = payload.get('tag')
        if not isinstance(tag, str) or not tag.strip():
            raise UserError(self.env._("Scan the tag of the unit."))
        order.proof_tag = tag.strip()
