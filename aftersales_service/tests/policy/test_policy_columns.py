from datetime import date

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged, users

from ...tools.remedies import Facts, Repair, decide
from ..common import AftersalesCommon

SOLD = date(2026, 3, 2)


@tagged('post_install', '-at_install')
class TestPolicyColumns(AftersalesCommon):
    """What an administrator says of a law in data."""

    def _create_policy(self, **values):
        return self.env['aftersales.warranty.policy'].create({
            'name': "Own", 'term_ids': [Command.create({'name': "Whole unit"})], **values})

    @users('manager')
    def test_fee_without_a_rate_is_not_published(self):
        fee = [Command.create({'name': "Refund less use", 'remedy': 'refund', 'fee': 'daily'})]
        law = self._create_policy(remedy_ids=fee, active=False)
        with self.assertRaisesRegex(ValidationError, "has no rate for it"), self.cr.savepoint():
            law.action_publish()
        own = self._create_policy(base_id=law.id, daily_rate=0.1)
        with self.assertRaisesRegex(ValidationError, "has no rate for it"), self.cr.savepoint():
            own.daily_rate = 0
        with self.assertRaisesRegex(ValidationError, "has no rate for it"), self.cr.savepoint():
            law.remedy_ids = [Command.create({
                'name': "By use", 'remedy': 'refund', 'fee': 'usage'})]
        own.write({'daily_rate': 0.0, 'dropped_remedy_ids': [Command.set(law.remedy_ids.ids)]})
        self.assertFalse(own._get_rules())

    @users('manager')
    def test_rule_of_the_law_is_switched_off(self):
        law = self._create_policy(active=False, remedy_ids=[
            Command.create({'name': name, 'remedy': 'exchange', 'over_wait_days': days})
            for name, days in (("90 days", 90), ("30 days", 30))])
        own = self._create_policy(
            base_id=law.id, dropped_remedy_ids=[Command.set(law.remedy_ids[0].ids)],
            remedy_ids=[Command.create({
                'name': "60 days", 'remedy': 'exchange', 'over_wait_days': 60})])
        self.assertEqual(
            sorted(rule.article for rule in own._get_rules()), ["30 days", "60 days"])
        self.assertEqual(own.base_remedy_ids, law.remedy_ids)
        self.assertEqual(len(law._get_rules()), 2)

    @users('manager')
    def test_version_says_only_what_it_changes(self):
        policy = self._create_policy(code='V', date_from='2024-07-01', start_event='delivery')
        old = self.env['aftersales.warranty.policy'].create({
            'name': "Own", 'code': 'V', 'date_to': '2024-06-30', 'base_id': policy.id,
            'start_event': 'invoice'})
        self.assertEqual(
            [(term['months'], term['start_event']) for term in old._get_promises()],
            [(12, 'invoice')])
        with self.assertRaisesRegex(ValidationError, "promises nothing yet"), self.cr.savepoint():
            old.base_id = False

    @users('manager')
    def test_columns_reach_the_rule_and_its_words(self):
        parts = self.main_part
        policy = self._create_policy(buyer='company', remedy_ids=[Command.create({
            'name': "All", 'remedy': 'part', 'min_repairs': 2, 'min_replacements': 1,
            'min_exchanges': 1, 'over_stay_workdays': 30, 'needs_refusal': True,
            'needs_original': True, 'without_part_ids': [Command.set(parts.ids)],
            'has_window': True, 'window_days': 30, 'window_from': 'season'})])
        [rule] = policy._get_rules()
        self.assertEqual(
            (rule.buyer, rule.remedy, rule.min_replacements, rule.min_exchanges,
             rule.over_stay_workdays, rule.needs_refusal, rule.needs_original, rule.without_parts,
             rule.window_from),
            ('company', 'part', 1, 1, 30, True, True, frozenset(parts.ids), 'season'))
        for words in ("original proof of purchase", "the seller refuses", "parts replaced: 1",
                      "units exchanged: 1", "one repair over 30 working days",
                      "from the first operating season", "not for: Compressors"):
            self.assertIn(words, policy.remedy_ids.summary)

    @users('manager')
    def test_part_that_a_rule_leaves_out_is_kept(self):
        part = self.env['aftersales.main.part'].create({'name': "Wear"})
        self._create_policy(remedy_ids=[Command.create({
            'name': "Rule", 'without_part_ids': [Command.set(part.ids)]})])
        with self.assertRaisesRegex(Exception, "Warranty policies name"), self.cr.savepoint():
            part.unlink()

    def test_two_counts_in_one_rule(self):
        policy = self._create_policy(remedy_ids=[Command.create({
            'name': "Two repairs, one new part", 'remedy': 'exchange', 'min_repairs': 2,
            'min_replacements': 1})])
        plain = Repair(date(2026, 4, 1), date(2026, 4, 2))
        fitted = Repair(date(2026, 5, 1), date(2026, 5, 2), parts=frozenset({1}))
        for repairs, is_given in [((plain, plain), False), ((fitted,), False),
                                  ((plain, fitted), True)]:
            facts = Facts(date(2026, 6, 1), SOLD, date(2027, 3, 2), repairs=repairs)
            decision = decide(facts, policy._get_rules())
            self.assertEqual(bool(decision.get('exchange')), is_given)
