import doctest

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, TransactionCase, tagged

from odoo.addons.aftersales_conduct.tools import ladder


@tagged('post_install', '-at_install')
class TestLadderArithmetic(BaseCase):

    def test_examples(self):
        self.assertEqual(doctest.testmod(ladder).failed, 0)

    @settings(max_examples=30, deadline=None)
    @given(st.floats(0.01, 1e6), st.floats(0.01, 1e6))
    def test_a_higher_burden_is_never_a_lower_step(self, one, other):
        steps = [ladder.Step(level, 1, limit) for level, limit in (
            (0, 500), (1, 2000), (2, 10000), (3, 50000))] + [ladder.Step(4)]
        low, high = sorted((one, other))
        self.assertLessEqual(
            ladder.pick_by_burden(low, steps).level, ladder.pick_by_burden(high, steps).level)

    @settings(max_examples=30, deadline=None)
    @given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
    def test_adding_up_loses_nothing(self, warnings, minors, majors):
        """Two warnings are a minor demerit, two of these a major one: the weight stays."""
        totals = ladder.add_up({1: warnings, 2: minors, 3: majors}, {1: 2, 2: 2})
        self.assertEqual(
            warnings + 2 * minors + 4 * majors,
            totals.get(1, 0) + 2 * totals.get(2, 0) + 4 * totals.get(3, 0))
        self.assertLess(totals.get(1, 0), 2)
        self.assertLess(totals.get(2, 0), 2)


@tagged('post_install', '-at_install')
class TestLadder(TransactionCase):
    """The shipped ladder is the one of the reference (domain 2.10 and 5.7)."""

    def _propose(self, **values):
        return self.env['aftersales.sanction']._propose(
            self.env.company, '2026-06-01', **values)

    def test_burden_leads_to_the_step_of_the_table(self):
        for burden, name in (
                (500, "Self-Criticism"), (501, "Warning"), (2000, "Warning"),
                (2001, "Two Warnings"), (5001, "Minor Demerit"), (10001, "Two Minor Demerits"),
                (30001, "Major Demerit"), (50001, "Demotion or Dismissal (Proposal)")):
            with self.subTest(burden=burden):
                self.assertEqual(self._propose(burden=burden).name, name)
        self.assertFalse(self._propose(burden=0))

    def test_points_lead_to_a_step(self):
        for points, level in ((2, None), (3, 1), (6, 2), (9, 3), (12, 4)):
            with self.subTest(points=points):
                self.assertEqual(self._propose(points=points).level or None, level)

    def test_conversion_into_money(self):
        def convert(name, base_points=2, bonus=1500):
            return self.env.ref(f'aftersales_conduct.aftersales_sanction_{name}')._convert(
                base_points, bonus)
        self.assertEqual(convert('warning'), 400)
        self.assertEqual(convert('two_warnings'), 800)
        self.assertEqual(convert('minor'), 1600)
        self.assertEqual(convert('two_minor'), 3200)
        self.assertEqual(convert('major'), 1500)

    def test_lower_sanctions_become_a_higher_one(self):
        warning = self.env.ref('aftersales_conduct.aftersales_sanction_warning')
        two = self.env.ref('aftersales_conduct.aftersales_sanction_two_warnings')
        self.assertEqual(
            (warning | two)._add_up(self.env.company, '2026-06-01'), {1: 1, 2: 1})

    def test_a_new_ladder_holds_from_its_day(self):
        """What a past act leads to does not change with the rules of today."""
        warning = self.env.ref('aftersales_conduct.aftersales_sanction_warning')
        warning.date_to = '2026-06-30'
        later = warning.copy({
            'name': "Warning 2", 'date_from': '2026-07-01', 'date_to': False})
        propose = self.env['aftersales.sanction']._propose
        self.assertEqual(propose(self.env.company, '2026-06-30', burden=600), warning)
        self.assertEqual(propose(self.env.company, '2026-07-01', burden=600), later)
