from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain


class ResCompany(models.Model):
    """How far the demand of a company is counted."""

    _inherit = 'res.company'

    aftersales_demand_month = fields.Date(
        string="Demand Counted until",
        help="The last month that is over and counted; empty: nothing is counted yet.")

    def _get_parts_warehouse(self):
        """Return the warehouse that keeps the company's spare parts, as superuser; maybe empty.

        Called where parts are asked for, received, restocked and counted: where parts lie is the
        business of all who ask for them. It is the company's first warehouse.
        """
        self.ensure_one()
        # where parts lie is no secret to those who ask for them
        return self.env['stock.warehouse'].sudo().search([('company_id', '=', self.id)], limit=1)

    def _get_uncounted_months(self):
        """Return the months that the next run counts, the running one included."""
        self.ensure_one()
        running = self._get_aftersales_day(fields.Datetime.now()).replace(day=1)
        month = self.aftersales_demand_month or self._get_month_before_use(running)
        months = []
        while month < running:
            month += relativedelta(months=1)
            months.append(month)
        return months

    def _get_month_before_use(self, running):
        """Return the month before the first part was used, or before the last month."""
        first = self.env['stock.move'].search_fetch(
            [('company_id', '=', self.id), ('repair_line_type', '=', 'add'),
             ('state', '=', 'done')], ['date'], order='date', limit=1).date
        day = self._get_aftersales_day(first) if first else running - relativedelta(months=1)
        return day.replace(day=1) - relativedelta(months=1)

    def _follow_supersessions(self):
        """Have the demand counted for the parts that stand in place of old numbers today.

        Called by the count as superuser. Imports follow at once; where repairs used an old number,
        all months of the company are counted again, one after the other.
        """
        demand = self.env['aftersales.part.demand']
        old = self.env['aftersales.part.supersession'].search(
            [('date', '<=', fields.Date.context_today(self))]).old_product_id
        superseded = old.browse().union(*demand._find_targets(old))
        stale = Domain('product_id', 'in', superseded.ids) & Domain('company_id', 'in', self.ids)
        demand.search(stale & Domain('source', '=', 'import'))._compute_product_id()
        for company, in demand._read_group(
                stale & Domain('source', '=', 'repair'), ['company_id']):
            company.aftersales_demand_month = False
