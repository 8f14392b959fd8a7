from datetime import date

from odoo.tests import BaseCase

from ...tools.remedies import MINOR, SAFETY, Repair, decide
from .remedy_rules import (
    CAR,
    COMPRESSOR,
    ENGINE,
    EU,
    GEARBOX,
    PISTON,
    after,
    driven,
    offered,
    repaired,
    sold,
)


class TestCarRule(BaseCase):
    """The car rule of 2021."""

    def test_main_part_to_be_replaced_in_seven_days(self):
        for days, part, article in [(7, ENGINE, "7 days"), (8, ENGINE, None),
                                    (7, COMPRESSOR, None)]:
            with self.subTest(days=days, part=part):
                decision = decide(driven(after(days), 100, parts=frozenset({part})), CAR)
                self.assertEqual(offered(decision).get('exchange'), article)
                self.assertEqual(offered(decision).get('refund'), article)

    def test_safety_fault_within_sixty_days_or_3000_km(self):
        for days, km, is_given in [(60, 3000, True), (61, 3000, False), (60, 3001, False),
                                   (61, 3001, False)]:
            with self.subTest(days=days, km=km):
                decision = decide(driven(after(days), km, fault_kind=SAFETY), CAR)
                self.assertEqual(bool(decision.get('refund')), is_given)
                self.assertEqual(bool(decision.get('exchange')), is_given)

    def test_two_repairs_of_a_serious_safety_fault(self):
        safety = [repaired(after(70), 2, is_safety=True), repaired(after(90), 2, is_safety=True)]
        for repairs, is_given in [(safety, True), (safety[:1], False),
                                  ([safety[0], repaired(after(90), 2)], False)]:
            with self.subTest(repairs=len(repairs)):
                facts = driven(after(120), 8000, fault_kind=SAFETY, repairs=tuple(repairs))
                self.assertEqual(bool(decide(facts, CAR).get('exchange')), is_given)

    def test_safety_rule_is_for_safety_faults(self):
        """Repairs of safety faults give nothing for the fault that follows, if it is harmless."""
        safety = tuple(repaired(after(day), 2, is_safety=True) for day in (70, 90))
        decision = decide(driven(after(120), 8000, repairs=safety), CAR)
        self.assertIsNone(decision.get('exchange'))

    def test_replaced_part_and_the_one_concerned(self):
        """Two engines were replaced; now the gearbox fails, or it is not known yet what."""
        engines = tuple(repaired(after(day), 2, parts=frozenset({ENGINE})) for day in (70, 90))
        for parts, is_given in [((), True), ((ENGINE,), True), ((GEARBOX,), False),
                                ((COMPRESSOR,), False)]:
            with self.subTest(parts=parts):
                facts = driven(after(120), 8000, parts=frozenset(parts), repairs=engines)
                self.assertEqual(bool(decide(facts, CAR).get('exchange')), is_given)

    def test_damage_by_the_driver_counts_no_days(self):
        facts = driven(after(120), 8000, repairs=(
            repaired(after(20), 20), repaired(after(60), 11, is_quality=False)))
        self.assertIsNone(decide(facts, CAR).get('exchange'))

    def test_repair_under_way_counts_its_days(self):
        for days, is_given in [(30, False), (31, True)]:
            with self.subTest(days=days):
                facts = driven(after(40 + days), 8000, repairs=(Repair(after(40)),))
                self.assertEqual(bool(decide(facts, CAR).get('exchange')), is_given)

    def test_loan_car_over_five_days_in_one_repair_with_its_waits(self):
        for days, is_given in [(5, False), (6, True)]:
            with self.subTest(days=days):
                stay = Repair(after(40), waits=((after(41), after(45)),))
                decision = decide(driven(after(40 + days), 8000, repairs=(
                    repaired(after(20), 3), stay)), CAR)
                self.assertEqual(bool(decision.get('loan')), is_given)

    def test_two_replacements_of_the_same_assembly_or_part(self):
        def replaced(*parts):
            return tuple(repaired(after(70 + 10 * at), 2, parts=frozenset({part}))
                         for at, part in enumerate(parts))

        for parts, article in [
                ((ENGINE, ENGINE), "Art. 24 assembly"), ((ENGINE, GEARBOX), None),
                ((PISTON, PISTON), "Art. 24 part"), ((COMPRESSOR, COMPRESSOR), None)]:
            with self.subTest(parts=parts):
                decision = decide(driven(after(120), 8000, repairs=replaced(*parts)), CAR)
                self.assertEqual(offered(decision).get('exchange'), article)

    def test_more_than_thirty_days_in_sum(self):
        for days, is_given in [(10, False), (11, True)]:
            with self.subTest(days=20 + days):
                facts = driven(after(120), 8000, repairs=(
                    repaired(after(20), 20), repaired(after(60), days)))
                self.assertEqual(bool(decide(facts, CAR).get('exchange')), is_given)

    def test_same_fault_more_than_four_times(self):
        for times, is_given in [(4, False), (5, True)]:
            with self.subTest(times=times):
                facts = driven(after(120), 8000, fault=7, repairs=tuple(
                    repaired(after(10 * at), fault=7) for at in range(1, times + 1)))
                self.assertEqual(bool(decide(facts, CAR).get('exchange')), is_given)

    def test_fee_by_usage(self):
        facts = driven(after(120), 8000, repairs=(repaired(after(40), 31),))
        refund = decide(facts, CAR).get('refund')
        self.assertEqual((refund.fee, refund.refund), (8000.0, 192_000.0))

    def test_fee_by_usage_needs_the_reading(self):
        facts = driven(after(120), None, repairs=(repaired(after(40), 31),))
        self.assertIn('no_usage', {failure.reason for failure in decide(facts, CAR).failed})

    def test_three_guarantee_term_ends_by_time_or_usage(self):
        for day, km, is_given in [
                (date(2027, 1, 10), 50_000, True), (date(2027, 1, 11), 50_000, False),
                (date(2027, 1, 10), 50_001, False), (date(2027, 1, 11), 50_001, False)]:
            with self.subTest(day=day, km=km):
                facts = driven(day, km, repairs=(repaired(after(40), 31),))
                decision = decide(facts, CAR)
                self.assertEqual(bool(decision.get('exchange')), is_given)
                self.assertTrue(decision.get('repair'))

    def test_repair_term_ends_by_time_or_usage(self):
        for day, km, reason in [
                (date(2028, 1, 10), 60_000, None), (date(2028, 1, 11), 60_000, 'expired'),
                (date(2028, 1, 10), 60_001, 'used_up'), (date(2028, 1, 11), 60_001, 'expired')]:
            with self.subTest(day=day, km=km):
                decision = decide(driven(day, km), CAR)
                self.assertEqual(next(
                    (failure.reason for failure in decision.failed
                     if failure.rule.article == "In term"), None), reason)


class TestEuropeanLaw(BaseCase):
    """Directive (EU) 2019/771."""

    REPAIR = (repaired(after(20), 4, fault=7),)
    TWO_YEARS = {'term_end': date(2027, 1, 10), 'fault': 7}

    def test_repair_or_replacement_comes_first(self):
        decision = decide(sold(after(100), **self.TWO_YEARS), EU)
        self.assertEqual(set(offered(decision)), {'exchange', 'repair'})

    def test_then_reduction_or_rescission(self):
        decision = decide(sold(after(100), repairs=self.REPAIR, **self.TWO_YEARS), EU)
        self.assertEqual(set(offered(decision)), {'exchange', 'repair', 'reduction', 'refund'})

    def test_minor_defect_excludes_rescission(self):
        facts = sold(after(100), repairs=self.REPAIR, fault_kind=MINOR, **self.TWO_YEARS)
        self.assertEqual(set(offered(decide(facts, EU))), {'exchange', 'repair', 'reduction'})

    def test_repair_of_another_fault_does_not_count(self):
        known = self.TWO_YEARS | {'fault': 8}
        decision = decide(sold(after(100), repairs=self.REPAIR, **known), EU)
        self.assertEqual(set(offered(decision)), {'exchange', 'repair'})

    def test_words_of_the_burden_of_proof_count_from_the_delivery(self):
        facts = sold(date(2026, 1, 20), delivered=date(2025, 1, 14), **self.TWO_YEARS)
        failure = decide(facts, EU).failed[0]
        self.assertEqual(
            (failure.reason, failure.wanted, failure.found), ('not_proven', 365, 371))

    def test_fault_is_presumed_for_a_year_from_delivery(self):
        known = {'delivered': date(2025, 1, 14), **self.TWO_YEARS}
        for day, is_proven, is_given in [
                (date(2026, 1, 14), False, True), (date(2026, 1, 15), False, False),
                (date(2026, 1, 15), True, True), (date(2027, 1, 10), True, True),
                (date(2027, 1, 11), True, False)]:
            with self.subTest(day=day, is_proven=is_proven):
                decision = decide(sold(day, is_proven=is_proven, **known), EU)
                self.assertEqual(decision.is_eligible, is_given)
