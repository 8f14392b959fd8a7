from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.figures import METRICS
from .roles import MANAGER
from .survey_survey import PURPOSES

ACTIVITY_TYPE = 'aftersales_survey.mail_activity_survey_alarm'
# figures of the answers, and of who was reached; a refusal rate is bad where it is high
MONITORED = [
    ('csi', "Index (CSI)"), ('nps', "Recommendation (NPS)"), ('csat', "Satisfied (CSAT, %)"),
    ('ces', "Effort (CES)"), ('reach', "Reach (%)"), ('refusal', "Refusal (%)")]


class AftersalesSurveyMonitor(models.Model):
    """A figure that is looked at each night, of the company or of one outlet.

    It raises one alarm when it passes its threshold, an activity of who is responsible, and none
    again before it was good in between. Too few answers raise no alarm and end none.
    """

    _name = 'aftersales.survey.monitor'
    _description = "Satisfaction Monitor"
    _inherit = ['mail.thread', 'mail.activity.mixin', 'aftersales.protected.mixin']
    _order = 'is_alarm desc, company_id, outlet_id, metric, id'
    _check_company_auto = True

    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', check_company=True, ondelete='cascade',
        help="Empty: the whole company.")
    purpose = fields.Selection(PURPOSES, help="Empty: all questionnaires for customers.")
    metric = fields.Selection(MONITORED, required=True, default='csi')
    threshold = fields.Float(
        required=True, default=90.0, digits=(16, 1),
        help="A refusal rate above raises an alarm, any other figure below.")
    days = fields.Integer(
        string="Days Looked at", required=True, default=30,
        help="Customers who were asked in the last days, today included.")
    user_id = fields.Many2one(
        'res.users', string="Responsible", domain=[('share', '=', False)],
        default=lambda self: self.env.user, ondelete='set null')

    # What was found
    is_alarm = fields.Boolean(
        string="Alarm", readonly=True, copy=False, protected=True, tracking=True)
    date_alarm = fields.Datetime(string="Alarm since", readonly=True, copy=False, protected=True)
    date_checked = fields.Datetime(
        string="Looked at on", readonly=True, copy=False, protected=True)
    last_value = fields.Float(
        string="Figure", readonly=True, copy=False, protected=True, digits=(16, 1),
        aggregator=None)
    last_count = fields.Integer(
        string="Sample Size", readonly=True, copy=False, protected=True, aggregator=None,
        help="Answers of a score; people asked of the reach; people reached of the refusals.")
    is_small = fields.Boolean(
        string="Sample Too Small", readonly=True, copy=False, protected=True)

    _days_positive = models.Constraint(
        'CHECK(days BETWEEN 1 AND 730)', "Look at 1 to 730 days.")

    @api.depends('metric', 'outlet_id')
    def _compute_display_name(self):
        labels = dict(self._fields['metric']._description_selection(self.env))
        for monitor in self:
            monitor.display_name = " · ".join(filter(None, (
                labels.get(monitor.metric), monitor.outlet_id.name)))

    # === CRON === #

    @api.model
    def _cron_check(self):
        """Look at the figures of each company; one company is one batch of work."""
        cron = self.env['ir.cron']
        by_company = self.search([('active', '=', True)]).grouped('company_id')
        cron._commit_progress(remaining=len(by_company))
        for monitors in by_company.values():
            monitors._check_figures()
            if not cron._commit_progress(1):
                break  # out of time: the next night looks at the others

    def action_check(self):
        """Look at the figures now."""
        self.check_access('write')
        # the right to write was checked above; what was found is protected
        self.sudo()._check_figures()

    def _check_figures(self):
        """Compare the figures of one company with their thresholds.

        Called as superuser. One query for each length of time and purpose, whatever the number
        of outlets.
        """
        for (days, purpose), monitors in self.grouped(
                lambda monitor: (monitor.days, monitor.purpose)).items():
            company = monitors.company_id
            report = self.env['aftersales.survey.report'].with_company(company)
            today = company._get_aftersales_day(fields.Datetime.now())
            domain = Domain('company_id', '=', company.id) & report._get_day_domain(
                today - relativedelta(days=days - 1), today) & report._get_purpose_domain(purpose)
            minimum = company.aftersales_survey_minimum
            tallies = report._read_tallies(domain, 'outlet_id')
            of_outlets = {row['value']: row for row in report._describe_rows(tallies, minimum)}
            of_company = report._sum_rows(tallies, minimum)
            for monitor in monitors:
                monitor._judge(
                    of_outlets.get(monitor.outlet_id) if monitor.outlet_id else of_company,
                    minimum)

    def _judge(self, row, minimum):
        """Note the figure of ``row``, and raise or end the alarm; no row: no customer was asked.

        Hook: called by ``_check_figures`` as superuser, for one monitor, after the figures were
        read; what it raises stops the batch of the cron. Extend it, or ``_read_figure``, for a
        metric that a module adds.
        """
        self.ensure_one()
        value, count = self._read_figure(row) if row else (None, 0)
        is_small = value is None or count < minimum
        self.write({'date_checked': fields.Datetime.now(), 'last_value': value or 0.0,
                    'last_count': count, 'is_small': is_small})
        if is_small:
            return
        is_bad = value > self.threshold if self.metric == 'refusal' else value < self.threshold
        if is_bad and not self.is_alarm:
            self.write({'is_alarm': True, 'date_alarm': fields.Datetime.now()})
            self._raise_alarm()
        elif not is_bad and self.is_alarm:
            self.write({'is_alarm': False, 'date_alarm': False})
            self.activity_feedback([ACTIVITY_TYPE])

    def _read_figure(self, row):
        """Return the figure, and the number that it stands on."""
        if self.metric in METRICS:
            figure = row['figures'][self.metric]
            return figure['value'], figure['n']
        return row[self.metric], row['all'] if self.metric == 'reach' else row['reached']

    def _raise_alarm(self):
        """Give one activity to who is responsible, else to the first survey manager."""
        user = self.user_id or self.company_id._get_people_in(MANAGER)[:1]
        if not user:
            return
        self.activity_schedule(
            ACTIVITY_TYPE, user_id=user.id,
            note=self.with_context(lang=user.lang)._get_alarm_text())

    def _get_alarm_text(self):
        """Return what the figure is and should be, in one sentence."""
        self.ensure_one()
        return self.env._(
            "%(name)s: %(value)s in the last %(days)s days, threshold %(threshold)s, number "
            "%(count)s.", name=self.display_name, value=f'{self.last_value:.1f}',
            count=self.last_count, days=self.days, threshold=f'{self.threshold:g}')

    def action_view_answers(self):
        """Show what the figure is made of."""
        self.ensure_one()
        today = self.company_id._get_aftersales_day(fields.Datetime.now())
        report = self.env['aftersales.survey.report'].with_company(self.company_id)
        domain = Domain('company_id', '=', self.company_id.id) & report._get_day_domain(
            today - relativedelta(days=self.days - 1), today) & report._get_purpose_domain(
                self.purpose)
        if self.outlet_id:
            domain &= Domain('outlet_id', '=', self.outlet_id.id)
        return report.action_view_answers(list(domain))
