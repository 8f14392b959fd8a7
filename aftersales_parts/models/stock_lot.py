from odoo import fields, models


class StockLot(models.Model):
    """A lot may be of repaired parts."""

    _inherit = 'stock.lot'

    is_aftersales_repaired = fields.Boolean(
        string="Repaired Part", copy=False,
        help="It is offered as repaired, and never where a new part is due.")
