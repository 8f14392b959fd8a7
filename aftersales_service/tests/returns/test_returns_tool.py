import doctest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import returns
from ...tools.returns import (
    GRADES,
    Goods,
    Path,
    Request,
    Terms,
    judge_policy,
    net_refund,
    objection,
    propose,
    worth,
)

money = st.floats(0, 1e6, allow_nan=False)
percents = st.floats(0, 100)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
paths = st.lists(st.builds(
    Path, key=st.integers(1, 10_000), kind=st.just('way'), percent=percents,
    probability=st.floats(0, 1), cost=money, holding_cost=st.floats(0, 100),
    days=st.floats(0, 100), worst_grade=st.sampled_from(GRADES), forbids_battery=st.booleans(),
    needs_wiped=st.booleans(), needs_complete=st.booleans(), needs_maker_fault=st.booleans(),
    owner=st.sampled_from(['seller', 'customer'])), unique_by=lambda path: path.key)
goods = st.builds(
    Goods, value=money, grade=st.sampled_from(GRADES), is_complete=st.booleans(),
    has_battery=st.booleans(), keeps_data=st.booleans(), is_wiped=st.booleans(),
    is_maker_fault=st.booleans(), owner=st.sampled_from(['seller', 'customer']))
terms = st.builds(
    Terms, window_days=st.integers(0, 60), needs_proof=st.booleans(),
    needs_unused=st.booleans(), restocking_percent=percents, is_free_at_fault=st.booleans(),
    max_returns=st.none() | st.integers(1, 5))
requests = st.builds(
    Request, day=days, delivered=st.none() | days, has_proof=st.booleans(),
    is_excluded=st.booleans(), is_used=st.booleans(), is_seller_fault=st.booleans(),
    earlier_returns=st.integers(0, 9))


class TestReturnsTool(BaseCase):
    """Policies, refunds and dispositions as pure functions."""

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(returns)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    def test_last_day_of_the_window_counts(self):
        for day, expected in ((7, ''), (8, 'window'), (0, ''), (-1, 'not_delivered')):
            with self.subTest(day=day):
                delivered = date(2028, 2, 25)  # across a leap day
                self.assertEqual(judge_policy(
                    Terms(7), Request(delivered + timedelta(day), delivered)).reason, expected)

    def test_as_many_returns_as_allowed_are_too_many_for_one_more(self):
        day = date(2026, 3, 1)
        for earlier, expected in ((0, ''), (1, ''), (2, 'abuse'), (3, 'abuse')):
            with self.subTest(earlier=earlier):
                self.assertEqual(judge_policy(
                    Terms(7, max_returns=2), Request(day, day, earlier_returns=earlier)).reason,
                    expected)

    def test_goods_go_their_owners_way_and_what_keeps_no_data_needs_no_wiping(self):
        for path, item, expected in (
                (Path(1, 'restock'), Goods(10, 'A', owner='customer'), 'owner'),
                (Path(1, 'customer', owner='customer'), Goods(10, 'A'), 'owner'),
                (Path(1, 'restock', needs_wiped=True), Goods(10, 'A'), ''),
                (Path(1, 'restock', needs_wiped=True), Goods(10, 'A', keeps_data=True),
                 'not_wiped')):
            with self.subTest(path=path, item=item):
                self.assertEqual(objection(path, item), expected)

    @given(paths, goods)
    def test_a_forbidden_way_is_never_proposed(self, paths, goods):
        path = propose(paths, goods)
        if path is None:
            self.assertTrue(all(objection(path, goods) for path in paths))
        else:
            self.assertEqual(objection(path, goods), '')

    @given(paths, goods)
    def test_no_open_way_brings_more_than_the_proposed_one(self, paths, goods):
        path = propose(paths, goods)
        for other in paths:
            if not objection(other, goods):
                self.assertGreaterEqual(
                    worth(path, goods.value), worth(other, goods.value))

    @given(paths, goods)
    def test_the_order_of_ways_does_not_matter(self, paths, goods):
        self.assertEqual(propose(paths, goods), propose(paths[::-1], goods))

    @given(goods)
    def test_unwiped_data_and_batteries_come_first(self, goods):
        path = Path(1, 'way', worst_grade='A', forbids_battery=True, needs_wiped=True)
        if goods.has_battery:
            self.assertEqual(objection(path, goods), 'battery')
        elif goods.keeps_data and not goods.is_wiped:
            self.assertEqual(objection(path, goods), 'not_wiped')

    @given(money, money, percents)
    def test_a_refund_is_between_nothing_and_the_price(self, price, fee, percent):
        refund = net_refund(price, fee, percent)
        self.assertGreaterEqual(refund, 0)
        self.assertLessEqual(refund, price)
        self.assertLessEqual(net_refund(price, fee + 1, percent), refund)

    @given(terms, requests, st.integers(0, 400))
    def test_waiting_never_helps(self, terms, request, wait):
        late = Request(
            request.day + timedelta(wait), request.delivered, request.has_proof,
            request.is_excluded, request.is_used, request.is_seller_fault,
            request.earlier_returns)
        if request.delivered and request.day >= request.delivered and (
                judge_policy(terms, late).is_eligible):
            self.assertTrue(judge_policy(terms, request).is_eligible)

    @given(terms, requests)
    def test_refused_customer_is_charged_nothing_and_gets_the_reason(self, terms, request):
        verdict = judge_policy(terms, request)
        self.assertEqual(verdict.is_eligible, not verdict.reason)
        if not verdict.is_eligible:
            self.assertEqual(verdict.restocking_percent, 0)
