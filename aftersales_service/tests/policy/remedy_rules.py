"""Clauses of the laws in domain.md 1.6-1.11 as rules, for the tests of ``tools.remedies``."""
from datetime import date, timedelta

from ...tools.remedies import NO_REASON, PERFORMANCE, SAFETY, Facts, Repair, Rule

WORKING = frozenset({PERFORMANCE, SAFETY})
SOLD, TERM_END = date(2025, 1, 10), date(2026, 1, 10)
ENGINE, GEARBOX, PISTON, COMPRESSOR = 1, 2, 3, 4

GOODS = (
    Rule('refund', "Art. 9", 1, 1, WORKING, window_days=7),
    Rule('exchange', "Art. 9", 2, 2, WORKING, window_days=7, same_model='available'),
    Rule('exchange', "Art. 10", 3, 3, WORKING, window_days=15, same_model='available'),
    Rule('exchange', "Art. 11", 4, 4, min_repairs=2, same_model='available'),
    Rule('exchange', "30 days", 5, 5, over_single_days=30, same_model='available'),
    Rule('exchange', "90 days", 6, 6, over_wait_days=90, same_model='available'),
    Rule('refund', "Art. 13, no model", 7, 7, in_term=False, instead_of_exchange=True,
         same_model='missing'),
    Rule('refund', "Art. 13, fee", 8, 8, in_term=False, instead_of_exchange=True,
         same_model='available', fee='daily', rate=0.005),
    Rule('repair', "In term", 9, 9),
    Rule('repair', "Main part", 10, 10, in_term=False, in_part_term=True),
    Rule('repair', "Art. 6", 11, 11, in_term=False, repairs_of='same_fault',
         since_repair_days=30),
    Rule('refund', "No reason", 12, 12, frozenset({NO_REASON}), window_days=7,
         window_from='delivery', in_term=False, distance_only=True),
)

CAR = (
    Rule('refund', "7 days", 1, 1, window_days=7, parts=frozenset({ENGINE, GEARBOX})),
    Rule('exchange', "7 days", 2, 2, window_days=7, parts=frozenset({ENGINE, GEARBOX})),
    Rule('refund', "60 days", 3, 3, frozenset({SAFETY}), window_days=60, window_usage=3000),
    Rule('exchange', "60 days", 4, 4, frozenset({SAFETY}), window_days=60, window_usage=3000),
    *(Rule('exchange', f"Art. 24 {name}", 5 + key, 5 + key, window_months=24,
           window_usage=50_000, **conditions)
      for key, (name, conditions) in enumerate({
          "safety": {'fault_kinds': frozenset({SAFETY}), 'min_repairs': 2},
          "assembly": {'parts': frozenset({ENGINE, GEARBOX}), 'min_repairs': 2,
                       'repairs_of': 'same_part'},
          "part": {'parts': frozenset({PISTON}), 'min_repairs': 2, 'repairs_of': 'same_part'},
          "days": {'over_repair_days': 30},
          "fault": {'min_repairs': 5, 'repairs_of': 'same_fault'}}.items())),
    Rule('refund', "Art. 24, fee", 20, 20, instead_of_exchange=True, fee='usage', rate=0.005),
    Rule('repair', "In term", 30, 30),
    Rule('loan', "5 days", 31, 31, over_stay_days=5),
)

EU = (
    Rule('exchange', "Art. 14", 1, 1, presumed_months=12, window_from='delivery',
         same_model='available'),
    Rule('repair', "Art. 14", 2, 2, presumed_months=12, window_from='delivery'),
    Rule('reduction', "Art. 15", 3, 3, presumed_months=12, window_from='delivery',
         min_repairs=1, repairs_of='same_fault'),
    Rule('refund', "Art. 16", 4, 4, WORKING, presumed_months=12, window_from='delivery',
         min_repairs=1, repairs_of='same_fault'),
)


def sold(day, **known):
    """Return the facts of a phone for 3,000, sold on 10 January 2025 with a year's term."""
    return Facts(day, **{
        'start': SOLD, 'term_end': TERM_END, 'price': 3000.0, 'same_model': True, **known})


def driven(day, usage, **known):
    """Return the facts of a car for 200,000 with a term of three years or 60,000 km."""
    return Facts(day, **{
        'start': SOLD, 'term_end': date(2028, 1, 10), 'price': 200_000.0, 'usage': usage,
        'term_usage': 60_000.0, **known})


def repaired(first, days=1, **known):
    """Return a finished repair that began on ``first``, so many days later it was back."""
    return Repair(first, date.fromordinal(first.toordinal() + days), **known)


def after(days):
    """Return the day so many days after the sale."""
    return SOLD + timedelta(days=days)


def offered(decision):
    """Return ``{remedy: the article that gives it}``."""
    return {remedy.kind: remedy.rule.article for remedy in decision.remedies}
