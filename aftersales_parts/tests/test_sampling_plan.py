import doctest

from hypothesis import given
from hypothesis import strategies as st

from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, TransactionCase, tagged

from odoo.addons.aftersales_service.tests import properties  # noqa: F401

from ..tools import part_repair, sampling_plan
from ..tools.part_repair import choose_checked, find_repair_objections
from ..tools.sampling_plan import (
    PlanRow,
    PlanTables,
    Switch,
    find_letter,
    find_plan,
    judge_lot,
    passes_tighter,
    reduce,
    release,
    restore_normal,
)

# Typed by hand from the domain reference, 3.7 (GB/T 2828.1-2012)
LEVELS = ('S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III')
LETTERS = """
2 8 A A A A A A B
9 15 A A A A A B C
16 25 A A B B B C D
26 50 A B B C C D E
51 90 B B C C C E F
91 150 B B C D D F G
151 280 B C D E E G H
281 500 B C D E F H J
501 1200 C C E F G J K
1201 3200 C D E G H K L
3201 10000 C D F G J L M
10001 35000 C D F H K M N
35001 150000 D E G J L N P
150001 500000 D E G J M P Q
500001 0 D E H K N Q R
"""
AQLS = (0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10.0, 15.0)
NORMAL = """
A 2 dn dn dn dn dn 1 up dn
B 3 dn dn dn dn 1 up dn 2
C 5 dn dn dn 1 up dn 2 3
D 8 dn dn 1 up dn 2 3 4
E 13 dn 1 up dn 2 3 4 6
F 20 1 up dn 2 3 4 6 8
G 32 up dn 2 3 4 6 8 11
H 50 dn 2 3 4 6 8 11 15
J 80 2 3 4 6 8 11 15 22
K 125 3 4 6 8 11 15 22 up
L 200 4 6 8 11 15 22 up up
M 315 6 8 11 15 22 up up up
N 500 8 11 15 22 up up up up
P 800 11 15 22 up up up up up
Q 1250 15 22 up up up up up up
"""
# letter: AQL: Re; cells not listed are dn, cells right of the last value are up
TIGHTENED = {
    'A': {},
    'B': {6.5: 1},
    'C': {4.0: 1, 15.0: 2},
    'D': {2.5: 1, 10.0: 2, 15.0: 3},
    'E': {1.5: 1, 6.5: 2, 10.0: 3, 15.0: 4},
    'F': {1.0: 1, 4.0: 2, 6.5: 3, 10.0: 4, 15.0: 6},
    'G': {0.65: 1, 2.5: 2, 4.0: 3, 6.5: 4, 10.0: 6, 15.0: 9},
    'H': {1.5: 2, 2.5: 3, 4.0: 4, 6.5: 6, 10.0: 9, 15.0: 13},
    'J': {1.0: 2, 1.5: 3, 2.5: 4, 4.0: 6, 6.5: 9, 10.0: 13, 15.0: 19},
    'K': {0.65: 2, 1.0: 3, 1.5: 4, 2.5: 6, 4.0: 9, 6.5: 13, 10.0: 19},
    'L': {0.65: 3, 1.0: 4, 1.5: 6, 2.5: 9, 4.0: 13, 6.5: 19},
    'M': {0.65: 4, 1.0: 6, 1.5: 9, 2.5: 13, 4.0: 19},
    'N': {0.65: 6, 1.0: 9, 1.5: 13, 2.5: 19},
    'P': {0.65: 9, 1.0: 13, 1.5: 19},
    'Q': {0.65: 13, 1.0: 19},
    'R': {0.65: 19},
}
REDUCED_SIZES = {
    'A': 2, 'B': 2, 'C': 2, 'D': 3, 'E': 5, 'F': 8, 'G': 13, 'H': 20, 'J': 32, 'K': 50, 'L': 80,
    'M': 125, 'N': 200, 'P': 315, 'Q': 500, 'R': 800}


def read_bands():
    bands = []
    for line in LETTERS.strip().splitlines():
        start, stop, *letters = line.split()
        bands.append((int(start), int(stop), dict(zip(LEVELS, letters, strict=True))))
    return tuple(bands)


def read_normal():
    rows = []
    for line in NORMAL.strip().splitlines():
        letter, size, *cells = line.split()
        cells = [cell if cell in ('dn', 'up') else int(cell) for cell in cells]
        rows.append(PlanRow(letter, int(size), dict(zip(AQLS, cells, strict=True))))
    return tuple(rows)


def read_tightened(sizes):
    rows = []
    for letter, values in TIGHTENED.items():
        last = max(values, default=100)
        rows.append(PlanRow(letter, sizes[letter], {
            aql: values.get(aql, 'up' if aql > last else 'dn') for aql in AQLS}))
    return tuple(rows)


BANDS, NORMAL_ROWS = read_bands(), read_normal()
SIZES = {row.letter: row.size for row in NORMAL_ROWS} | {'R': 2000}
TABLES = PlanTables(
    BANDS, {'normal': NORMAL_ROWS, 'tightened': read_tightened(SIZES)})
lots = st.integers(1, 600_000)
# the letter R is completed by pattern and stands in the shipped data only
usual = st.sampled_from([level for level in LEVELS if level != 'III'])


class TestSamplingPlanTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        for module in sampling_plan, part_repair:
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertFalse(result.failed)

    def test_reference_cases(self):
        # domain reference 6.1
        plan = find_plan(TABLES, 800, 1.0, 'II')
        self.assertEqual(
            (plan.letter, plan.size, plan.accept), ('J', 80, 2))
        plan = find_plan(TABLES, 100, 1.5, 'II')
        self.assertEqual(
            (plan.letter, plan.size, plan.accept), ('G', 32, 1))

    def test_arrow_up_takes_the_sample_of_the_plan_above(self):
        # K at 15 is up: J, 80 pieces, refused from 22
        plan = find_plan(TABLES, 2000, 15.0, 'II')
        self.assertEqual((plan.letter, plan.size, plan.accept), ('J', 80, 21))
        # A at 10 is up, but nothing is above: the first plan below, C
        plan = find_plan(TABLES, 500, 10.0, 'S-1')
        self.assertEqual((plan.letter, plan.size, plan.accept), ('C', 5, 1))

    def test_arrow_down_passes_several_rows(self):
        # B at 0.65 leads to F: 20 pieces, none may be defective
        plan = find_plan(TABLES, 60, 0.65, 'S-1')
        self.assertEqual((plan.letter, plan.size, plan.accept), ('F', 20, 0))

    def test_sample_as_large_as_the_lot_is_a_full_check(self):
        plan = find_plan(TABLES, 10, 1.0, 'II')  # B, dn to E: 13 pieces
        self.assertEqual(plan.size, 10)
        self.assertEqual(find_plan(TABLES, 14, 1.0, 'II').size, 13)

    def test_what_the_tables_do_not_know_is_refused(self):
        for lot, aql, level in (800, 0.8, 'II'), (800, 1.0, 'IV'), (0, 1.0, 'II'):
            with self.assertRaises(ValueError):
                find_plan(TABLES, lot, aql, level)

    @given(lots, st.sampled_from(AQLS), usual)
    def test_each_lot_has_a_plan(self, lot, aql, level):
        plan = find_plan(TABLES, lot, aql, level)
        self.assertLessEqual(plan.size, lot)
        self.assertGreaterEqual(plan.accept, 0)

    @given(lots, st.sampled_from(AQLS), usual)
    def test_tightened_never_accepts_more_in_a_sample_of_the_same_letter(self, lot, aql, level):
        normal = find_plan(TABLES, lot, aql, level)
        tightened = find_plan(TABLES, lot, aql, level, 'tightened')
        if tightened.letter == normal.letter:
            self.assertLessEqual(tightened.accept, normal.accept)
        else:
            self.assertGreaterEqual(tightened.size, normal.size)

    def _judge(self, switch, *results, accept=1, tighter=True):
        for result in results:
            switch = judge_lot(switch, result, accept, tighter)
        return switch

    def test_two_of_five_failed_lots_tighten(self):
        switch = self._judge(Switch(), False, True, True, True, False)
        self.assertEqual(switch.severity, 'tightened')
        self.assertEqual(self._judge(Switch(), False, False).severity, 'tightened')
        # the second failure is the sixth lot
        switch = self._judge(Switch(), False, True, True, True, True, False)
        self.assertEqual(switch.severity, 'normal')

    def test_five_accepted_lots_relax(self):
        tightened = Switch('tightened')
        self.assertEqual(self._judge(tightened, *[True] * 4).severity, 'tightened')
        self.assertEqual(self._judge(tightened, *[True] * 5).severity, 'normal')
        self.assertEqual(
            self._judge(tightened, True, True, True, True, False, True).severity, 'tightened')

    def test_five_failed_lots_stop_until_the_supplier_acted(self):
        stopped = self._judge(Switch('tightened'), *[False] * 5)
        self.assertTrue(stopped.is_stopped)
        self.assertFalse(self._judge(Switch('tightened'), *[False] * 4).is_stopped)
        self.assertEqual(self._judge(stopped, True), stopped)
        self.assertEqual(release(stopped), Switch('tightened'))

    def test_switching_score(self):
        # an acceptance number of 0 or 1 adds 2; from 2 on 3, if it passes a step tighter
        self.assertEqual(self._judge(Switch(), True, True, accept=1).score, 4)
        self.assertEqual(self._judge(Switch(), True, True, accept=2).score, 6)
        self.assertEqual(self._judge(Switch(), True, accept=2, tighter=False).score, 0)
        self.assertEqual(self._judge(Switch(score=20), False).score, 0)

    def test_reduced_inspection_is_decided_and_ends_with_the_first_failure(self):
        good = self._judge(Switch(), *[True] * 15, accept=0)
        self.assertEqual(good.score, 30)
        self.assertTrue(good.may_reduce)
        reduced = reduce(good)
        self.assertEqual(self._judge(reduced, True, True).severity, 'reduced')
        self.assertEqual(self._judge(reduced, True, False).severity, 'normal')
        self.assertEqual(restore_normal(reduced).severity, 'normal')
        with self.assertRaises(ValueError):
            reduce(Switch(score=28))

    def test_one_step_tighter(self):
        # 800 pieces at AQL 1.0: J, up to 2; at 0.65 up to 1
        self.assertTrue(passes_tighter(TABLES, 800, 1.0, 'II', 1))
        self.assertFalse(passes_tighter(TABLES, 800, 1.0, 'II', 2))
        self.assertTrue(passes_tighter(TABLES, 800, 0.65, 'II', 0))
        self.assertFalse(passes_tighter(TABLES, 800, 0.65, 'II', 1))

    def test_limits_of_a_repair(self):
        # repair up to 50 % of a new part, 70 % of its life, 3 repairs
        self.assertFalse(find_repair_objections(50, 100, 70, 2))
        self.assertEqual(find_repair_objections(50.01, 100, 70, 2), {'cost'})
        self.assertEqual(find_repair_objections(50, 100, 69.9, 2), {'life'})
        self.assertEqual(find_repair_objections(50, 100, 70, 3), {'repairs'})

    @given(st.dictionaries(st.integers(1, 500), st.floats(0, 2000), max_size=60))
    def test_all_of_high_value_and_a_tenth_of_the_others_are_checked(self, values):
        chosen = choose_checked(values, 500, 10)
        high = {key for key, value in values.items() if value >= 500}
        self.assertLessEqual(high, chosen)
        others = len(values) - len(high)
        self.assertEqual(len(chosen) - len(high), -(-others // 10))


@tagged('post_install', '-at_install')
class TestSamplingTables(TransactionCase):
    """The shipped tables are those of the standard, cell by cell."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tables = cls.env['aftersales.inspection.plan']._get_tables()

    def test_each_code_letter(self):
        self.assertEqual(sorted(self.tables.bands, key=lambda band: band[0]), list(BANDS))
        for start, stop, letters in BANDS:
            for level, letter in letters.items():
                self.assertEqual(find_letter(self.tables, start, level), letter)
                self.assertEqual(find_letter(self.tables, stop or 10**7, level), letter)

    def test_each_cell_of_normal_inspection(self):
        shipped = {row.letter: row for row in self.tables.rows['normal']}
        for row in NORMAL_ROWS:
            self.assertEqual((shipped[row.letter].size, shipped[row.letter].cells),
                             (row.size, row.cells), row.letter)
            self.assertFalse(shipped[row.letter].unverified)
        # the last row is none of the reference: it is marked
        self.assertEqual(shipped['R'].unverified, frozenset(AQLS))

    def test_each_cell_of_tightened_inspection(self):
        shipped = {row.letter: row for row in self.tables.rows['tightened']}
        for row in TABLES.rows['tightened']:
            self.assertEqual((shipped[row.letter].size, shipped[row.letter].cells),
                             (row.size, row.cells), row.letter)
        self.assertEqual(
            {letter for letter, row in shipped.items() if row.unverified == frozenset(AQLS)},
            set('MNPQR'))

    def test_reduced_inspection_is_marked_as_not_verified(self):
        shipped = {row.letter: row for row in self.tables.rows['reduced']}
        self.assertEqual({letter: row.size for letter, row in shipped.items()}, REDUCED_SIZES)
        for row in shipped.values():
            self.assertEqual(row.unverified, frozenset(AQLS))
        plan = find_plan(self.tables, 800, 1.0, 'II', 'reduced')
        self.assertFalse(plan.is_verified)
        self.assertTrue(find_plan(self.tables, 800, 1.0, 'II').is_verified)

    def test_line_that_cannot_be_read_is_refused(self):
        line = self.env.ref('aftersales_parts.aftersales_inspection_plan_normal_j')
        for cells in '0.65:2 1', '0.65:two', '0:1', '0.65:2 0.65:3', '0.65:0':
            with self.assertRaisesRegex(ValidationError, "cannot be read"):
                line.cells = cells
