from odoo import fields, models


class AftersalesInspection(models.Model):
    """The supplier pays for what was rejected, at the price of its order."""

    _name = 'aftersales.inspection'
    _inherit = ['aftersales.inspection', 'aftersales.supplier.claim.mixin',
                'aftersales.protected.mixin']
    _claim_field = 'inspection_id'

    claim_line_ids = fields.One2many(inverse_name='inspection_id')

    def _get_claimed_quantity(self):
        self.ensure_one()
        return self.quantity_rejected

    def _get_claim_supplier(self):
        return self.partner_id.sudo()

    def _get_claim_basis(self):
        self.ensure_one()
        defects = [f'{defect.name} ({defect.quantity})' for defect in self.defect_ids]
        return self.env._(
            "%(inspection)s, %(rejected)s of %(lot)s rejected: %(defects)s",
            inspection=self.name, rejected=f'{self.quantity_rejected:g}', lot=self.lot_size,
            defects=defects or self.note or self.env._("see the inspection"))

    def _prepare_claim_line_vals(self):
        vals = super()._prepare_claim_line_vals()
        # who inspects may ask for the money, and need not read purchase prices
        ordered = self.sudo().receipt_move_id.purchase_line_id
        price = ordered._get_stock_move_price_unit() if ordered else (
            self.product_id.with_company(self.company_id).standard_price)
        return vals | {
            'amount_asked': self.company_id.currency_id.round(vals['quantity'] * price),
            'serial': ", ".join(sorted(self._get_defect_serials()))}
