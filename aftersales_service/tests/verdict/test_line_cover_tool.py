import doctest
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import line_cover, sampling
from ...tools.line_cover import LineCover, customer_price
from ...tools.warranty import WHOLE_UNIT, Cover, Verdict


class TestLineCoverTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        for module in line_cover, sampling:
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertFalse(result.failed)

    @given(st.floats(0, 1e7), st.floats(-50, 150))
    def test_customer_pays_neither_less_than_nothing_nor_more_than_the_price(
            self, price, percent):
        self.assertLessEqual(0, customer_price(price, percent))
        self.assertLessEqual(customer_price(price, percent), price)

    def test_partial_cover_is_no_full_one(self):
        cover = Cover(WHOLE_UNIT, date(2026, 1, 1), date(2027, 1, 1), percent=50.0)
        line = LineCover.of(Verdict(True, 'covered', cover))
        self.assertEqual((line.percent, line.is_covered), (50.0, False))
        self.assertEqual(LineCover.kept(50.0, line.facts).facts, line.facts)

    def test_share_that_was_rounded_is_not_overruled(self):
        facts = {'code': 'covered', 'percent': 100 / 3}
        self.assertEqual(LineCover.kept(33.33, facts).facts, facts)
        self.assertEqual(LineCover.kept(33.0, facts).facts, {'code': 'unsaid'})

    def test_overruled_facts_are_not_shown(self):
        cover = Cover(WHOLE_UNIT, date(2026, 1, 1), date(2027, 1, 1))
        line = LineCover.of(Verdict(True, 'covered', cover))
        self.assertEqual(LineCover.kept(0.0, line.facts).facts, {'code': 'unsaid'})
        said = LineCover.said(0.0, "Lightning")
        self.assertEqual(LineCover.kept(100.0, said.facts).facts['text'], "Lightning")

    @given(st.lists(st.integers(1, 10_000), unique=True, max_size=60), st.floats(0, 100))
    def test_a_draw_takes_its_share_and_only_from_the_pool(self, keys, share):
        drawn = sampling.draw(keys, share, "seed")
        self.assertLessEqual(set(drawn), set(keys))
        self.assertGreaterEqual(len(drawn), len(keys) * share / 100)
        self.assertLessEqual(len(drawn), len(keys) * share / 100 + 1)
