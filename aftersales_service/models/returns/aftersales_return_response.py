from odoo import api, fields, models

from ..base.roles import TEAM_LEAD

CLAIM = 'mail.mail_activity_data_todo'


class AftersalesReturn(models.Model):
    """The day until which a request must be answered, and who is reminded of it."""

    _inherit = 'aftersales.return'

    answer_date = fields.Date(
        string="Answer Until", compute='_compute_answer_date', store=True,
        help="The last day on which the law lets the seller answer the request.", protected=True)

    @api.depends('request_date', 'line_ids.warranty_id')
    def _compute_answer_date(self):
        """Take the nearest day that the rules give; the calendar is asked once for each."""
        asked = {
            record: {(record.company_id, record.request_date, *policy._get_answer_rule())
                     for policy in record.line_ids.warranty_id.policy_id}
            for record in self}
        dates = {
            (company, *rule): company._get_last_day(*rule)
            for company, *rule in set().union(*asked.values())}
        for record in self:
            record.answer_date = min(filter(None, map(dates.get, asked[record])), default=False)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        returns = super().create(vals_list)
        returns._remind_of_answer()
        return returns

    # === RULES === #

    def _remind_of_answer(self):
        """Plan the answer for the person responsible, else for the team leads."""
        waiting = self.filtered('answer_date').grouped(
            lambda record: (record.company_id, record.user_id, record.answer_date))
        for (company, user, day), records in waiting.items():
            for person in user or company._get_people_in(TEAM_LEAD):
                records.activity_schedule(
                    CLAIM, date_deadline=day, user_id=person.id,
                    summary=records.with_context(lang=person.lang).env._(
                        "Answer the customer's claim"))

    def _on_state_changed(self, target):
        """Stop the reminder of the answer: each step from the request is one."""
        super()._on_state_changed(target)
        if target in ('authorised', 'refused', 'cancelled'):
            self.filtered('answer_date').activity_unlink([CLAIM])
