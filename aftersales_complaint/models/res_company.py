from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import get_lang

from ..tools.month import format_month
from .roles import COMPLAINT_MANAGER


class ResCompany(models.Model):
    """The days and limits of complaints, claims and improvements, and the plans for a crisis."""

    _inherit = 'res.company'

    # Complaints: what belongs together, and when the customer is asked again
    complaint_repeat_days = fields.Integer(
        string="Complaints Belong Together for", default=90,
        help="Days in which a second complaint of the same unit or customer takes the full flow.")
    complaint_rating_limit = fields.Integer(
        string="Ratings Become Complaints up to", default=2,
        help="Stars of a rating of finished work up to which it opens a complaint. 0: none does.")
    complaint_linked_days = fields.Integer(
        string="Closed Complaints Are Reopened for", default=30,
        help="Days after closing; what the customer writes later opens a linked complaint.")
    complaint_first_contact_days = fields.Integer(
        string="First Contact after Closing", default=7,
        help="Days after closing with the customer; 0 plans none.")
    complaint_second_contact_days = fields.Integer(
        string="Second Contact after Closing", default=30,
        help="Days after closing with the customer; 0 plans none.")
    is_complaint_two_persons = fields.Boolean(
        string="Proposals Approved by a Second Person",
        help="The person who submits a proposal does not approve it.")
    complaint_review_day = fields.Integer(
        string="Monthly Review before Day", default=10,
        help="Before this day of a month complaint managers review the complaints that were "
             "closed in the month before, with their penalties and notices. 0 plans no review.")
    complaint_review_month = fields.Date(
        string="Month of the Last Review", copy=False,
        help="The last month for which a review was planned.")
    complaint_retention_days = fields.Integer(
        string="Complaints Are Kept for", default=1095,
        help="Days after closing; then words and photos are erased. 0 keeps them.")
    complaint_injury_days = fields.Integer(
        string="Complaints with an Injury Are Kept for", default=3650,
        help="Days after closing. 0 keeps them.")

    # Claims, corrective actions, suggestions and crises
    aftersales_claim_answer_days = fields.Integer(
        string="Days to Accept a Claim", default=7,
        help="Within these calendar days of its receipt a claim on us is accepted or refused.")
    aftersales_carrier_days = fields.Integer(
        string="Working Days of a Carrier", default=3,
        help="Within these working days a carrier answers a claim.")
    aftersales_carrier_days_complex = fields.Integer(
        string="Working Days of a Carrier (Complex)", default=7)
    aftersales_recovery_days = fields.Integer(
        string="Working Days of a Supplier", default=7,
        help="Within these working days a supplier answers a claim.")
    aftersales_recurrence_months = fields.Integer(
        string="Months of Recurrence", default=12,
        help="The same cause on the same product within these months opens a corrective action "
             "again.")
    aftersales_alarm_months = fields.Integer(
        string="Months of the Batch Alarm", default=12,
        help="Complaints of these months are compared by batch.")
    aftersales_alarm_count = fields.Integer(
        string="Complaints before an Alarm", default=3,
        help="Fewer complaints of one batch raise no alarm.")
    aftersales_suggestion_percent = fields.Float(
        string="Reward (% of the Benefit)", default=20.0,
        help="What a suggestion earns of the benefit that was measured.")
    aftersales_statement_hours = fields.Integer(
        string="Hours to the First Statement", default=24,
        help="Within these hours of a crisis a statement is given.")
    aftersales_drill_date = fields.Date(
        string="Last Drill", help="When the emergency plans were last practised.")
    aftersales_drill_months = fields.Integer(
        string="Months between Drills", default=12)

    _complaint_days_positive = models.Constraint(
        'CHECK(complaint_repeat_days >= 0 AND complaint_linked_days >= 0'
        ' AND complaint_first_contact_days >= 0 AND complaint_second_contact_days >= 0'
        ' AND complaint_retention_days >= 0 AND complaint_injury_days >= 0)',
        "The days of complaints cannot be negative.")
    _complaint_rating_limit_valid = models.Constraint(
        'CHECK(complaint_rating_limit >= 0 AND complaint_rating_limit <= 5)',
        "A rating has 1 to 5 stars; 0 opens no complaint.")
    _complaint_review_day_valid = models.Constraint(
        'CHECK(complaint_review_day >= 0 AND complaint_review_day <= 28)',
        "The day of the monthly review is one of the first 28 days of a month, or 0.")
    _aftersales_improvement_positive = models.Constraint(
        'CHECK(aftersales_claim_answer_days > 0 AND aftersales_carrier_days > 0 AND '
        'aftersales_carrier_days_complex > 0 AND aftersales_recovery_days > 0 AND '
        'aftersales_recurrence_months >= 0 AND aftersales_alarm_months > 0 AND '
        'aftersales_alarm_count > 0 AND aftersales_suggestion_percent >= 0 AND '
        'aftersales_statement_hours > 0 AND aftersales_drill_months >= 0)',
        "Times and limits of claims and improvements must be positive.")

    # === CRON === #

    @api.model
    def _cron_plan_complaint_review(self):
        """Plan the monthly review of each company that closed complaints in the month before."""
        cron = self.env['ir.cron']
        companies = self.search([('active', '=', True), ('complaint_review_day', '>', 1)])
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            company._plan_complaint_review()
            if not cron._commit_progress(1):
                break  # out of time: the next run finds what is left

    def _plan_complaint_review(self):
        """Give each complaint manager one activity for the month before, due the day before.

        Penalties and notices have no conversation: the activity names no case and no person.
        """
        self.ensure_one()
        today = self._get_aftersales_day(fields.Datetime.now())
        month = today.replace(day=1) - relativedelta(months=1)
        is_planned = self.complaint_review_month and self.complaint_review_month >= month
        if is_planned or today.day >= self.complaint_review_day:
            return
        count = self.env['aftersales.complaint'].search_count(
            Domain('company_id', '=', self.id) & Domain('is_founded', '=', True)
            & self._get_month_domain(month))
        self.complaint_review_month = month
        if count:
            self.env['mail.activity'].create([{
                'user_id': user.id,
                'activity_type_id': self.env.ref('mail.mail_activity_data_todo').id,
                'date_deadline': today.replace(day=self.complaint_review_day - 1),
                'summary': user.with_context(lang=user.lang).env._(
                    "Review penalties: %(count)s complaints closed in %(month)s", count=count,
                    month=format_month(month, get_lang(self.env, user.lang).code)),
            } for user in self._get_people_in(COMPLAINT_MANAGER)])

    @api.model
    def _get_month_domain(self, month):
        """Return the domain of the complaints that were closed with the customer in a month."""
        return Domain('date_settled', '>=', month) & Domain(
            'date_settled', '<', month + relativedelta(months=1))

    def _get_complaint_contact_days(self):
        """Return after how many days customers are asked again, in order."""
        self.ensure_one()
        # the days are no secret to those who close complaints
        company = self.sudo()
        return sorted({
            company.complaint_first_contact_days, company.complaint_second_contact_days} - {0})
