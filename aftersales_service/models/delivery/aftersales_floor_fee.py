from odoo import fields, models

from ...tools.delivery import paid_floors


class AftersalesFloorFee(models.Model):
    """What carrying goods up the stairs costs: a service, sold once for each paid floor.

    Of the rules that fit the goods the first in the list counts. Price and taxes are
    those of the service product, so price lists apply.
    """

    _name = 'aftersales.floor.fee'
    _description = "Floor Fee"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'sequence, id'
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    service_id = fields.Many2one(
        'product.product', required=True, check_company=True, ondelete='restrict',
        domain=[('type', '=', 'service'), ('sale_ok', '=', True)],
        help="Put on the quotation, once for each floor.")
    list_price = fields.Float(string="Amount per Floor", related='service_id.list_price')
    currency_id = fields.Many2one(related='service_id.currency_id')
    category_id = fields.Many2one(
        'product.category', string="Goods", help="Empty: goods of every category.")
    min_weight = fields.Float(string="From (kg)", help="For goods of this weight and more.")
    free_floor = fields.Integer(
        string="Free up to Floor", default=1, help="The first paid floor is the next one.")

    _numbers_positive = models.Constraint(
        'CHECK(min_weight >= 0 AND free_floor >= 0)',
        "Weight and free floor of a fee cannot be negative.")

    def _compute_display_name(self):
        for fee in self:
            fee.display_name = fee.service_id.display_name

    def _find_for(self, order):
        """Return the first of these rules that fits the goods of ``order``."""
        product, categories = order.product_id, set(order._get_category_ids())
        return self.filtered(
            lambda fee: fee.company_id in (fee.company_id.browse(), order.company_id)
            and (not fee.category_id or fee.category_id.id in categories)
            and product.weight >= fee.min_weight)[:1]

    def _count_floors(self, order):
        self.ensure_one()
        return paid_floors(order.floor, self.free_floor, order.has_lift)
