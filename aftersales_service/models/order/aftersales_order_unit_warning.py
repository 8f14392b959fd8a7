from odoo import api, fields, models

from ...tools.unit_warning import UnitFacts, find_warnings


class AftersalesOrder(models.Model):
    """What does not fit together about a unit is said while it is typed; nothing is forbidden."""

    _inherit = 'aftersales.order'

    @api.onchange('serial', 'warranty_id', 'product_id', 'partner_id', 'date_event',
                  'date_planned')
    def _onchange_unit(self):
        warnings = self._get_unit_warnings()
        if not warnings:
            return None
        return {'warning': {
            'title': self.env._("Please Check the Unit"), 'message': "\n".join(warnings)}}

    def _get_unit_warnings(self):
        """Return in sentences what does not fit together about the unit of one order."""
        self.ensure_one()
        card = self.warranty_id
        products = card.product_id or self.lot_id.product_id
        if not products and self.serial and self.product_id:
            # agents read no stock in general; the number was given by them
            products = self.env['stock.lot'].sudo().search(
                [('name', '=', self.serial),
                 ('company_id', 'in', [False, self.company_id.id])]).product_id
        facts = UnitFacts(
            customer=self.partner_id.commercial_partner_id._origin.id,
            owner=card.partner_id.commercial_partner_id._origin.id,
            product=self.product_id._origin.id,
            known_products=tuple(products._origin.ids),
            sold=card._get_sale_date(),
            reported=self.event_day or None,
            planned=self.date_planned and fields.Date.context_today(self, self.date_planned))
        return self._format_unit_warnings(facts, self.serial, products, card)

    @api.model
    def _format_unit_warnings(self, facts, serial, products, card):
        """Say the warnings of ``tools.unit_warning`` about a unit in the user's words.

        :param products: that carry the serial number
        :param card: the warranty card of the number, if there is one
        """
        product = self.env['product.product'].browse(facts.product)
        sentences = {
            'other_product': lambda: self.env._(
                "Serial number %(serial)s belongs to %(other)s, not to %(product)s: correct the "
                "number or the product.",
                serial=serial, other=products.mapped('display_name'),
                product=product.display_name),
            'other_customer': lambda: self.env._(
                "Serial number %(serial)s stands on the warranty card of another customer: "
                "%(card)s.", serial=serial or card.serial or "", card=card.name),
            'reported_before_sale': lambda: self.env._(
                "The order is reported on %(day)s, before the unit was sold on %(sold)s.",
                day=facts.reported, sold=facts.sold),
            'planned_before_sale': lambda: self.env._(
                "The order is planned for %(day)s, before the unit was sold on %(sold)s.",
                day=facts.planned, sold=facts.sold),
        }
        return [sentences[warning]() for warning in find_warnings(facts)]
