from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools.remedies import (
    FAULTS,
    NO_REASON,
    REASONS,
    REMEDIES,
    Facts,
    Repair,
    Rule,
    decide,
    depreciation_fee,
    usage_fee,
)
from ...tools.warranty import days_away, moved_end

START = date(2024, 1, 31)
START_MOMENT = datetime(2024, 1, 31)
offsets = st.integers(0, 800)
some_parts = st.frozensets(st.integers(1, 3), max_size=2)
kinds = st.one_of(
    st.just(frozenset({NO_REASON})), st.frozensets(st.sampled_from(sorted(FAULTS)), min_size=1))
limits = st.none() | st.integers(0, 100)
spans = st.lists(st.builds(
    lambda first, length: (START + timedelta(first), START + timedelta(first + length)),
    offsets, st.integers(0, 120)), max_size=5)
rules = st.lists(st.builds(
    Rule, remedy=st.sampled_from(REMEDIES), sequence=st.integers(1, 3), fault_kinds=kinds,
    window_days=limits, window_usage=st.none() | st.floats(0, 1e5), in_term=st.booleans(),
    parts=some_parts, min_repairs=st.integers(0, 3),
    repairs_of=st.sampled_from(['all', 'same_fault', 'same_part']), over_repair_days=limits,
    over_single_days=limits, over_stay_days=limits, over_wait_days=limits,
    counts_begun_days=st.booleans(), buyer=st.sampled_from(['both', 'consumer', 'company']),
    needs_original=st.booleans(), needs_refusal=st.booleans(), without_parts=some_parts,
    min_replacements=st.integers(0, 2), min_exchanges=st.integers(0, 2),
    over_stay_workdays=limits,
    same_model=st.sampled_from(['any', 'available', 'missing']), distance_only=st.booleans(),
    needs_proof=st.booleans(), fee=st.sampled_from(['none', 'daily', 'usage']),
    rate=st.floats(0, 0.1), window_months=st.integers(0, 24),
    window_from=st.sampled_from(['start', 'delivery', 'season']), in_part_term=st.booleans(),
    since_repair_days=limits, presumed_months=st.none() | st.integers(1, 24),
    instead_of_exchange=st.booleans()), max_size=8).map(
        lambda made: [replace(rule, key=key) for key, rule in zip(count(1), made, strict=False)])
repairs = st.lists(st.builds(
    lambda span, waits, **known: Repair(*span, waits=tuple(waits), **known),
    spans.filter(bool).map(lambda found: found[0]), spans, fault=st.integers(0, 2),
    symptom=st.integers(0, 2),
    parts=some_parts, is_quality=st.booleans(), is_safety=st.booleans()), max_size=5).map(tuple)
facts = st.builds(
    lambda age, **known: Facts(START + timedelta(age), START, **known), offsets,
    term_end=st.none() | offsets.map(lambda age: START + timedelta(age)),
    price=st.floats(0, 1e6), usage=st.none() | st.floats(0, 1e5),
    fault_kind=st.sampled_from(sorted({*FAULTS, NO_REASON})), fault=st.integers(0, 2),
    symptom=st.integers(0, 2),
    parts=some_parts, repairs=repairs, same_model=st.none() | st.booleans(),
    is_distance_sale=st.booleans(), has_proof=st.booleans(),
    exclusions=st.sampled_from([(), ("Art. 17",)]),
    part_end=st.none() | offsets.map(lambda age: START + timedelta(age)),
    term_usage=st.none() | st.floats(0, 1e5), is_proven=st.booleans(), is_company=st.booleans(),
    has_copy=st.booleans(), is_excepted=st.booleans(), is_refused=st.booleans(),
    is_accessory=st.booleans(), exchanges=st.integers(0, 2),
    season=st.none() | offsets.map(lambda age: START + timedelta(age)),
    ends_on_workday=st.booleans(), is_workday=st.just(lambda day: day.weekday() < 5))


def settled(case):
    """Return the facts with their finished repairs only: nothing new happens from now on."""
    return replace(case, repairs=tuple(
        repair for repair in case.repairs if repair.returned and repair.returned <= case.day
        and all(last <= case.day for __, last in repair.waits)))


def given_by(decision):
    return {remedy.kind: remedy for remedy in decision.remedies}


class TestRemedyProperties(BaseCase):

    @given(facts, rules)
    def test_fee_and_refund_never_exceed_the_price(self, case, policy):
        for remedy in decide(case, policy).remedies:
            self.assertTrue(0 <= remedy.fee <= case.price)
            self.assertTrue(0 <= remedy.refund <= case.price)

    @given(facts, rules, st.integers(1, 400))
    def test_waiting_never_gives_more(self, case, policy, days):
        case = settled(case)
        earlier = given_by(decide(case, policy))
        later = given_by(decide(replace(case, day=case.day + timedelta(days)), policy))
        self.assertLessEqual(later.keys(), earlier.keys())
        for kind, remedy in later.items():
            self.assertGreaterEqual(remedy.fee, earlier[kind].fee)

    @given(facts, rules, repairs)
    def test_more_repairs_never_reduce_the_remedies(self, case, policy, more):
        fewer = given_by(decide(case, policy))
        after = given_by(decide(replace(case, repairs=case.repairs + more), policy))
        self.assertLessEqual(fewer.keys(), after.keys())
        for kind, remedy in fewer.items():
            self.assertLessEqual(after[kind].fee, remedy.fee)

    @given(facts, rules, st.randoms(use_true_random=False))
    def test_order_of_rules_does_not_matter(self, case, policy, dice):
        shuffled = policy[:]
        dice.shuffle(shuffled)
        self.assertEqual(decide(case, shuffled), decide(case, policy))

    @given(facts, rules)
    def test_every_rule_fires_or_says_why_not(self, case, policy):
        decision = decide(case, policy)
        self.assertEqual(
            sorted([*decision.fired, *(failure.rule for failure in decision.failed)],
                   key=lambda rule: rule.key), policy)
        self.assertLessEqual({failure.reason for failure in decision.failed}, set(REASONS))

    @given(facts, rules)
    def test_exclusion_takes_all_but_the_return_without_reason(self, case, policy):
        case = replace(case, exclusions=("Art. 17",))
        self.assertTrue(all(
            NO_REASON in rule.fault_kinds for rule in decide(case, policy).fired))

    @given(facts, rules)
    def test_last_day_of_a_remedy_is_the_last(self, case, policy):
        """It is given on that day, and on the next by no rule that cost no more."""
        case = replace(settled(case), is_proven=True)
        policy = [replace(rule, fee='none') for rule in policy]
        for remedy in decide(case, policy).remedies:
            if remedy.last_day is None:
                self.assertTrue(self._decide_on(case, policy, 5000).get(remedy.kind))
                continue
            days = (remedy.last_day - case.day).days
            self.assertGreaterEqual(days, 0)
            self.assertTrue(self._decide_on(case, policy, days).get(remedy.kind))
            self.assertIsNone(self._decide_on(case, policy, days + 1).get(remedy.kind))

    @given(facts, rules)
    def test_a_free_remedy_stays_free_until_its_last_day(self, case, policy):
        case = replace(settled(case), is_proven=True)
        for remedy in decide(case, policy).remedies:
            if remedy.rule.fee == 'none' and remedy.last_day:
                days = (remedy.last_day - case.day).days
                self.assertEqual(
                    self._decide_on(case, policy, days).get(remedy.kind).fee, 0.0)

    @given(facts, rules)
    def test_last_day_is_that_of_the_rule_that_is_named(self, case, policy):
        """The rule alone gives it until then; what replaces an exchange asks for other rules."""
        for remedy in decide(case, policy).remedies:
            if not remedy.rule.instead_of_exchange:
                alone = decide(case, [remedy.rule]).get(remedy.kind)
                self.assertEqual(alone.last_day, remedy.last_day)

    def _decide_on(self, case, policy, days):
        return decide(replace(case, day=case.day + timedelta(days)), policy)

    @given(facts)
    def test_days_of_use_lie_between_none_and_all(self, case):
        self.assertTrue(0 <= case.age - days_away(case.away()) <= case.age)

    @given(facts, rules)
    def test_fee_and_refund_make_the_price(self, case, policy):
        refund = decide(case, policy).get('refund')
        if refund:
            self.assertAlmostEqual(refund.fee + refund.refund, case.price)

    @given(facts, rules)
    def test_remedies_come_best_first_and_once(self, case, policy):
        kinds = [remedy.kind for remedy in decide(case, policy).remedies]
        self.assertEqual(kinds, [kind for kind in REMEDIES if kind in kinds])

    @given(facts, rules)
    def test_each_remedy_is_the_cheapest_that_fired(self, case, policy):
        decision = decide(case, policy)
        self.assertEqual(
            {remedy.kind for remedy in decision.remedies},
            {rule.remedy for rule in decision.fired})
        for remedy in decision.remedies:
            alone = decide(case, [rule for rule in policy if rule in decision.fired and (
                rule.remedy == remedy.kind or rule.remedy == 'exchange')])
            self.assertEqual(alone.get(remedy.kind).fee, remedy.fee)

    @given(facts, rules, rules)
    def test_more_rules_never_reduce_the_remedies(self, case, policy, more):
        added = [replace(rule, key=rule.key + 100) for rule in more]
        fewer, after = given_by(decide(case, policy)), given_by(decide(case, policy + added))
        self.assertLessEqual(fewer.keys(), after.keys())
        for kind, remedy in fewer.items():
            self.assertLessEqual(after[kind].fee, remedy.fee)

    @given(st.floats(0, 1e6), st.floats(0, 1), st.integers(-10, 10_000), st.integers(0, 1000))
    def test_fee_by_days_grows_up_to_the_price(self, price, rate, days, more):
        fee = depreciation_fee(price, rate, days)
        self.assertTrue(0 <= fee <= depreciation_fee(price, rate, days + more) <= price)

    @given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1))
    def test_fee_by_usage_grows_up_to_the_price(self, price, usage, more, rate):
        fee = usage_fee(price, usage, rate)
        self.assertTrue(0 <= fee <= usage_fee(price, usage + more, rate) <= price)


class TestMovedEndProperties(BaseCase):

    @given(spans, offsets, offsets)
    def test_never_earlier_and_no_day_counted_twice(self, away, first, length):
        start = START + timedelta(first)
        end = start + timedelta(length)
        moved = moved_end(start, end, away)
        self.assertGreaterEqual(moved, end)
        self.assertLessEqual((moved - end).days, days_away(away))

    @given(spans, offsets)
    def test_the_same_repair_given_twice_moves_it_once(self, away, length):
        end = START + timedelta(length)
        self.assertEqual(moved_end(START, end, away + away), moved_end(START, end, away))

    @given(spans, spans)
    def test_days_away_grow_with_the_spans(self, some, more):
        self.assertLessEqual(days_away(some), days_away(some + more))

    @given(spans)
    def test_days_away_are_the_days_that_some_span_reaches(self, away):
        """Counted one by one, without the first day of each."""
        reached = {first + timedelta(day) for first, last in away
                   for day in range(1, (last - first).days + 1)}
        self.assertEqual(days_away(away), len(reached))

    @given(st.datetimes(START_MOMENT, START_MOMENT + timedelta(800)), st.integers(0, 5000))
    def test_begun_days_are_the_hours_rounded_up(self, begun, hours):
        ended = begun + timedelta(hours=hours)
        repair = Repair(begun.date(), ended.date(), begun=begun, ended=ended)
        found = repair.begun_days(ended.date())
        self.assertEqual(found, max(-(-hours // 24), 1))
        self.assertLessEqual(repair.stay_days(ended.date()), found)
