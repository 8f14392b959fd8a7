from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from ..verdict.common import DAY_5, DAY_12, DAY_40, VerdictCommon

FINDING = {
    'test_results': "No cooling after 20 minutes, 12 A instead of 6 A",
    'responsibility': 'maker', 'conclusion': "Compressor blocked from the factory"}


class AppraisalCommon(VerdictCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._create_person('member', 'technician', "Member Max")
        cls.outlet = cls.env['aftersales.outlet'].create({
            'name': "North Station", 'can_appraise': True,
            'partner_id': cls.env['res.partner'].create({'name': "North Ltd"}).id,
            'member_ids': [Command.set(cls.member.ids)]})
        cls.outlet.action_activate()

    def _appraise(self, moment=DAY_5, user=None, **values):
        order = self._create_judged(moment, outlet_id=self.outlet.id)
        order.technician_id = user or self.member  # who appraises a unit works on its order
        return self.env['aftersales.appraisal'].with_user(user or self.member).create({
            'order_id': order.id, 'remedy': 'refund', **FINDING, **values})


@tagged('post_install', '-at_install')
class TestAppraisal(AppraisalCommon):
    """What is broken, who answers for it and what is owed: who may say so, and when."""

    def test_sheet_takes_the_facts_of_its_order(self):
        sheet = self._appraise()
        self.assertRecordValues(sheet, [{
            'warranty_id': self.card.id, 'partner_id': self.customer.id,
            'outlet_id': self.outlet.id, 'stated_fault': "It does not cool",
            'state': 'draft', 'user_id': self.member.id}])
        self.assertEqual(str(sheet.day), '2026-01-15')
        self.assertRegex(sheet.name, r'^FA/\d{4}/\d{5}$')

    def test_authorised_outlet_issues_alone_in_the_first_days(self):
        for moment, remedy, article in (
                (DAY_5, 'refund', "Art. 9"), (DAY_12, 'exchange', "Art. 10")):
            with self.subTest(moment=moment):
                sheet = self._appraise(moment, remedy=remedy)
                sheet.action_issue()
                self.assertRecordValues(sheet, [{
                    'state': 'issued', 'article': article, 'issuer_id': self.member.id,
                    'approver_id': False, 'fee': 0.0,
                    'refund': 3000.0 if remedy == 'refund' else 0.0}])
                self.assertEqual(sheet.verdict_id.order_id, sheet.order_id)

    def test_later_a_team_lead_approves(self):
        sheet = self._appraise(DAY_40, remedy='repair')
        sheet.action_issue()
        self.assertEqual(sheet.state, 'submitted')
        self.assertIn(self.team_lead, sheet.activity_ids.user_id)
        with self.assertRaisesRegex(AccessError, "Only team leads can approve"):
            sheet.action_approve()
        sheet.with_user(self.team_lead).action_approve()
        self.assertRecordValues(sheet, [{
            'state': 'issued', 'article': "Art. 8", 'approver_id': self.team_lead.id}])
        self.assertFalse(sheet.activity_ids)

    def test_outlets_without_the_right_and_their_strangers_ask_first(self):
        self.outlet.can_appraise = False
        sheet = self._appraise()
        sheet.action_issue()
        self.assertEqual(sheet.state, 'submitted')
        self.outlet.can_appraise = True
        sheet = self._appraise(user=self.technician)
        sheet.action_issue()
        self.assertEqual(sheet.state, 'submitted')

    def test_outlet_issues_nothing_alone_on_a_day_of_its_own(self):
        """A sheet dated back into the first days, or without their order, asks first."""
        sheet = self._appraise(DAY_40, day='2026-01-16')
        sheet.action_issue()
        self.assertEqual(sheet.state, 'submitted')
        loose = self.env['aftersales.appraisal'].with_user(self.agent).create({
            'warranty_id': self.card.id, 'outlet_id': self.outlet.id, 'day': '2026-01-16',
            'remedy': 'refund', 'user_id': self.member.id, **FINDING})
        loose.with_user(self.agent).action_issue()
        self.assertEqual(loose.state, 'submitted')

    def test_day_to_come_is_refused(self):
        sheet = self._appraise(DAY_40, remedy='repair', day='2099-01-01')
        with self.assertRaisesRegex(UserError, "is in the future"):
            sheet.action_issue()

    def test_lead_approves_no_incomplete_sheet(self):
        sheet = self._appraise(test_results=False).with_user(self.team_lead)
        with self.assertRaisesRegex(UserError, "Test Results"):
            sheet.action_approve()
        self.assertEqual(sheet.state, 'draft')

    def test_article_is_in_the_readers_language(self):
        self.env['res.lang']._activate_lang('zh_CN')
        rule = self.policy.remedy_ids.filtered(lambda rule: rule.article == "Art. 9")
        rule.with_context(lang='zh_CN').article = "第九条"
        sheet = self._appraise()
        sheet.action_issue()
        self.assertEqual(sheet.article, "Art. 9")
        self.assertEqual(sheet.with_context(lang='zh_CN').article, "第九条")

    def test_remedy_that_no_rule_gives_is_refused_with_the_reason(self):
        sheet = self._appraise(DAY_12)
        with self.assertRaisesRegex(UserError, "within 7 days - it is day 12"):
            sheet.action_issue()
        self.assertEqual(sheet.state, 'draft')

    def test_fault_of_the_user_gives_nothing_free(self):
        sheet = self._appraise(responsibility='user')
        with self.assertRaisesRegex(UserError, "Nothing is owed"):
            sheet.action_issue()
        sheet.remedy = 'paid'
        sheet.action_issue()
        self.assertRecordValues(sheet, [{'state': 'issued', 'article': False, 'refund': 0.0}])

    def test_incomplete_sheet_is_refused_naming_what_is_missing(self):
        sheet = self._appraise(test_results=False, conclusion=False)
        with self.assertRaisesRegex(UserError, "Test Results and Conclusion"):
            sheet.action_issue()

    def test_refusal_needs_a_reason_and_sends_the_sheet_back(self):
        sheet = self._appraise(DAY_40, remedy='repair')
        sheet.action_issue()
        with self.assertRaisesRegex(UserError, "Enter why"):
            sheet.with_user(self.team_lead).action_refuse()
        sheet.with_user(self.team_lead).refusal_reason = "Measure the pressure"
        sheet.with_user(self.team_lead).action_refuse()
        self.assertEqual(sheet.state, 'refused')
        sheet.test_results = "3 bar"
        sheet.action_draft()
        sheet.action_issue()
        self.assertEqual(sheet.state, 'submitted')

    def test_issued_sheet_stays_as_it_is(self):
        sheet = self._appraise()
        sheet.action_issue()
        for values in ({'remedy': 'exchange'}, {'conclusion': "Else"}, {'state': 'draft'},
                       {'refund': 1.0}, {'audit_state': 'right'}):
            with self.subTest(values=values), self.assertRaises(UserError):
                sheet.write(values)
        sheet.settlement_note = "The maker credits in March"
        with self.assertRaisesRegex(UserError, "cannot become “Withdrawn”"):
            sheet.action_cancel()

    def test_sheet_of_a_card_without_an_order(self):
        sheet = self.env['aftersales.appraisal'].with_user(self.team_lead).create({
            'warranty_id': self.card.id, 'day': '2026-01-16', 'remedy': 'refund', **FINDING})
        sheet.action_issue()
        self.assertRecordValues(sheet, [{
            'state': 'issued', 'partner_id': self.customer.id, 'refund': 3000.0}])

    def test_order_shows_its_sheets_or_a_new_one(self):
        order = self._create_judged().with_user(self.agent)
        self.assertEqual(order.action_view_appraisals()['views'][0][1], 'form')
        sheet = self._appraise()
        action = sheet.order_id.action_view_appraisals()
        self.assertEqual(self.env['aftersales.appraisal'].search(action['domain']), sheet)

    @users('other_agent')
    def test_strangers_and_other_companies_see_nothing(self):
        sheet = self._appraise()
        with self.assertRaises(AccessError):
            sheet.with_user(self.env.user).read(['conclusion'])
        with self.assertRaises(AccessError):
            sheet.with_user(self.employee).read(['conclusion'])
        company = self.env['res.company'].sudo().create({'name': "Second Company"})
        self.manager.sudo().company_ids = [Command.link(company.id)]
        theirs = self.env['aftersales.appraisal'].with_user(self.manager).with_context(
            allowed_company_ids=company.ids)
        self.assertNotIn(sheet, theirs.search([]))
