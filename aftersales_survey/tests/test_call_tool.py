import doctest
from math import sqrt

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import calls


@tagged('post_install', '-at_install')
class TestCallTool(BaseCase):
    """Who is called follows from the seed, and from the share."""

    def test_examples_of_the_docstrings(self):
        result = doctest.testmod(calls)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    @settings(max_examples=30, deadline=None)
    @given(st.text(max_size=10), st.integers(0, 10**9), st.floats(0, 100), st.floats(0, 100))
    def test_larger_share_calls_all_whom_a_smaller_one_calls(self, seed, number, one, other):
        low, high = sorted((one, other))
        self.assertLessEqual(
            calls.is_called(seed, number, low), calls.is_called(seed, number, high))

    def test_share_of_70_percent_is_met(self):
        called = sum(calls.is_called('wave', number, 70) for number in range(10_000))
        # four standard deviations of a share of 70 %
        self.assertAlmostEqual(called, 7_000, delta=4 * sqrt(10_000 * 0.7 * 0.3))
