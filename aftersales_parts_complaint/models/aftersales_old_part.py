from odoo import fields, models
from odoo.tools import format_date


class AftersalesOldPart(models.Model):
    """The supplier pays for parts that failed in a free repair, at what a new one cost then."""

    _name = 'aftersales.old.part'
    _inherit = ['aftersales.old.part', 'aftersales.supplier.claim.mixin',
                'aftersales.protected.mixin']
    _claim_field = 'old_part_id'

    claim_line_ids = fields.One2many(inverse_name='old_part_id')

    def _get_claimed_quantity(self):
        """Return what the bench found to be the fault of the part itself."""
        self.ensure_one()
        is_claimed = self.verdict == 'accepted' and self.is_free and (
            self.state in ('judged', 'disposed'))
        return self.quantity if is_claimed else 0.0

    def _get_claim_supplier(self):
        return self.supplier_id.sudo()

    def _get_claim_basis(self):
        self.ensure_one()
        return self.env._(
            "%(tag)s, taken off on %(day)s, order %(order)s: %(found)s", tag=self.name,
            day=format_date(self.env, self.date_swapped), order=self.order_id.sudo().name,
            found=self.note or self.env._("the fault was confirmed at the bench"))

    def _prepare_claim_line_vals(self):
        vals = super()._prepare_claim_line_vals()
        return vals | {
            'amount_asked': self.currency_id.round(vals['quantity'] * self.unit_value),
            'serial': self.serial or self.serial_expected}
