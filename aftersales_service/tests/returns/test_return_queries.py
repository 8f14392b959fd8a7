from datetime import date

from odoo.tests import freeze_time, tagged

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestReturnQueries(ReturnsCommon):
    """Verdicts of many lines cost what one costs; settling costs the same for each return."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_units([f'Q-{number}' for number in range(24)])

    def _count(self, act):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_judging_many_costs_no_more_than_judging_one(self):
        one = self._create_return(self.sale, self.cards[0])
        many = self._create_return(self.sale, self.cards[1:21])
        one.line_ids._judge()  # fills the caches of rights and rules
        few = self._count(one.action_judge)
        self.assertLessEqual(self._count(many.action_judge), few + 2)
        self.assertLessEqual(few, 25)

    def test_day_to_answer_costs_the_same_for_few_and_many(self):
        self.policy.write({'answer_days': 10, 'is_answer_in_workdays': True})
        records = self.env['aftersales.return']
        for card in self.cards:
            records |= self._create_return(self.sale, card)
        records._compute_answer_date()  # fills the caches of rules
        few = self._count(records[:2]._compute_answer_date)
        self.assertEqual(self._count(records[2:]._compute_answer_date), few)
        self.assertEqual(records.mapped('answer_date'), [date(2026, 1, 26)] * 24)

    def test_list_of_returns_costs_the_same_for_few_and_many(self):
        def read():
            self.env['aftersales.return'].with_user(self.agent).web_search_read(
                [], {name: {} for name in (
                    'name', 'rma', 'kind', 'product_id', 'state', 'urgency', 'amount_refund')},
                limit=80)

        self._create_return(self.sale, self.cards[0])
        read()
        few = self._count(read)
        for card in self.cards[1:11]:
            self._create_return(self.sale, card)
        self.assertLessEqual(self._count(read), few)

    def test_settling_costs_the_same_for_each_return(self):
        def prepare(cards):
            records = self.env['aftersales.return']
            for card in cards:
                record = self._create_return(self.sale, card)
                self._walk_to_inspected(record)
                records |= record
            return records

        self._count(prepare(self.cards[:1]).action_settle)  # makes locations, warms caches
        one = self._count(prepare(self.cards[1:2]).action_settle)
        ten = self._count(prepare(self.cards[2:12]).action_settle)
        self.assertLess(ten, 8 * one)
