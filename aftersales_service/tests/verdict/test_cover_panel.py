from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .common import DAY_5, DAY_12, VerdictCommon


@tagged('post_install', '-at_install')
class TestCoverPanel(VerdictCommon):
    """What the panel shows, and what it supposes without storing anything."""

    def _get_colors(self, panel):
        return {cover['name']: cover['color'] for cover in panel['covers']}

    def _get_kinds(self, panel):
        return [line['kind'] for line in panel['remedies']]

    @users('agent')
    def test_order_is_judged_on_its_day(self):
        panel = self._create_judged(DAY_5).get_cover_panel()
        self.assertEqual((panel['day'], panel['color']), ('2026-01-15', 'success'))
        self.assertEqual(set(self._get_colors(panel).values()), {'success'})
        self.assertEqual(self._get_kinds(panel), ['refund', 'exchange', 'repair'])
        self.assertEqual(panel['remedies'][0]['text'][:14], "Art. 9 gives: ")
        self.assertTrue(panel['can_decide'])

    @users('agent')
    def test_colours_follow_the_supposed_day(self):
        order = self._create_judged(DAY_5)
        for day, whole, compressor in (
                ('2026-06-01', 'success', 'success'), ('2026-12-20', 'warning', 'success'),
                ('2027-01-10', 'warning', 'success'), ('2027-01-11', 'danger', 'success'),
                ('2026-01-01', 'warning', 'warning'), ('2030-01-01', 'danger', 'danger')):
            with self.subTest(day=day):
                colors = self._get_colors(order.get_cover_panel({'day': day}))
                self.assertEqual(
                    (colors["Whole unit"], colors["Compressor"]), (whole, compressor))

    @users('agent')
    def test_supposing_stores_nothing(self):
        order = self._create_judged(DAY_5)
        panel = order.get_cover_panel({
            'day': '2026-01-22', 'usage': 12, 'fault_kind': 'safety', 'same_model': False})
        self.assertEqual(self._get_kinds(panel), ['exchange', 'repair'])
        self.assertIn("Art. 9: within 7 days - it is day 12",
                      [line['text'] for line in panel['failed']])
        self.assertRecordValues(order, [{
            'usage': 0.0, 'fault_kind': 'performance', 'same_model': False}])
        self.assertFalse(order.verdict_ids)

    @users('agent')
    def test_usage_ends_a_cover_whatever_the_day(self):
        self.card.sudo().policy_id.usage_unit = 'hours'
        self.card.sudo().cover_ids.usage_limit = 500.0
        panel = self._create_judged(DAY_5).get_cover_panel({'usage': '501'})
        self.assertEqual(set(self._get_colors(panel).values()), {'danger'})
        self.assertEqual(
            panel['covers'][0]['why'], "Ended at a reading of 500 Operating Hours")

    @users('agent')
    def test_bad_suppositions_get_a_sentence(self):
        order = self._create_judged()
        for supposed, sentence in (
                ({'day': "tomorrow"}, "no date"), ({'usage': "much"}, "no number"),
                ({'usage': -1}, "cannot be negative"), ({'usage': "nan"}, "cannot be negative"),
                ({'fault_kind': "war"}, "no kind of fault"), ([1], "assumptions cannot be read"),
                ({'fault_kind': ["war"]}, "no kind of fault"), ({'price': 1}, "cannot be assumed")):
            with self.subTest(supposed=supposed), self.assertRaisesRegex(UserError, sentence):
                order.get_cover_panel(supposed)

    @users('agent')
    def test_promise_without_rules_is_no_paid_repair(self):
        """A promise of the company's own names no law, and covers the unit all the same."""
        self.policy.sudo().remedy_ids.unlink()
        order = self._create_judged(DAY_5)
        covered = "Covered by the warranty: no rule gives more"
        self.assertEqual(order.charge_kind, 'free')
        self.assertEqual(order.get_cover_panel()['summary'], covered)
        self.assertTrue(order._get_portal_panel()['is_covered'])
        self.assertEqual(order._get_printed_verdict(), [covered])
        order.action_decide()
        self.assertEqual(order.verdict_ids.summary, covered)
        late = order.get_cover_panel({'day': '2027-02-14'})
        self.assertEqual(late['summary'], "Paid repair: no rule gives more")

    @users('agent')
    def test_refund_of_an_unknown_price_says_so(self):
        self.card.sudo().price = 0.0
        words = self._create_judged(DAY_5).get_cover_panel()['remedies'][0]['details']
        self.assertIn("the price paid, which is not known", words)

    @users('agent')
    @freeze_time('2026-01-23 10:00:00')
    def test_card_is_judged_today_with_its_history(self):
        self._create_judged(DAY_12).action_decide()
        panel = self.card.with_user(self.env.user).get_cover_panel()
        self.assertEqual(panel['day'], '2026-01-23')
        self.assertEqual(panel['history'][0]['summary'],
                         "Exchange (Art. 10) or Free Repair (Art. 8)")
        self.assertEqual(panel['history'][0]['user'], "Agent Anna")

    @users('agent')
    def test_order_without_a_card_has_no_panel(self):
        self.assertFalse(self._create_order().get_cover_panel())

    @users('agent')
    def test_panel_costs_the_same_queries_for_a_long_history(self):
        order = self._create_judged(DAY_12)
        order.get_cover_panel()
        few = self._count_queries(order)
        for __ in range(6):
            self._create_judged(DAY_5).action_decide()
        self.assertLessEqual(self._count_queries(order), few + 4)

    def _count_queries(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        order.get_cover_panel()
        return self.env.cr.sql_log_count - before

    @users('agent')
    def test_covers_are_in_the_readers_language(self):
        """Also those of fitted parts and of sold policies, and the clauses of all."""
        self.env['res.lang'].sudo()._activate_lang('zh_CN')
        term = self.policy.sudo().term_ids[0]
        term.article = "Art. 8"
        term.with_context(lang='zh_CN').write({'name': "整机", 'article': "第八条"})
        self.main_part.with_context(lang='zh_CN').name = "压缩机"
        self.policy.sudo().law = "Goods rule"
        self.policy.sudo().with_context(lang='zh_CN').law = "三包规定"
        self.card.sudo()._add_cover(
            'part', kind='component', name="Compressors", date_start='2026-02-01',
            date_end='2026-05-01', main_part_ids=self.main_part.ids, article="Goods rule")
        panel = self.card.with_user(self.env.user).with_context(
            lang='zh_CN').get_cover_panel({'day': '2026-03-01'})
        said = {(cover['name'], cover['article']) for cover in panel['covers']}
        self.assertLessEqual({("整机", "第八条"), ("压缩机", "三包规定")}, said)

    def test_strangers_see_no_panel(self):
        order = self._create_judged()
        for user in self.other_agent, self.employee:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                order.with_user(user).get_cover_panel()
        with self.assertRaises(AccessError):
            self.card.with_user(self.employee).get_cover_panel()
