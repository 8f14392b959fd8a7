import doctest

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...models.workshop.aftersales_order_bench import BENCH_STATES
from ...tools import workshop
from ...tools.order_flow import NEXT_STATES
from ...tools.workshop import bench_state

facts = st.fixed_dictionaries({
    'is_carried_in': st.booleans(), 'is_waiting': st.booleans(), 'is_repaired': st.booleans(),
    'own': st.sampled_from(['passed', 'failed', None]),
    'final': st.sampled_from(['passed', 'failed', None])})


class TestWorkshopTool(BaseCase):
    """The columns of the bench as a pure function."""

    def test_examples(self):
        self.assertFalse(doctest.testmod(workshop).failed)

    @given(st.sampled_from(sorted(NEXT_STATES)), facts)
    def test_every_article_is_in_a_column_or_out(self, state, facts):
        column = bench_state(state, **facts)
        self.assertIn(column, {*dict(BENCH_STATES), None})
        if state in ('in_repair', 'taken_to_shop'):
            self.assertTrue(column)

    @given(st.sampled_from(sorted(NEXT_STATES)), facts)
    def test_ready_means_repaired_and_inspected_twice(self, state, facts):
        if bench_state(state, **facts) == 'ready':
            self.assertEqual(state, 'in_repair')
            self.assertTrue(facts['is_repaired'] and not facts['is_waiting'])
            self.assertEqual((facts['own'], facts['final']), ('passed', 'passed'))
