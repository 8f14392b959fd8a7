from datetime import datetime, time

import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class AftersalesFaultStatistics(models.TransientModel):
    """Chooses the period and products of the printed fault statistics, and counts them."""

    _name = 'aftersales.fault.statistics'
    _description = "Fault Statistics"

    company_id = fields.Many2one(
        'res.company', required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    date_from = fields.Date(
        string="From", required=True,
        default=lambda self: fields.Date.context_today(self) + relativedelta(months=-1, day=1))
    date_to = fields.Date(
        string="Last Day", required=True,
        default=lambda self: fields.Date.context_today(self) + relativedelta(day=1, days=-1),
        help="The last day counts.")
    product_ids = fields.Many2many('product.product', string="Products")
    categ_ids = fields.Many2many(
        'product.category', string="Product Categories",
        help="Leave products and categories empty to count all of them.")
    outlet_ids = fields.Many2many(
        'aftersales.outlet', string="Outlets", domain="[('company_id', '=', company_id)]",
        help="Leave outlets empty to count all repairs.")
    is_by_outlet = fields.Boolean(
        string="Split by Outlet", help="Counts the faults of each outlet on its own.")

    @api.constrains('date_from', 'date_to')
    def _check_period(self):
        for wizard in self:
            if wizard.date_from > wizard.date_to:
                raise UserError(self.env._("The period must not end before it begins."))

    def action_print(self):
        """Print the statistics of the chosen period."""
        return self.env.ref(
            'aftersales_service.action_report_fault_statistics').report_action(self)

    def _get_domain(self):
        """Return the repairs reported in the period, by days of the user's time zone."""
        self.ensure_one()
        start, end = (
            self.env.tz.localize(datetime.combine(day, time.min)).astimezone(pytz.utc).replace(
                tzinfo=None)
            for day in (self.date_from, self.date_to + relativedelta(days=1)))
        domain = (
            Domain('company_id', '=', self.company_id.id)
            & Domain('type_id.is_repair', '=', True)
            & Domain('state', 'not in', ('rejected', 'cancelled'))
            & Domain('date_event', '>=', start) & Domain('date_event', '<', end))
        if self.product_ids or self.categ_ids:
            domain &= (
                Domain('product_id', 'in', self.product_ids.ids)
                | Domain('categ_id', 'child_of', self.categ_ids.ids))
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
