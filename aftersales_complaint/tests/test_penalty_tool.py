import doctest
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.aftersales_service.tests import properties  # noqa: F401

from ..tools import penalty
from ..tools.penalty import (
    Balance,
    Due,
    Pay,
    Scheme,
    base_point_amounts,
    counter_entry,
    missing_pay,
    month_cap,
    next_month,
    plan_months,
)

JANUARY = date(2026, 1, 1)
# domain 2.9: half of the month's bonus, the rest month by month
HANDBOOK = Scheme(bonus_percent=50)
# (a) performance adjustment of the same month, and (b) compensation by contract (wage rules 16)
ADJUSTMENT = Scheme(bonus_percent=100, is_carried_over=False)
COMPENSATION = Scheme(wage_percent=20, keeps_minimum_wage=True)


def months(count):
    return [next_month(JANUARY, number) for number in range(count)]


class Ledger:
    """The rows of one employee's ledger, and runs over the months so far."""

    def __init__(self, dues, pay):
        self.dues, self.pay, self.rows = dues, pay, []

    def run(self, count, order=1):
        """Run the first ``count`` months, the months and penalties in either order."""
        booked = {}
        for row in self.rows:
            if not row.is_lapsed:
                booked[row.month] = booked.get(row.month, 0) + row.amount
        dues = [due._replace(owed=round(due.owed - sum(
            row.amount for row in self.rows if row.key == due.key), 2)) for due in self.dues]
        self.rows += plan_months(
            dues[::order], months(count)[::order], self.pay.__getitem__, booked)
        return self

    def facts(self):
        return sorted(self.rows)


@st.composite
def ledgers(draw, schemes=(HANDBOOK, ADJUSTMENT, COMPENSATION)):
    scheme = draw(st.sampled_from(schemes))
    cents = st.integers(0, 300_000).map(lambda number: number / 100)
    pay = {month: Pay(draw(cents), draw(cents), draw(cents)) for month in months(8)}
    dues = [
        Due(key, (draw(st.integers(0, 3)), key), draw(cents),
            draw(st.sampled_from(months(4))), scheme)
        for key in range(draw(st.integers(1, 5)))]
    return Ledger(dues, pay)


class TestPenaltyTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(penalty)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    # === NUMBERS OF THE HANDBOOK (domain 6.1) === #

    def test_base_points(self):
        # loss 6,000, points 6 + 4 + 2 + 2 + 2 = 16: the person with 4 bears 1,500
        self.assertEqual(base_point_amounts(6000, [6, 4, 2, 2, 2])[1], 1500)

    def test_fine_of_1500_is_paid_in_three_months(self):
        rows = plan_months(
            [Due(1, (1,), 1500, JANUARY, HANDBOOK)], months(12), lambda month: Pay(bonus=1000))
        self.assertEqual(
            rows, [(1, month, 500, False) for month in months(3)])

    def test_several_cases_are_taken_first_in_first_out(self):
        # each complaint by itself, by the day of its notice; the cap holds for all of them
        dues = [Due(7, (date(2026, 1, 9), 7), 300, JANUARY, HANDBOOK),
                Due(3, (date(2026, 1, 20), 3), 400, JANUARY, HANDBOOK)]
        rows = plan_months(dues[::-1], months(12), lambda month: Pay(bonus=1000))
        self.assertEqual([row[:3] for row in rows], [
            (7, JANUARY, 300), (3, JANUARY, 200), (3, date(2026, 2, 1), 200)])

    def test_a_month_without_bonus_takes_nothing(self):
        pay = {JANUARY: Pay(bonus=1000), date(2026, 2, 1): Pay(bonus=0),
               date(2026, 3, 1): Pay(bonus=400), date(2026, 4, 1): Pay(bonus=1000)}
        rows = plan_months(
            [Due(1, (1,), 900, JANUARY, HANDBOOK)], pay, pay.__getitem__)
        self.assertEqual(
            [(row.month.month, row.amount) for row in rows], [(1, 500), (3, 200), (4, 200)])

    def test_after_24_months_nothing_more_is_deducted(self):
        rows = plan_months(
            [Due(1, (1,), 1500, JANUARY, HANDBOOK)], months(40), lambda month: Pay(bonus=100))
        self.assertEqual((len(rows), sum(row.amount for row in rows)), (24, 1200))

    # === CHINA === #

    def test_adjustment_stays_in_its_month(self):
        rows = plan_months(
            [Due(1, (1,), 900, JANUARY, ADJUSTMENT)], months(6), lambda month: Pay(bonus=600))
        self.assertEqual(rows, [(1, JANUARY, 600, False), (1, JANUARY, 300, True)])

    def test_adjustment_is_not_made_up_for_later(self):
        self.assertFalse(plan_months(
            [Due(1, (1,), 900, JANUARY, ADJUSTMENT)], months(6)[1:],
            lambda month: Pay(bonus=600)))

    def test_compensation_is_at_most_a_fifth_of_the_wage(self):
        rows = plan_months(
            [Due(1, (1,), 2500, JANUARY, COMPENSATION)], months(6),
            lambda month: Pay(wage=5000, minimum_wage=2690))
        self.assertEqual([row.amount for row in rows], [1000, 1000, 500])

    def test_compensation_leaves_the_minimum_wage(self):
        self.assertEqual(month_cap(COMPENSATION, Pay(wage=3000, minimum_wage=2690)), 310)
        self.assertEqual(month_cap(COMPENSATION, Pay(wage=2690, minimum_wage=2690)), 0)
        self.assertEqual(month_cap(COMPENSATION, Pay(wage=2000, minimum_wage=2690)), 0)

    def test_a_cap_is_never_rounded_up(self):
        self.assertEqual(month_cap(HANDBOOK, Pay(bonus=100.01)), 50.0)
        self.assertEqual(month_cap(HANDBOOK, Pay(bonus=99), step=1.0), 49.0)

    def test_unknown_pay_is_refused(self):
        self.assertEqual(missing_pay(HANDBOOK, Pay(wage=5000)), ('bonus',))
        self.assertEqual(missing_pay(COMPENSATION, Pay(bonus=5)), ('wage', 'minimum_wage'))
        for scheme in (HANDBOOK, COMPENSATION, Scheme()):
            with self.subTest(scheme=scheme), self.assertRaises(ValueError):
                month_cap(scheme, Pay())

    # === COUNTER-ENTRIES === #

    def test_counter_entries_stay_within_what_is_there(self):
        balance = Balance(1500, deducted=500, waived=200)
        self.assertEqual((balance.owed, balance.kept), (800, 500))
        self.assertEqual(counter_entry(balance, 800, is_return=False), 800)
        self.assertEqual(counter_entry(balance, 500, is_return=True), 500)
        for amount, is_return in ((800.01, False), (500.01, True), (0, False), (-5, True)):
            with self.subTest(amount=amount), self.assertRaises(ValueError):
                counter_entry(balance, amount, is_return=is_return)

    # === PROPERTIES === #

    @given(ledgers())
    def test_no_month_is_above_its_cap(self, ledger):
        ledger.run(8)
        for month in months(8):
            taken = sum(row.amount for row in ledger.rows
                        if row.month == month and not row.is_lapsed)
            if taken:
                self.assertLessEqual(
                    round(taken, 2), month_cap(ledger.dues[0].scheme, ledger.pay[month]))

    @given(ledgers())
    def test_no_person_is_deducted_more_than_the_fine(self, ledger):
        ledger.run(8)
        for due in ledger.dues:
            rows = [row.amount for row in ledger.rows if row.key == due.key]
            self.assertLessEqual(round(sum(rows), 2), due.owed)
            self.assertGreater(min(rows, default=1), 0)

    @given(ledgers(schemes=(HANDBOOK, COMPENSATION)))
    def test_instalments_sum_to_the_fine_once_there_is_room(self, ledger):
        ledger.pay = {month: pay._replace(bonus=40_000.0, wage=100_000.0)
                      for month, pay in ledger.pay.items()}
        ledger.run(8)
        for due in ledger.dues:
            self.assertEqual(round(sum(
                row.amount for row in ledger.rows if row.key == due.key), 2), due.owed)

    @given(ledgers(schemes=(ADJUSTMENT,)))
    def test_deducted_and_lapsed_are_the_adjustment(self, ledger):
        ledger.run(8)
        for due in ledger.dues:
            rows = [row for row in ledger.rows if row.key == due.key]
            self.assertEqual(round(sum(row.amount for row in rows), 2), due.owed)
            self.assertLessEqual({row.month for row in rows}, {due.first_month})

    @given(ledgers(), st.lists(st.integers(0, 8), max_size=6))
    def test_order_of_runs_does_not_matter(self, ledger, runs):
        expected = Ledger(ledger.dues, ledger.pay).run(8).facts()
        for count in runs:
            ledger.run(count, order=-1)
        self.assertEqual(ledger.run(8).facts(), expected)

    @given(ledgers(), st.integers(0, 8))
    def test_running_twice_changes_nothing(self, ledger, count):
        once = ledger.run(count).facts()
        self.assertEqual(ledger.run(count).facts(), once)
