from odoo import fields
from odoo.tests import freeze_time, tagged, users

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')  # a Monday
class TestReturnDeadline(ReturnsCommon):
    """The law gives the seller so many days to answer a claim."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sale = cls._sell(serials=['A-1'])

    def _ask(self, **values):
        return self._create_return(self.sale, **values)

    @users('agent')
    def test_days_of_the_calendar(self):
        self.policy.sudo().answer_days = 7
        record = self._ask()
        self.assertEqual(record.answer_date, fields.Date.to_date('2026-01-19'))
        self.assertRecordValues(record.activity_ids, [{
            'user_id': self.agent.id, 'date_deadline': fields.Date.to_date('2026-01-19')}])

    @users('agent')
    def test_working_days_leave_out_weekends_and_holidays(self):
        self.policy.sudo().write({'answer_days': 10, 'is_answer_in_workdays': True})
        self.assertEqual(self._ask().answer_date, fields.Date.to_date('2026-01-26'))
        self.env['aftersales.return'].sudo().search([]).unlink()
        self.env['resource.calendar.leaves'].sudo().create({
            'name': "Holiday", 'company_id': self.company.id,
            'calendar_id': self.company.resource_calendar_id.id,
            'date_from': '2026-01-14 00:00:00', 'date_to': '2026-01-15 23:59:59'})
        self.assertEqual(self._ask().answer_date, fields.Date.to_date('2026-01-28'))

    @users('agent')
    def test_policy_takes_the_days_of_its_law(self):
        law = self.policy.sudo().copy({'name': "The law", 'answer_days': 7})
        self.policy.sudo().base_id = law
        self.assertEqual(self._ask().answer_date, fields.Date.to_date('2026-01-19'))

    @users('agent')
    def test_no_limit_plans_nothing(self):
        record = self._ask()
        self.assertFalse(record.answer_date or record.activity_ids)

    @users('agent')
    def test_answer_ends_the_reminder(self):
        self.policy.sudo().answer_days = 7
        record = self._ask()
        record.action_authorise()
        self.assertFalse(record.activity_ids)
        record.close_reason = "Brought back home"
        record.action_cancel()
        refused = self._ask(close_reason="Not ours")
        refused.action_refuse()
        self.assertFalse(refused.activity_ids)

    @users('agent')
    def test_without_anybody_responsible_the_team_leads_are_reminded(self):
        self.policy.sudo().answer_days = 7
        record = self._ask(user_id=False)
        self.assertIn(self.lead, record.sudo().activity_ids.user_id)

    @users('agent')
    def test_overdue_answers_are_found(self):
        self.policy.sudo().answer_days = 7
        record = self._ask()
        with freeze_time('2026-01-20 12:00:00'):
            self.assertEqual(self.env['aftersales.return'].search(
                [('state', '=', 'request'), ('answer_date', '<', 'today')]), record)

    def test_shipped_rule_on_cars_gives_ten_working_days(self):
        self.assertRecordValues(
            self.env.ref('aftersales_service.aftersales_warranty_policy_cn_car'),
            [{'answer_days': 10, 'is_answer_in_workdays': True}])
