from odoo import api, fields, models
from odoo.tools import SQL


class AftersalesOrderReport(models.Model):
    """Which repairs did not hold, counted at the repair and not at the one that followed."""

    _inherit = 'aftersales.order.report'

    came_back = fields.Float(
        readonly=True, aggregator='avg',
        help="Share of the finished repairs after which the unit came back for a further repair "
             "in the days a repair must hold (see the settings).")

    @api.model
    def _select(self) -> SQL:
        return SQL("%s, %s AS came_back", super()._select(), SQL(
            """
            CASE WHEN %(is_judged)s AND o.date_done IS NOT NULL THEN
                 CASE WHEN %(came_back)s THEN 1.0 ELSE 0.0 END
            END""",
            is_judged=self._is_judged('o', 'kind'), came_back=self._came_back()))
