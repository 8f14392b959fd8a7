from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.aftersales_complaint import QUIET_KINDS

# what a sheet of the review can be read in a meeting
MOST_CASES = 300
MEASURES = (
    '__count', 'founded:avg', 'acknowledged_kept:avg', 'resolved_kept:avg', 'days:avg',
    'days_90:avg', 'reopened:avg', 'repeated:avg', 'amount_loss:sum', 'amount_recovered:sum',
    'capa_effective:avg')
NAMES = (
    'count', 'founded', 'acknowledged', 'resolved', 'days', 'days_90', 'reopened', 'repeated',
    'loss', 'recovered', 'effective')


class AftersalesComplaintStatistics(models.TransientModel):
    """Chooses the period of the statistics and of the monthly review of complaints, and counts.

    The statistics (客户投诉统计表) count by one column; the review (客户投诉案件统计表) lists the
    founded cases with liability and countermeasure, to be confirmed by the units. Both show what
    the user may read; grievances, praise and suggestions are no complaints here.
    """

    _name = 'aftersales.complaint.statistics'
    _description = "Complaint Statistics"
    _inherit = ['aftersales.statistics.mixin']

    _statistics_report = 'aftersales_complaint.action_report_complaint_statistics'

    group = fields.Selection(
        [('category_id', "Category"), ('kind', "Kind"), ('cause_category', "Class of the Cause"),
         ('product_id', "Product"), ('department_id', "Unit"), ('outlet_id', "Outlet"),
         ('channel', "Channel"), ('level', "Level")],
        required=True, default='category_id', string="Count by")

    def action_print_review(self):
        """Print the sheet of the monthly review."""
        self._get_cases()
        return self.env.ref('aftersales_complaint.action_report_complaint_review').report_action(
            self)

    def action_view_pivot(self):
        """Show the same complaints as a pivot table."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_complaint.aftersales_complaint_report_action')
        return action | {'domain': list(self._get_domain()), 'context': {
            'pivot_row_groupby': [self.group], 'graph_groupbys': [self.group]}}

    def _get_domain(self):
        """Return the domain of the complaints received in the period."""
        return self._get_products_domain() & (
            Domain('received_day', '>=', self.date_from)
            & Domain('received_day', '<=', self.date_to)
            & Domain('kind', 'not in', sorted(QUIET_KINDS))
            & Domain('state', '!=', 'merged') & Domain('is_grievance', '=', False))

    def _get_totals(self):
        """Return the figures of the whole period, and the complaints per 1,000 units sold."""
        self.ensure_one()
        [figures] = self.env['aftersales.complaint.report']._read_group(
            self._get_domain(), [], MEASURES)
        [[rate]] = self.env['aftersales.complaint.rate']._read_group(
            self._get_products_domain() & Domain('month', '>=', self.date_from.replace(day=1))
            & Domain('month', '<=', self.date_to), [], ['rate_per_1000_sold:avg'])
        return dict(zip(NAMES, figures, strict=True)) | {'rate': rate}

    def _get_rows(self):
        """Return one dict per value of the chosen column, the most frequent first."""
        self.ensure_one()
        report = self.env['aftersales.complaint.report']
        field = report._fields[self.group]
        labels = dict(field._description_selection(self.env)) if (
            field.type == 'selection') else {}
        groups = report._read_group(
            self._get_domain(), [self.group], MEASURES, order=f'__count DESC, {self.group}')
        total = sum(count for __, count, *__ in groups)
        rows, running = [], 0
        for value, *figures in groups:
            row = dict(zip(NAMES, figures, strict=True))
            running += row['count']
            rows.append(row | {
                'name': labels.get(value) or (value and value.display_name) or (
                    self.env._("None")),
                'percent': 100.0 * row['count'] / total,
                'running_percent': 100.0 * running / total})
        return rows

    def _get_cases(self):
        """Return the founded complaints of the period, those with the largest loss first."""
        self.ensure_one()
        rows = self.env['aftersales.complaint.report'].search(
            self._get_domain() & Domain('founded', '=', 1), order='amount_loss desc, id',
            limit=MOST_CASES + 1)
        if len(rows) > MOST_CASES:
            raise UserError(self.env._(
                "The period has more than %(count)s founded complaints, too many for one "
                "meeting. Choose a shorter period, or some products.", count=MOST_CASES))
        return rows.complaint_id

    def _get_signers(self):
        """Return who signs the statistics."""
        return [self.env._("Made by"), self.env._("Checked by")]

    def _get_reviewers(self):
        """Return who confirms the review."""
        return [self.env._("Production"), self.env._("Quality"), self.env._("Development"),
                self.env._("Office")]

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Complaint Statistics %(start)s to %(end)s", start=self.date_from, end=self.date_to)

    def _get_review_filename(self):
        self.ensure_one()
        return self.env._(
            "Review of Complaints %(start)s to %(end)s", start=self.date_from, end=self.date_to)
