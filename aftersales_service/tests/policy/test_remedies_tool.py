from datetime import date

from odoo.tests import BaseCase

from ...tools.remedies import MINOR, NO_REASON, SAFETY, Repair, decide
from .remedy_rules import COMPRESSOR, GOODS, TERM_END, after, offered, repaired, sold

TWO_REPAIRS = (repaired(after(20), 4), repaired(after(50), 6))


class TestGoodsLaw(BaseCase):
    """The three guarantees for goods, clause by clause with their boundary days."""

    def test_seven_days_give_a_full_refund_and_fifteen_an_exchange(self):
        for days, remedies in [
                (0, {'refund': "Art. 9", 'exchange': "Art. 10", 'repair': "In term"}),
                (7, {'refund': "Art. 9", 'exchange': "Art. 10", 'repair': "In term"}),
                (8, {'refund': "Art. 13, fee", 'exchange': "Art. 10", 'repair': "In term"}),
                (15, {'refund': "Art. 13, fee", 'exchange': "Art. 10", 'repair': "In term"}),
                (16, {'repair': "In term"}),
                (365, {'repair': "In term"}),
                (366, {})]:
            with self.subTest(days=days):
                self.assertEqual(offered(decide(sold(after(days)), GOODS)), remedies)

    def test_refund_of_the_first_week_is_the_whole_price(self):
        refund = decide(sold(after(7)), GOODS).get('refund')
        self.assertEqual((refund.fee, refund.refund), (0.0, 3000.0))
        self.assertEqual(refund.last_day, after(7))

    def test_remedy_is_named_after_the_rule_that_gives_it_longest(self):
        """Art. 9 gives an exchange until day 7, art. 10 until day 15."""
        for policy in GOODS, GOODS[::-1]:
            exchange = decide(sold(after(5)), policy).get('exchange')
            self.assertEqual((exchange.rule.article, exchange.last_day), ("Art. 10", after(15)))

    def test_of_rules_that_last_equally_long_the_first_is_named(self):
        facts = sold(after(100), repairs=(repaired(after(20), 31), repaired(after(60))))
        exchange = decide(facts, GOODS[::-1]).get('exchange')
        self.assertEqual((exchange.rule.article, exchange.last_day), ("Art. 11", TERM_END))

    def test_refund_of_the_first_day_is_free_for_the_week_only(self):
        refund = decide(sold(after(0)), GOODS[::-1]).get('refund')
        self.assertEqual((refund.rule.article, refund.last_day), ("Art. 9", after(7)))

    def test_a_scratch_is_repaired_only(self):
        decision = decide(sold(after(3), fault_kind=MINOR), GOODS)
        self.assertEqual(offered(decision), {'repair': "In term"})

    def test_a_dangerous_fault_counts_as_a_performance_fault(self):
        self.assertTrue(decide(sold(after(3), fault_kind=SAFETY), GOODS).get('refund'))

    def test_two_repairs_give_an_exchange_or_a_refund_less_depreciation(self):
        decision = decide(sold(after(100), repairs=TWO_REPAIRS), GOODS)
        self.assertEqual(offered(decision), {
            'refund': "Art. 13, fee", 'exchange': "Art. 11", 'repair': "In term"})
        refund = decision.get('refund')
        self.assertEqual((refund.fee, refund.refund), (1350.0, 1650.0))
        self.assertEqual(refund.last_day, date(2026, 1, 10))

    def test_one_repair_is_not_enough(self):
        decision = decide(sold(after(100), repairs=TWO_REPAIRS[:1]), GOODS)
        self.assertEqual(offered(decision), {'repair': "In term"})
        failure = next(failure for failure in decision.failed
                       if failure.rule.article == "Art. 11")
        self.assertEqual(
            (failure.reason, failure.wanted, failure.found), ('min_repairs', 2, 1))

    def test_repairs_that_do_not_count(self):
        first = TWO_REPAIRS[0]
        for name, repair in [
                ("not back yet", Repair(after(80))),
                ("back after the day asked for", repaired(after(99), 2)),
                ("the customer's own damage", repaired(after(50), 6, is_quality=False))]:
            with self.subTest(name):
                decision = decide(sold(after(100), repairs=(first, repair)), GOODS)
                self.assertIsNone(decision.get('exchange'))

    def test_no_same_model_gives_a_full_refund_instead(self):
        facts = sold(after(100), repairs=TWO_REPAIRS, same_model=False)
        decision = decide(facts, GOODS)
        self.assertEqual(
            offered(decision), {'refund': "Art. 13, no model", 'repair': "In term"})
        self.assertEqual(decision.get('refund').refund, 3000.0)

    def test_no_same_model_after_a_week_gives_a_full_refund_too(self):
        refund = decide(sold(after(12), same_model=False), GOODS).get('refund')
        self.assertEqual((refund.rule.article, refund.fee), ("Art. 13, no model", 0.0))
        self.assertEqual(refund.last_day, after(15))

    def test_unknown_stock_leaves_the_exchange_open(self):
        decision = decide(sold(after(12), same_model=None), GOODS)
        self.assertEqual(offered(decision)['exchange'], "Art. 10")

    def test_thirty_days_of_the_repairers_own(self):
        for days, is_given in [(30, False), (31, True)]:
            with self.subTest(days=days):
                facts = sold(after(100), repairs=(repaired(after(40), days),))
                self.assertEqual(bool(decide(facts, GOODS).get('exchange')), is_given)

    def test_waiting_for_the_maker_is_not_the_repairers_fault(self):
        wait = after(45), after(65)
        facts = sold(after(100), repairs=(repaired(after(40), 50, waits=(wait,)),))
        self.assertIsNone(decide(facts, GOODS).get('exchange'))

    def test_ninety_days_from_hand_in_without_the_part(self):
        for days, is_given in [(90, False), (91, True)]:
            with self.subTest(days=days):
                waiting = Repair(after(40), waits=((after(42), after(40 + days)),))
                decision = decide(
                    sold(after(40 + days), repairs=(repaired(after(20)), waiting)), GOODS)
                self.assertEqual(bool(decision.get('exchange')), is_given)
                if is_given:
                    self.assertEqual(decision.get('exchange').rule.article, "90 days")

    def test_time_after_the_part_came_is_the_repairers_own(self):
        """Waited 10 days, then lay 85 more: not for want of the part."""
        late = Repair(after(40), after(135), waits=((after(40), after(50)),))
        decision = decide(sold(after(140), repairs=(late,)), GOODS)
        self.assertEqual(decision.get('exchange').rule.article, "30 days")
        failure = next(failure for failure in decision.failed
                       if failure.rule.article == "90 days")
        self.assertEqual((failure.reason, failure.found), ('over_wait_days', 10))

    def test_longest_of_several_stays_decides(self):
        long = (repaired(after(20), 15), repaired(after(60), 31))
        self.assertEqual(
            {rule.article for rule in decide(sold(after(110), repairs=long), GOODS).fired},
            {"Art. 11", "30 days", "Art. 13, fee", "In term"})

    def test_seller_without_the_model_still_owes_by_the_right_to_an_exchange(self):
        """The exchange fails for want of the model only; any other failure gives no right."""
        for days, article in [(15, "Art. 13, no model"), (16, None)]:
            with self.subTest(days=days):
                decision = decide(sold(after(days), same_model=False), GOODS)
                self.assertEqual(offered(decision).get('refund'), article)

    def test_repair_before_the_start_does_not_lower_the_fee(self):
        before = repaired(after(-20), 15, fault=7)
        decision = decide(sold(after(100), repairs=(before, *TWO_REPAIRS)), GOODS)
        self.assertEqual(decision.get('refund').fee, 1350.0)

    def test_waits_beyond_a_repair_are_no_days_of_use(self):
        first, second = TWO_REPAIRS
        waits = repaired(after(50), 6, waits=((after(46), after(52)),))
        decision = decide(sold(after(100), repairs=(first, waits)), GOODS)
        self.assertEqual(decision.get('refund').fee, 3000 * 0.005 * 86)
        paid = repaired(after(30), 9, is_quality=False)
        decision = decide(sold(after(100), repairs=(first, paid, second)), GOODS)
        self.assertEqual(decision.get('refund').fee, 1350.0)

    def test_cause_tells_the_fault_else_the_symptom(self):
        for known, is_same in [
                ({'fault': 7, 'symptom': 3}, True), ({'fault': 8, 'symptom': 3}, False),
                ({'symptom': 3}, True), ({'symptom': 4}, False), ({}, False)]:
            with self.subTest(**known):
                late = repaired(after(360), 5, fault=7, symptom=3)
                decision = decide(sold(after(370), repairs=(late,), **known), GOODS)
                self.assertEqual(bool(decision.get('repair')), is_same)

    def test_repair_again_has_its_last_day(self):
        late = (repaired(after(340), 5, fault=7), repaired(after(350), 5, fault=7))
        repair = decide(sold(after(380), fault=7, repairs=late), GOODS).get('repair')
        self.assertEqual(repair.last_day, after(385))

    def test_a_repair_that_did_not_hold_thirty_days_is_done_again(self):
        """Even out of term; the same fault only."""
        late = repaired(after(340), 5, fault=7)
        for days, fault, is_given in [(375, 7, True), (376, 7, False), (370, 8, False),
                                      (370, 0, False)]:
            with self.subTest(days=days, fault=fault):
                decision = decide(sold(after(days), fault=fault, repairs=(late,)), GOODS)
                self.assertEqual(
                    offered(decision), {'repair': "Art. 6"} if is_given else {})

    def test_main_part_is_repaired_in_its_own_term(self):
        known = {'parts': frozenset({COMPRESSOR}), 'part_end': date(2028, 1, 10)}
        for day, remedies in [(date(2028, 1, 10), {'repair': "Main part"}),
                              (date(2028, 1, 11), {})]:
            with self.subTest(day=day):
                self.assertEqual(offered(decide(sold(day, **known), GOODS)), remedies)

    def test_why_the_main_part_is_not_repaired_either(self):
        for part_end, reason in [(None, 'no_part_cover'), (date(2026, 1, 1), 'expired')]:
            with self.subTest(part_end=part_end):
                decision = decide(sold(date(2026, 6, 1), part_end=part_end), GOODS)
                self.assertIn(("Main part", reason), [
                    (failure.rule.article, failure.reason) for failure in decision.failed])

    def test_without_proof_nothing_is_promised(self):
        decision = decide(sold(after(3), has_proof=False), GOODS)
        self.assertFalse(decision.is_eligible)
        self.assertEqual({failure.reason for failure in decision.failed}, {'no_proof'})

    def test_unit_without_a_start_gets_nothing(self):
        decision = decide(sold(after(3), start=None), GOODS)
        self.assertEqual({failure.reason for failure in decision.failed}, {'not_started'})

    def test_day_before_the_sale_gets_nothing(self):
        self.assertFalse(decide(sold(after(-1)), GOODS).is_eligible)

    def test_leap_day_counts(self):
        facts = sold(date(2024, 3, 1), start=date(2024, 2, 23), term_end=date(2025, 2, 23))
        self.assertEqual(offered(decide(facts, GOODS))['refund'], "Art. 9")

    def test_exclusion_leaves_paid_repair_only(self):
        decision = decide(sold(after(3), exclusions=("Art. 17 (2)",)), GOODS)
        self.assertFalse(decision.is_eligible)
        self.assertEqual(decision.exclusions, ("Art. 17 (2)",))
        self.assertEqual({failure.reason for failure in decision.failed
                          if NO_REASON not in failure.rule.fault_kinds}, {'excluded'})


class TestNoReasonReturn(BaseCase):

    def test_seven_days_from_the_delivery_of_a_distance_sale(self):
        delivered = after(3)
        for days, is_given in [(3, True), (10, True), (11, False)]:
            with self.subTest(days=days):
                facts = sold(after(days), fault_kind=NO_REASON, is_distance_sale=True,
                             delivered=delivered)
                self.assertEqual(
                    offered(decide(facts, GOODS)), {'refund': "No reason"} if is_given else {})

    def test_counter_sale_needs_a_reason(self):
        decision = decide(sold(after(3), fault_kind=NO_REASON), GOODS)
        self.assertEqual(
            [failure.reason for failure in decision.failed
             if NO_REASON in failure.rule.fault_kinds],
            ['no_distance_sale'])
        self.assertFalse(decision.is_eligible)

    def test_exclusion_does_not_take_it_away(self):
        facts = sold(after(3), is_distance_sale=True, exclusions=("Art. 17 (2)",))
        self.assertEqual(offered(decide(facts, GOODS)), {'refund': "No reason"})

    def test_faulty_unit_may_go_back_without_a_reason_too(self):
        facts = sold(after(3), fault_kind=MINOR, is_distance_sale=True)
        self.assertEqual(
            offered(decide(facts, GOODS)), {'refund': "No reason", 'repair': "In term"})
