from odoo import models
from odoo.exceptions import UserError


class AftersalesVisit(models.Model):
    """The customer says on site what becomes of the old parts, and signs it with the work."""

    _inherit = 'aftersales.visit'

    def _on_mobile_old_parts(self, order, payload, moment):
        self._ensure_unit(order)
        choices = dict(order._fields['old_parts_choice'].selection)
        if payload.get('choice') not in choices:
            raise UserError(self.env._("Choose what becomes of the old parts."))
        if order.signature and order.old_parts_choice != payload['choice']:
            raise UserError(self.env._(
                "The customer signed already what becomes of the old parts: ask the desk to "
                "change it with the customer."))
        order.old_parts_choice = payload['choice']
