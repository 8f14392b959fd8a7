from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesOrder(models.Model):
    """What a complaint says of prices and times: a dispute, a gesture, a day without visits."""

    _inherit = 'aftersales.order'

    is_proof_price_disputed = fields.Boolean(string="Price in Dispute", copy=False)
    proof_gesture = fields.Float(string="Gesture", help="What the customer pays less.")
    proof_closed_day = fields.Date(string="No Visit on")

    # === PRICE === #

    @api.model
    def _get_labour_products(self, company):
        return super()._get_labour_products(company).filtered(
            lambda service: service.default_code != 'WITHDRAWN')

    def _prepare_price_choices(self, products, units, kind=None):
        codes = {product.id: product.default_code or '' for product in products}
        return [choice | {'proof_code': codes[choice['id']]}
                for choice in super()._prepare_price_choices(products, units, kind)]

    def _get_price_lines(self, units):
        lines = super()._get_price_lines(units)
        return [*lines, {
            'key': 'gesture', 'name': self.env._("Gesture"), 'quantity': 1.0,
            'untaxed': -self.proof_gesture, 'total': -self.proof_gesture, 'is_quoted': False,
        }] if self.proof_gesture else lines

    def _is_price_accepted(self):
        return not self.is_proof_price_disputed and super()._is_price_accepted()

    def _accept_price(self, signature, name, shown_total, moment=None):
        refusal = super()._accept_price(signature, name, shown_total, moment)
        if not refusal:
            # the right to write the order was checked; who accepts, disputes no more
            self.sudo().is_proof_price_disputed = False
        return refusal

    def _refuse_price(self, reason):
        result = super()._refuse_price(reason)
        # as above
        self.sudo()._open_cases(reason)
        return result

    # === TIME === #

    def action_agree_time(self, date_planned, reason=None):
        """Note on the cases when a time was agreed on."""
        result = super().action_agree_time(date_planned, reason)
        # the service module's own checks let the user plan these orders
        self.sudo().case_ids.date_noted = fields.Datetime.now()
        return result

    def _ensure_time_possible(self, moment):
        result = super()._ensure_time_possible(moment)
        for order in self:
            if order.proof_closed_day == order.company_id._get_aftersales_day(moment):
                raise UserError(self.env._(
                    "%(order)s: the house is closed that day; choose another one.",
                    order=order.name))
        return result
