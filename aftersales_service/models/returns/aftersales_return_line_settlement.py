from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesReturnLine(models.Model):
    _inherit = 'aftersales.return.line'

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and vals.keys() & {
                'refund_amount', 'price_unit', 'quantity', 'settlement', 'is_accepted'}:
            # who enters an amount asks for it; write checked the right to
            self.return_id.sudo()._note_requester()
        if vals.keys() & {'refund_amount', 'settlement', 'is_accepted'}:
            # what was approved was another amount
            self.return_id.sudo().filtered(
                lambda record: record.approver_id and record.state != 'settled').write(
                    {'approver_id': False, 'date_approved': False})
        return result

    def _get_exchanged(self):
        return self.filtered(lambda line: (
            line.settlement == 'exchange' and line.is_accepted and line.quantity_received
            and line.return_id.kind != 'vendor'))

    def _prepare_exchange_lines(self):
        """Return the new unit at no charge, and the fee for use where the rule asks for it."""
        self.ensure_one()
        product = self.product_id
        lines = [{
            'product_id': product.id, 'product_uom_qty': self.quantity_received,
            'product_uom_id': self.uom_id.id, 'discount': 100.0,
            'name': self.env._(
                "%(product)s, exchange for %(unit)s", product=product.display_name,
                unit=self.serial or self.return_id.name),
            'aftersales_return_line_id': self.id}]
        if self.fee:
            lines.append({
                'product_id': self._get_charge_product().id, 'product_uom_qty': 1.0,
                'price_unit': self.fee, 'tax_ids': [fields.Command.clear()],
                'name': self.env._("Fee for use, %(article)s", article=self.article or '')})
        return lines

    @api.model
    def _get_charge_product(self):
        charge = self.env.ref('aftersales_service.product_return_charge', False)
        if not charge:
            raise UserError(self.env._(
                "The product for fees of returns is missing: a fee cannot be charged."))
        return charge
