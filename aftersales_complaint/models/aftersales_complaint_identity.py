from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class AftersalesComplaint(models.Model):
    """How a complaint is named and found, and what must agree in it."""

    _inherit = 'aftersales.complaint'

    @api.depends('name', 'subject')
    def _compute_display_name(self):
        for case in self:
            case.display_name = " · ".join(filter(None, (case.name, case.subject)))

    @api.model
    def _search_display_name(self, operator, value):
        """Find a whole number by its own index; a part of it by the trigrams."""
        name = value.strip() if operator == 'ilike' and isinstance(value, str) else ''
        if name and (found := self._search([('name', '=', name)], limit=1).get_result_ids()):
            return Domain('id', 'in', found)
        return super()._search_display_name(operator, value)

    @api.constrains('date_received')
    def _check_date_received(self):
        now = fields.Datetime.now()
        for case in self:
            if case.date_received > now:
                raise ValidationError(self.env._(
                    "A complaint cannot be received in the future: correct “Received on” of "
                    "%(case)s.", case=case.display_name))

    @api.constrains('warranty_id', 'product_id')
    def _check_card_product(self):
        for case in self:
            card = case.warranty_id
            if card and case.product_id and card.product_id != case.product_id:
                raise ValidationError(self.env._(
                    "Warranty card %(card)s belongs to %(other)s, not to %(product)s. Choose the "
                    "card of the unit or leave it out.", card=card.name,
                    other=card.product_id.display_name, product=case.product_id.display_name))
