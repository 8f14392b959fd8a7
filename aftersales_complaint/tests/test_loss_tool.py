import doctest
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.aftersales_service.tests import properties  # noqa: F401

from ..tools import loss
from ..tools.loss import net_loss, replacement_loss, resale_deadline, return_loss, rework_loss

amounts = st.integers(0, 10**8).map(lambda cents: cents / 100)


class TestLossTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(loss)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    def test_broken_oven_glass(self):
        # practice case C1
        deadline = resale_deadline(date(2026, 5, 20))
        self.assertEqual(deadline, date(2026, 6, 20))
        sold = return_loss(2600, 1900, date(2026, 6, 20), deadline)
        self.assertEqual((sold, 1800 + sold + 160), (700, 2660))
        unsold = return_loss(2600, None, None, deadline)
        self.assertEqual((unsold, 1800 + unsold + 160), (2600, 4560))
        self.assertEqual(net_loss(2660, 798 + 1200), 662)

    def test_resale_after_the_month_does_not_count(self):
        self.assertEqual(return_loss(2600, 1900, date(2026, 6, 21), date(2026, 6, 20)), 2600)

    def test_a_month_ends_with_a_shorter_one(self):
        self.assertEqual(resale_deadline(date(2028, 1, 31)), date(2028, 2, 29))

    def test_nothing_is_negative(self):
        self.assertEqual(return_loss(100, 150, date(2026, 6, 1)), 0)
        for call in (lambda: return_loss(-1), lambda: return_loss(5, -1, date(2026, 6, 1)),
                     lambda: replacement_loss(-1), lambda: rework_loss(1, -2, 3)):
            with self.assertRaises(ValueError):
                call()

    @given(amounts, amounts, amounts)
    def test_what_is_recovered_never_makes_a_gain(self, value, freight, recovered):
        lost = replacement_loss(value, freight, recovered)
        self.assertGreaterEqual(lost, 0)
        self.assertLessEqual(lost, round(value + freight, 2))
