from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.aftersales_service.models.base.roles import TEAM_LEAD

from ..models.roles import PERFORMANCE
from ..tools.score import get_month, to_percent

# what a page of the ledger holds; more is for the lists
LEDGER_LIMIT = 500


class AftersalesQualityReport(models.TransientModel):
    """The service quality report (服务质量报表) and the ledger of quality records of a month.

    Both tell of outlets and orders, of no person's score.
    """

    _name = 'aftersales.quality.report'
    _description = "Service Quality Report"
    _inherit = 'aftersales.link.access.mixin'

    company_id = fields.Many2one(
        'res.company', required=True, default=lambda self: self.env.company)
    month = fields.Date(
        string="Any Day of the Month", required=True,
        default=lambda self: self.env['aftersales.score']._get_last_month())
    outlet_id = fields.Many2one(
        'aftersales.outlet', help="Empty: all outlets with orders in the month.")

    def action_print_report(self):
        """Print the indicators of the outlets."""
        self._ensure_reader()
        return self.env.ref('aftersales_training.action_report_quality').report_action(self)

    def action_print_ledger(self):
        """Print what went wrong in the month, record by record."""
        self._ensure_reader()
        return self.env.ref('aftersales_training.action_report_quality_ledger').report_action(self)

    def _ensure_reader(self):
        """Refuse all but team leads and performance officers of the company."""
        user = self.env.user
        if self.company_id not in self.env.companies or not (
                user.has_group(PERFORMANCE) or user.has_group(TEAM_LEAD)):
            raise AccessError(self.env._(
                "Team leads and performance officers of the company print this report."))

    def _get_period(self):
        """Return the first and the last day of the month."""
        return get_month(self.month)

    def _get_title(self):
        return format_date(self.env, self.month, date_format='yyyy-MM')

    def _get_rows(self):
        """Return ``(indicators, [(outlet, [(percent, good, cases) or None])])`` of the month."""
        self._ensure_reader()
        scores = self.env['aftersales.score'].sudo()  # the reader was checked above
        outlets = self.outlet_id.sudo() or scores._get_people(
            self.company_id, self.month, 'outlet')
        kpis = self.env['aftersales.kpi'].sudo()._get_valid(
            self.company_id, self.month.replace(day=1), 'outlet').filtered(
                lambda kpi: kpi.formula != 'manual')
        measured = kpis._measure(self.company_id, self.month, outlets, 'outlet')
        rows = []
        for outlet in outlets.sorted('name'):
            figures = [measured[outlet].get(kpi) for kpi in kpis]
            rows.append((outlet, [
                (to_percent(*pair), *pair) if pair else (None, 0, 0) for pair in figures]))
        return kpis, rows

    def _get_records(self):
        """Return the ledger's rows: ``(day, number, outlet, kind, words)``, the oldest first.

        Hook: called as the reader, whom ``_ensure_reader`` checked, for one report; a module adds
        its records (complaints). Raises nothing.
        """
        self._ensure_reader()
        kpis = self.env['aftersales.kpi'].sudo()  # the reader was checked above
        frame = kpis._get_frame(
            self.company_id, self.month, self.env['aftersales.outlet'], 'outlet')
        base = Domain('company_id', '=', self.company_id.id)
        if self.outlet_id:
            base &= Domain('outlet_id', '=', self.outlet_id.id)
        orders = self.env['aftersales.order'].sudo()
        day = self.company_id._get_aftersales_day
        records = [
            (order.date_follow_up, order.name, order.outlet_id.name,
             self.env._("Not content after the work"), order.follow_up_note)
            for order in orders.search(
                base & frame.within_days('date_follow_up')
                & Domain('follow_up_result', '=', 'not_content'), limit=LEDGER_LIMIT)]
        returned = self.env['aftersales.order.report'].sudo().search(
            base & frame.within('date_done') & Domain('came_back', '>=', 1), limit=LEDGER_LIMIT)
        records += [
            (day(row.date_done), row.order_id.name, row.outlet_id.name,
             self.env._("The repair did not hold"), row.order_id.product_id.display_name)
            for row in returned]
        accidents = self.env['aftersales.accident'].sudo().search(
            Domain('company_id', '=', self.company_id.id) & frame.within('date_reported')
            & (Domain('order_id.outlet_id', '=', self.outlet_id.id) if self.outlet_id
               else Domain.TRUE), limit=LEDGER_LIMIT)
        records += [
            (day(accident.date_reported), accident.name, accident.order_id.outlet_id.name,
             self.env._("Accident"), accident.description) for accident in accidents]
        return sorted(records, key=lambda record: (record[0], record[1] or ''))
