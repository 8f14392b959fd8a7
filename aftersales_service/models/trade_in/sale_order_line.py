from odoo import fields, models


class SaleOrderLine(models.Model):
    _name = 'sale.order.line'
    _inherit = ['sale.order.line', 'aftersales.protected.mixin']
    _is_company_checked = False

    # a plain column: a stored compute would be worked out for each line at installation
    aftersales_trade_in_id = fields.Many2one(
        'aftersales.trade.in', string="Trade-in", index='btree_not_null', copy=False,
        readonly=True, ondelete='set null', link_access='write')
