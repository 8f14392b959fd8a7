from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from ...tools.rules import REASONS
from .common import DAY_5, DAY_12, DAY_400, VerdictCommon


@tagged('post_install', '-at_install')
class TestVerdict(VerdictCommon):
    """What was decided is kept as it was said, in every reader's language."""

    def _decide(self, moment=DAY_5):
        order = self._create_judged(moment)
        order.action_decide()
        return order.verdict_ids

    @users('agent')
    def test_verdict_holds_remedies_money_and_articles(self):
        verdict = self._decide()
        self.assertRecordValues(verdict, [{
            'warranty_id': self.card.id, 'user_id': self.agent.id, 'remedy': 'refund',
            'refund': 3000.0, 'fee': 0.0, 'is_eligible': True, 'fault_kind': 'performance'}])
        self.assertEqual(str(verdict.day), '2026-01-15')
        self.assertEqual(str(verdict.last_day), '2026-01-17')
        self.assertEqual(
            verdict.summary, "Refund (Art. 9) or Exchange (Art. 10) or Free Repair (Art. 8)")

    @users('agent')
    def test_failed_rules_say_what_they_want_and_what_was_found(self):
        words = self._decide(DAY_12).words
        self.assertIn("Art. 9: within 7 days - it is day 12", words)
        self.assertIn("Art. 11: after 2 repairs - 0 are done", words)
        self.assertIn("Art. 10 gives: Exchange - no fee, until 01/25/2026", words)

    @users('agent')
    def test_nothing_owed_is_a_verdict_as_well(self):
        verdict = self._decide(DAY_400)
        self.assertFalse(verdict.is_eligible)
        self.assertEqual(verdict.summary, "Paid repair: no rule gives more")
        self.assertIn("within the term - it is over", verdict.words)

    @users('agent')
    def test_articles_stay_as_they_read_on_the_day(self):
        self.env['res.lang'].sudo()._activate_lang('fr_FR')
        rule = self.policy.sudo().remedy_ids[0]
        rule.with_context(lang='fr_FR').article = "Article 9, alinéa 1"
        verdict = self._decide()
        rule.with_context(lang='en_US').article = "Art. 99"
        self.policy.sudo().remedy_ids.unlink()
        self.assertIn("Art. 9)", verdict.summary)
        self.assertIn("Article 9, alinéa 1", verdict.with_context(lang='fr_FR').summary)

    @users('agent')
    def test_every_reason_of_the_engine_has_its_sentence(self):
        """A reason that is added to the tool and not here would be shown as its name."""
        for reason in REASONS:
            with self.subTest(reason=reason):
                self.assertNotIn(
                    "not met", self.env['aftersales.verdict']._format_reason(reason, "1", "2"))

    @users('agent')
    def test_history_grows_and_no_user_rewrites_it(self):
        order = self._create_judged()
        order.action_decide()
        order.date_event = DAY_12
        order.action_decide()
        newest, oldest = order.verdict_ids.sorted('id', reverse=True)
        self.assertEqual((newest.remedy, oldest.remedy), ('exchange', 'refund'))
        with self.assertRaises(AccessError):
            oldest.write({'remedy': 'repair'})
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            oldest.sudo().write({'remedy': 'repair'})
        with self.assertRaisesRegex(UserError, "is not deleted"):
            oldest.sudo().unlink()

    @users('manager')
    def test_even_administrators_write_no_verdicts(self):
        with self.assertRaises(AccessError):
            self.env['aftersales.verdict'].create(
                {'warranty_id': self.card.id, 'day': '2026-01-15'})

    @users('agent')
    def test_without_a_card_there_is_nothing_to_decide(self):
        order = self._create_order()
        with self.assertRaisesRegex(UserError, "Without a warranty card"):
            order.action_decide()

    @users('other_agent')
    def test_stranger_decides_nothing(self):
        order = self.env['aftersales.order'].with_user(self.agent).create({
            'warranty_id': self.card.id, 'user_id': self.agent.id})
        with self.assertRaises(AccessError):
            order.with_user(self.env.user).action_decide()

    @users('employee')
    def test_other_employees_and_companies_see_none(self):
        verdict = self.env['aftersales.verdict'].sudo()._record(
            self.card, self.card._decide(self.card.date_start)[self.card])
        with self.assertRaises(AccessError):
            verdict.with_user(self.env.user).read(['remedy'])
        company = self.env['res.company'].sudo().create({'name': "Second Company"})
        self.agent.sudo().write({'company_ids': [(4, company.id)]})
        agents = self.env['aftersales.verdict'].with_user(self.agent)
        self.assertTrue(agents.search([('id', '=', verdict.id)]))
        self.assertFalse(agents.with_context(
            allowed_company_ids=company.ids).search([('id', '=', verdict.id)]))
