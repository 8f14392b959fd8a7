from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..models.roles import MANAGER

ORDER_MEASURES = (
    '__count', 'first_time_fix:avg', 'repeat_repair:avg', 'promises_kept:avg',
    'hours_to_done:avg', 'parts_amount:sum', 'labour_amount:sum')
ORDER_NAMES = ('count', 'first_time', 'repeated', 'promises', 'hours', 'parts', 'labour')
MOST_FAULTS = 20


class AftersalesSurveyStatistics(models.TransientModel):
    """Chooses the period of the monthly service report, and counts.

    The service report (售后服务报告表) counts the orders of the period with what customers say;
    the analysis of service information (分析、统计售后服务的信息) adds faults, groups, loops, words
    and alarms, for the meeting of the month. Both show numbers and no customer.
    """

    _name = 'aftersales.survey.statistics'
    _description = "Service Report"
    _inherit = ['aftersales.statistics.mixin']

    _statistics_report = 'aftersales_survey.action_report_service_month'

    def action_print_analysis(self):
        """Print the analysis of service information."""
        return self.env.ref('aftersales_survey.action_report_service_analysis').report_action(self)

    def action_view_pivot(self):
        """Show the satisfaction of the same period as a pivot table."""
        self.ensure_one()
        return self.env['aftersales.survey.report'].action_view_answers(
            list(self._get_survey_domain())) | {
                'views': [(False, 'pivot'), (False, 'graph'), (False, 'list')]}

    # === ORDERS === #

    def _get_order_domain(self, date_from=None, date_to=None):
        return self._get_products_domain() & Domain(
            'event_day', '>=', date_from or self.date_from) & Domain(
                'event_day', '<=', date_to or self.date_to)

    def _get_order_report(self):
        """Return the order report; survey managers get its counts, and no order.

        :raise AccessError: the user is no survey manager, or works for another company
        """
        self.ensure_one()
        if not self.env.user.has_group(MANAGER) or self.company_id not in self.env.user.company_ids:
            raise AccessError(self.env._("Survey managers print the service report."))
        # the check above named who may count; only counts and means are read
        return self.env['aftersales.order.report'].sudo()

    def _get_order_rows(self):
        """Return one dict per order type, the most frequent first."""
        groups = self._get_order_report()._read_group(
            self._get_order_domain(), ['type_id'], ORDER_MEASURES, order='__count DESC, type_id')
        return [dict(zip(ORDER_NAMES, measures, strict=True)) | {
            'name': order_type.display_name or self.env._("None")}
            for order_type, *measures in groups]

    def _get_order_totals(self):
        """Return the figures of the period, and of the one before."""
        report = self._get_order_report()
        return [dict(zip(ORDER_NAMES, report._read_group(domain, [], ORDER_MEASURES)[0],
                         strict=True))
                for domain in (self._get_order_domain(),
                               self._get_order_domain(*self._get_period_before()))]

    def _get_faults(self):
        """Return the most frequent faults by product category, and how often before."""
        report = self._get_order_report()
        now, before = ({
            (categ, symptom): count for categ, symptom, count in report._read_group(
                domain & Domain('symptom_id', '!=', False), ['categ_id', 'symptom_id'],
                ['__count'])}
            for domain in (self._get_order_domain(),
                           self._get_order_domain(*self._get_period_before())))
        rows = sorted(now.items(), key=lambda row: (-row[1], row[0][0].id, row[0][1].id))
        return [{'category': categ.display_name, 'fault': symptom.display_name, 'count': count,
                 'before': before.get((categ, symptom), 0)}
                for (categ, symptom), count in rows[:MOST_FAULTS]]

    # === SATISFACTION === #

    def _get_survey_domain(self, date_from=None, date_to=None):
        report = self.env['aftersales.survey.report'].with_company(self.company_id)
        return self._get_products_domain('product_id.categ_id') & report._get_day_domain(
            date_from or self.date_from, date_to or self.date_to) & report._get_purpose_domain()

    def _get_figures(self, groupby=None):
        """Return the figures of the period, of all or by group, the best first."""
        self.ensure_one()
        rows = self.env['aftersales.survey.report'].with_company(self.company_id)._get_figures(
            self._get_survey_domain(), groupby)
        return sorted(rows, key=lambda row: (
            row['figures']['csi']['rank'] or float('inf'), -row['answered'], row['label']))

    def _get_figures_before(self):
        self.ensure_one()
        return self.env['aftersales.survey.report'].with_company(self.company_id)._get_figures(
            self._get_survey_domain(*self._get_period_before()))[0]

    def _get_metric_labels(self):
        return self.env['aftersales.survey.report']._get_metric_labels()

    def _get_words(self):
        """Return the words of the open answers of the period."""
        self.ensure_one()
        report = self.env['aftersales.survey.report'].with_company(self.company_id)
        return report._count_words(
            Domain('company_id', '=', self.company_id.id)
            & report._get_purpose_domain(name='aftersales_purpose')
            & report._get_day_domain(self.date_from, self.date_to, 'date_scored'))

    def _get_alarms(self):
        """Return the monitors of the company that are in alarm."""
        self.ensure_one()
        return self.env['aftersales.survey.monitor'].search(
            [('company_id', '=', self.company_id.id), ('is_alarm', '=', True)])

    def _get_source(self):
        """Return source, period and number: what stands under each published figure."""
        [total] = self._get_figures()
        return self.env._(
            "Source: service orders reported and customers asked from %(start)s to %(end)s; "
            "%(answered)s of %(all)s people answered.", start=self.date_from, end=self.date_to,
            answered=total['answered'], all=total['all'])

    def _get_signers(self):
        """Return who signs."""
        return [self.env._("Made by"), self.env._("Checked by"), self.env._("Approved by")]

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Service Report %(start)s to %(end)s", start=self.date_from, end=self.date_to)
