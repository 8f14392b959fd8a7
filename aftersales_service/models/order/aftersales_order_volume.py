from odoo import models
from odoo.tools import SQL


class AftersalesOrder(models.Model):
    """What PostgreSQL must know of the orders to count a million of them by month."""

    _inherit = 'aftersales.order'

    def init(self):
        result = super().init()
        if self.env.cr.connection.server_version >= 140000:  # statistics on expressions
            # else it expects a group for nearly every row, and sorts them all on disk
            self.env.cr.execute(SQL(
                "CREATE STATISTICS IF NOT EXISTS aftersales_order_month_stat (ndistinct)"
                " ON (date_trunc('month', event_day::timestamp)::date), stage_id"
                " FROM aftersales_order"))
        return result
