import doctest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import delivery
from ...tools.delivery import needs_two_people, paid_floors, slot_interval

hours = st.integers(0, 48).map(lambda half: half / 2)
ZONES = st.sampled_from(['Asia/Shanghai', 'America/New_York', 'UTC', 'Australia/Lord_Howe'])


class TestDeliveryTool(BaseCase):
    """Slots and stairs as pure functions."""

    def test_examples(self):
        self.assertFalse(doctest.testmod(delivery).failed)

    def test_slot_on_the_day_the_clocks_change(self):
        """New York, 8 March 2026: 8 o'clock is 12 UTC, an hour earlier than the day before."""
        self.assertEqual(
            str(slot_interval(date(2026, 3, 8), 8, 12, 'America/New_York')[0]),
            '2026-03-08 12:00:00')
        self.assertEqual(
            str(slot_interval(date(2026, 3, 7), 8, 12, 'America/New_York')[0]),
            '2026-03-07 13:00:00')

    @given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), hours, hours, ZONES)
    def test_a_slot_never_ends_before_it_begins(self, day, one, other, zone):
        start, stop = slot_interval(day, min(one, other), max(one, other), zone)
        self.assertLessEqual(start, stop)
        self.assertLessEqual(stop - start, timedelta(hours=25))

    @given(st.integers(-5, 60), st.integers(0, 10))
    def test_floors_are_paid_above_the_free_one_and_never_with_a_lift(self, floor, free):
        self.assertEqual(paid_floors(floor, free, has_lift=True), 0)
        paid = paid_floors(floor, free, has_lift=False)
        self.assertGreaterEqual(paid, 0)
        self.assertEqual(paid_floors(-floor, free, has_lift=False), paid)

    @given(st.floats(0, 500), st.floats(0, 500))
    def test_a_product_that_asks_for_two_always_gets_two(self, weight, limit):
        self.assertTrue(needs_two_people(weight, limit, True))
        self.assertFalse(needs_two_people(weight, 0, False))
