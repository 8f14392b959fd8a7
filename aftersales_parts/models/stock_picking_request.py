from odoo import fields, models


class StockPicking(models.Model):
    """A transfer may bring the parts of a request; only the steps of the request say so."""

    _name = 'stock.picking'
    _inherit = ['stock.picking', 'aftersales.protected.mixin']
    _is_company_checked = False

    aftersales_request_id = fields.Many2one(
        'aftersales.part.request', string="Part Request", index='btree_not_null', copy=False,
        readonly=True, protected=True)
