from odoo import fields, models
from odoo.fields import Domain

from ..tools.timezone import day_bounds


class AftersalesFaultStatistics(models.TransientModel):
    """Chooses the period and products of the printed fault statistics, and counts them."""

    _name = 'aftersales.fault.statistics'
    _description = "Fault Statistics"
    _inherit = ['aftersales.statistics.mixin']

    _statistics_report = 'aftersales_service.action_report_fault_statistics'

    outlet_ids = fields.Many2many(
        'aftersales.outlet', string="Outlets", domain="[('company_id', '=', company_id)]",
        help="Leave outlets empty to count all repairs.")
    is_by_outlet = fields.Boolean(
        string="Split by Outlet", help="Counts the faults of each outlet on its own.")

    def _get_domain(self):
        """Return the repairs reported in the period, by days of the user's time zone."""
        zone = str(self.env.tz)
        start, __ = day_bounds(self.date_from, zone)
        __, end = day_bounds(self.date_to, zone)
        domain = self._get_products_domain() & (
            Domain('type_id.is_repair', '=', True)
            & Domain('state', 'not in', ('rejected', 'cancelled'))
            & Domain('date_event', '>=', start) & Domain('date_event', '<', end))
        if self.outlet_ids:
            domain &= Domain('outlet_id', 'in', self.outlet_ids.ids)
        return domain

    def _get_rows(self):
        """Return one dict per product, symptom and cause, the most frequent first.

        Split by outlet, a row counts what one outlet repaired.
        """
        self.ensure_one()
        by_outlet = ['outlet_id'] if self.is_by_outlet else []
        groups = self.env['aftersales.order.report']._read_group(
            self._get_domain(), ['product_id', 'symptom_id', 'cause_id', *by_outlet],
            ['__count', 'hours_to_done:avg', 'parts_amount:sum', 'labour_amount:sum'],
            order=', '.join(['__count DESC', 'product_id', 'symptom_id', *by_outlet]))
        total = sum(count for *__, count, __, __, __ in groups)
        rows, running = [], 0
        for product, symptom, cause, *outlet, count, hours, parts, labour in groups:
            running += count
            rows.append({
                'product': product, 'symptom': symptom, 'cause': cause, 'count': count,
                'outlet': outlet[0] if outlet else self.env['aftersales.outlet'],
                'percent': 100.0 * count / total, 'running_percent': 100.0 * running / total,
                'hours': None if hours is False else hours,
                'amount': (parts or 0.0) + (labour or 0.0)})
        return rows

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Fault Statistics %(start)s to %(end)s", start=self.date_from, end=self.date_to)
