"""Cases of law, written down with article and number before they were run.

The figures and articles are typed from the texts of the laws, not read from the policies shipped.
"""
from datetime import date, datetime, timedelta
from typing import NamedTuple

from odoo.tests import tagged

from ...tools.remedies import MINOR, NO_REASON, SAFETY, Facts, Repair, decide
from ..common import AftersalesCommon

SOLD = date(2026, 3, 2)  # a Monday
YEAR = date(2027, 3, 2)


def after(days):
    """Return the day so many days after the sale."""
    return SOLD + timedelta(days)


def repair(first, days=1, **known):
    """Return a finished repair that began so many days after the sale."""
    return Repair(after(first), after(first + days), **known)


def waited(days):
    """Return a repair under way since day 20 that waits so many days for a part."""
    return Repair(after(20), waits=((after(21), after(20 + days)),))


def hours(first, stay):
    """Return a repair that began at nine in the morning and took so many hours."""
    begun = datetime.combine(after(first), datetime.min.time()).replace(hour=9)
    ended = begun + timedelta(hours=stay)
    return Repair(after(first), ended.date(), begun=begun, ended=ended)


class Case(NamedTuple):
    """What a law gives the owner of a unit for 3,000 on a day: ``{remedy: its article}``."""

    law: str
    policy: str
    day: int
    gives: dict
    known: dict = {}
    fee: float = 0.0
    parts: tuple = ()


TWICE = (repair(20), repair(40))
SAME = {'fault': 7}
SAME_TWICE = SAME | {'repairs': (repair(20, fault=7), repair(40, fault=7))}
DISTANCE = {'is_distance_sale': True, 'fault_kind': NO_REASON}
CAR = {'price': 200_000.0, 'term_end': date(2029, 3, 2), 'term_usage': 60_000.0, 'usage': 1000.0}
GOODS_REPAIR = {'repair': "Goods rule, art. 15"}
PHONE_REPAIR = {'repair': "Mobile phone rule: free repair in the term"}
PHONE_PART = {'part': "Mobile phone rule: accessories"}
TELEPHONE_REPAIR = {'repair': "Fixed telephone rule, art. 19"}
COMPUTER_REPAIR = {'repair': "Computer rule, art. 10 (1)"}
CAR_REPAIR = {'repair': "Order 43 of 2021, art. 19"}
EU_FIRST = {'exchange': "Directive (EU) 2019/771, art. 14",
            'repair': "Directive (EU) 2019/771, art. 14"}
UK_FIRST = {'exchange': "Consumer Rights Act 2015, s. 23",
            'repair': "Consumer Rights Act 2015, s. 23"}
FARM_REPAIR = {'repair': "Farm machine rule: free repair in the term"}

CASES = (
    # goods: 7 days refund, 15 days exchange, two repairs, 90 days without the part
    Case("Goods 9", 'cn_refrigerator', 7, GOODS_REPAIR | {
        'refund': "Goods rule, art. 9", 'exchange': "Goods rule, art. 10"}),
    Case("Goods 10", 'cn_refrigerator', 15, GOODS_REPAIR | {
        'refund': "Goods rule, art. 13", 'exchange': "Goods rule, art. 10"}, fee=22.5),
    Case("Goods 10, the day after", 'cn_refrigerator', 16, GOODS_REPAIR),
    Case("Goods 9: a slight flaw is no performance fault", 'cn_refrigerator', 3, GOODS_REPAIR,
         {'fault_kind': MINOR}),
    Case("Goods 11, one repair", 'cn_refrigerator', 100, GOODS_REPAIR,
         {'repairs': (repair(20),)}),
    Case("Goods 11 and 13, 98 days at 0.05 %", 'cn_refrigerator', 100, GOODS_REPAIR | {
        'refund': "Goods rule, art. 13", 'exchange': "Goods rule, art. 11"},
        {'repairs': TWICE}, fee=147.0),
    Case("Goods 13, 98 days at 0.1 %", 'cn_air_conditioner', 100, GOODS_REPAIR | {
        'refund': "Goods rule, art. 13", 'exchange': "Goods rule, art. 11"},
        {'repairs': TWICE}, fee=294.0),
    Case("Goods 13, no same model", 'cn_refrigerator', 100, GOODS_REPAIR | {
        'refund': "Goods rule, art. 13"}, {'repairs': TWICE, 'same_model': False}),
    Case("Goods 12, day 90 of the wait", 'cn_refrigerator', 110, GOODS_REPAIR,
         {'repairs': (waited(90),)}),
    Case("Consumer law 2: companies are no consumers", 'cn_refrigerator', 3, {},
         {'is_company': True}),
    # distance sales
    Case("Consumer law 25, day 7", 'cn_refrigerator', 7, {'refund': "Consumer law, art. 25"},
         DISTANCE),
    Case("Consumer law 25, day 8", 'cn_refrigerator', 8, {}, DISTANCE),
    Case("Consumer law 25 (1): made to order", 'cn_refrigerator', 3, {},
         DISTANCE | {'is_excepted': True}),
    # mobile phones
    Case("Phones 11", 'cn_phone', 7, PHONE_REPAIR | {
        'refund': "Mobile phone rule, art. 11", 'exchange': "Mobile phone rule, art. 12"}),
    Case("Phones 12 and 19, 15 days at 0.5 %", 'cn_phone', 15, PHONE_REPAIR | {
        'refund': "Mobile phone rule, art. 19", 'exchange': "Mobile phone rule, art. 12"},
        fee=225.0),
    Case("Phones 13 and 19, 98 days at 0.5 %", 'cn_phone', 100, PHONE_REPAIR | {
        'refund': "Mobile phone rule, art. 19", 'exchange': "Mobile phone rule, art. 13"},
        {'repairs': TWICE}, fee=1470.0),
    Case("Phones 16, day 60", 'cn_phone', 80, PHONE_REPAIR | {
        'loan': "Mobile phone rule: loan unit after 7 days"}, {'repairs': (waited(60),)}),
    Case("Phones 16, day 61: 20 days of use", 'cn_phone', 81, PHONE_REPAIR | {
        'refund': "Mobile phone rule, art. 19", 'exchange': "Mobile phone rule, art. 16",
        'loan': "Mobile phone rule: loan unit after 7 days"},
        {'repairs': (waited(61),)}, fee=300.0),
    Case("Phones: loan unit on day 8 of a repair", 'cn_phone', 28, PHONE_REPAIR | {
        'loan': "Mobile phone rule: loan unit after 7 days"}, {'repairs': (Repair(after(20)),)}),
    Case("Phones: no loan unit on day 7", 'cn_phone', 27, PHONE_REPAIR,
         {'repairs': (Repair(after(20)),)}),
    Case("Phones: the battery alone is exchanged", 'cn_phone', 5, PHONE_REPAIR | PHONE_PART,
         {'is_accessory': True, 'term_end': date(2026, 9, 2), 'part_end': date(2026, 9, 2)},
         parts=('phone_battery',)),
    Case("Phones: battery after its 6 months", 'cn_phone', 200, {},
         {'is_accessory': True, 'term_end': date(2026, 9, 2), 'part_end': date(2026, 9, 2)},
         parts=('phone_battery',)),
    Case("Phones: a charger returns no phone", 'cn_phone', 5, PHONE_REPAIR | PHONE_PART,
         {'part_end': YEAR}, parts=('phone_charger',)),
    # fixed telephones
    Case("Telephones 15", 'cn_telephone', 100, TELEPHONE_REPAIR | {
        'refund': "Fixed telephone rule, art. 15"}, {'repairs': TWICE, 'same_model': False}),
    Case("Telephones 16, 98 days at 0.25 %", 'cn_telephone', 100, TELEPHONE_REPAIR | {
        'refund': "Fixed telephone rule, art. 16",
        'exchange': "Fixed telephone rule: two repairs"}, {'repairs': TWICE}, fee=735.0),
    Case("Telephones 20, day 4", 'cn_telephone', 24, TELEPHONE_REPAIR | {
        'loan': "Fixed telephone rule, art. 20"}, {'repairs': (Repair(after(20)),)}),
    Case("Telephones 20, day 3", 'cn_telephone', 23, TELEPHONE_REPAIR,
         {'repairs': (Repair(after(20)),)}),
    Case("Telephones 22, over 30 days of the repairer's own", 'cn_telephone', 60,
         TELEPHONE_REPAIR | {'refund': "Fixed telephone rule, art. 16",
                             'exchange': "Fixed telephone rule, art. 22"},
         {'repairs': (repair(20, 31),)}, fee=217.5),
    # computers
    Case("Computers 9: a copy of the invoice", 'cn_computer', 5, COMPUTER_REPAIR | {
        'exchange': "Computer rule, art. 12"}, {'has_copy': True}),
    Case("Computers 12: no refund on wish before two repairs", 'cn_computer', 12,
         COMPUTER_REPAIR | {'exchange': "Computer rule, art. 12"}),
    Case("Computers 14 and 15, 98 days at 0.25 %", 'cn_computer', 100, COMPUTER_REPAIR | {
        'refund': "Computer rule, art. 15", 'exchange': "Computer rule, art. 14"},
        {'repairs': TWICE}, fee=735.0),
    Case("Audio and video: 60 days without the part", 'cn_tv_flat', 81, {
        'refund': "Audio and video rule: refund on the customer's wish",
        'exchange': "Audio and video rule: part not supplied within 60 days",
        'repair': "Audio and video rule, art. 11"}, {'repairs': (waited(61),)}, fee=60.0),
    # cars
    Case("Cars 20", 'cn_car', 60, CAR_REPAIR | {'part': "Order 43 of 2021, art. 20"},
         CAR | {'usage': 3000.0}, parts=('car_gearbox',)),
    Case("Cars 20, over 3,000 km", 'cn_car', 60, CAR_REPAIR, CAR | {'usage': 3001.0},
         parts=('car_gearbox',)),
    Case("Cars 22", 'cn_car', 7, CAR_REPAIR | {
        'refund': "Order 43 of 2021, art. 22", 'exchange': "Order 43 of 2021, art. 22",
        'part': "Order 43 of 2021, art. 20"}, CAR, parts=('car_engine',)),
    Case("Cars 23", 'cn_car', 60, CAR_REPAIR | {
        'refund': "Order 43 of 2021, art. 23", 'exchange': "Order 43 of 2021, art. 23"},
        CAR | {'fault_kind': SAFETY}),
    Case("Cars 23, day 61", 'cn_car', 61, CAR_REPAIR, CAR | {'fault_kind': SAFETY}),
    Case("Cars 24 (1) and 27", 'cn_car', 120, CAR_REPAIR | {
        'refund': "Order 43 of 2021, art. 24 and 27",
        'exchange': "Order 43 of 2021, art. 24 (1)"},
        CAR | {'fault_kind': SAFETY, 'usage': 8000.0, 'repairs': (
            repair(70, is_safety=True), repair(90, is_safety=True))}, fee=8000.0),
    Case("Cars 24 (4) and 40: 16 repairs of 25 hours are 32 days", 'cn_car', 120, CAR_REPAIR | {
        'refund': "Order 43 of 2021, art. 24 and 27",
        'exchange': "Order 43 of 2021, art. 24 (4)"},
        CAR | {'repairs': tuple(hours(5 * at, 25) for at in range(1, 17))}, fee=1000.0),
    Case("Cars 24 (4) and 40: 15 repairs of 25 hours are 30 days", 'cn_car', 120, CAR_REPAIR,
         CAR | {'repairs': tuple(hours(5 * at, 25) for at in range(1, 16))}),
    Case("Cars 24 (4), last sentence: the way of a special part does not count", 'cn_car', 120,
         CAR_REPAIR, CAR | {'repairs': (Repair(
             after(20), after(60), begun=datetime(2026, 3, 22, 9), ended=datetime(2026, 5, 1, 9),
             uncounted=((datetime(2026, 3, 25, 9), datetime(2026, 4, 4, 9)),)),)}),
    Case("Cars 24 (4): without it 40 days count, as 31 do", 'cn_car', 120, CAR_REPAIR | {
        'refund': "Order 43 of 2021, art. 24 and 27",
        'exchange': "Order 43 of 2021, art. 24 (4)"},
        CAR | {'repairs': (Repair(
            after(20), after(60), begun=datetime(2026, 3, 22, 9), ended=datetime(2026, 5, 1, 9),
            uncounted=((datetime(2026, 3, 25, 9), datetime(2026, 4, 3, 9)),)),)}, fee=1000.0),
    Case("Cars 24 (4): the same fault five times", 'cn_car', 120, CAR_REPAIR | {
        'refund': "Order 43 of 2021, art. 24 and 27",
        'exchange': "Order 43 of 2021, art. 24 (4)"},
        CAR | SAME | {'repairs': tuple(repair(10 * at, fault=7) for at in range(1, 6))},
        fee=1000.0),
    Case("Cars 21 and 40: a begun sixth day", 'cn_car', 25, CAR_REPAIR | {
        'loan': "Order 43 of 2021, art. 21"},
        CAR | {'repairs': (Repair(after(20), begun=datetime(2026, 3, 22, 9)),),
               'moment': datetime(2026, 3, 27, 9, 1)}),
    Case("Cars 21 and 40: five whole days", 'cn_car', 25, CAR_REPAIR,
         CAR | {'repairs': (Repair(after(20), begun=datetime(2026, 3, 22, 9)),),
                'moment': datetime(2026, 3, 27, 9)}),
    Case("Cars 21: no loan for a repair that is over", 'cn_car', 60, CAR_REPAIR,
         CAR | {'repairs': (repair(20, 10),)}),
    # abroad
    Case("EU 13 (4)(b): the replacement failed", 'eu', 100, EU_FIRST | {
        'reduction': "Directive (EU) 2019/771, art. 13 (4)(b) and 15",
        'refund': "Directive (EU) 2019/771, art. 13 (4)(b) and 16"}, {'exchanges': 1}),
    Case("EU 13 (4)(a): the seller refuses", 'eu', 100, EU_FIRST | {
        'reduction': "Directive (EU) 2019/771, art. 13 (4)(a) and 15",
        'refund': "Directive (EU) 2019/771, art. 13 (4)(a) and 16"}, {'is_refused': True}),
    Case("EU 13 (5): no rescission for a minor defect", 'eu', 100, EU_FIRST | {
        'reduction': "Directive (EU) 2019/771, art. 13 (4)(b) and 15"},
        {'exchanges': 1, 'fault_kind': MINOR}),
    Case("CRA s. 24: one replacement is enough", 'uk', 100, UK_FIRST | {
        'reduction': "Consumer Rights Act 2015, s. 24",
        'refund': "Consumer Rights Act 2015, s. 24"}, {'exchanges': 1}),
    Case("CRA s. 22, day 31", 'uk', 31, UK_FIRST),
    # farm machines
    Case("Farm 28: 31 working days", 'cn_farm_tractor', 80, FARM_REPAIR | {
        'exchange': "Farm machine rule, art. 28"}, {'repairs': (repair(21, 43),)}),
    Case("Farm 28: 30 working days", 'cn_farm_tractor', 80, FARM_REPAIR,
         {'repairs': (repair(21, 42),)}),
    Case("Farm 29: a serious fault twice", 'cn_farm_tractor', 100, FARM_REPAIR | {
        'part': "Farm machine rule, art. 29"}, SAME | {'fault_kind': SAFETY, 'repairs': (
            repair(20, fault=7, is_safety=True), repair(40, fault=7, is_safety=True))}),
    Case("Farm 29: any fault in the first season", 'cn_farm_tractor', 60, FARM_REPAIR | {
        'part': "Farm machine rule, art. 29"}, SAME_TWICE | {'season': after(30)}),
    Case("Farm 29: the season's day 31", 'cn_farm_tractor', 61, FARM_REPAIR,
         SAME_TWICE | {'season': after(30)}),
    Case("Farm 29: not for wear parts", 'cn_farm_tractor', 60, FARM_REPAIR,
         SAME_TWICE | {'season': after(30)}, parts=('farm_wear',)),
    Case("Farm 30: the new assembly failed", 'cn_farm_tractor', 100, FARM_REPAIR | {
        'part': "Farm machine rule, art. 29", 'exchange': "Farm machine rule, art. 30"},
        SAME | {'fault_kind': SAFETY, 'repairs': (
            repair(20, fault=7, is_safety=True),
            repair(40, fault=7, is_safety=True, parts=frozenset({1})))}),
    Case("Farm 30: the machine given in exchange failed", 'cn_farm_tractor', 100, FARM_REPAIR | {
        'refund': "Farm machine rule, art. 30"}, {'fault_kind': SAFETY, 'exchanges': 1}),
)

# months of the unit, of its main parts; the event from which terms run
TERMS = {
    "Goods annex, refrigerators": ('cn_refrigerator', 12, 36, 'delivery'),
    "Regulation 778, art. 18: goods that are installed":
        ('cn_air_conditioner', 12, 36, 'installation'),
    "Before regulation 778": ('cn_refrigerator_1995', 12, 36, 'invoice'),
    "Computers, annex": ('cn_computer', 12, 24, 'delivery'),
    "Farm 24, two-stroke petrol engines": ('cn_farm_petrol_two', 3, 6, 'invoice'),
    "Farm 24, one-cylinder diesel engines": ('cn_farm_diesel_single', 9, 18, 'invoice'),
    "Farm 24, tractors of 18 kW": ('cn_farm_tractor', 12, 24, 'invoice'),
    "Cars 18": ('cn_car', 36, None, 'delivery'),
}


@tagged('post_install', '-at_install')
class TestLawCases(AftersalesCommon):
    """The shipped policies decide as the laws say."""

    def _get_policy(self, name):
        return self.env.ref(f'aftersales_service.aftersales_warranty_policy_{name}')

    def test_what_the_law_gives(self):
        self.assertGreaterEqual(len(CASES), 40)
        for case in CASES:
            with self.subTest(case.law):
                parts = frozenset(self.env.ref(
                    f'aftersales_service.aftersales_main_part_{name}').id for name in case.parts)
                facts = Facts(after(case.day), **{
                    'start': SOLD, 'delivered': SOLD, 'term_end': YEAR, 'price': 3000.0,
                    'same_model': True, 'parts': parts, **case.known})
                decision = decide(facts, self._get_policy(case.policy)._get_rules())
                self.assertEqual({
                    remedy.kind: remedy.rule.article for remedy in decision.remedies}, case.gives)
                self.assertAlmostEqual(
                    max((remedy.fee for remedy in decision.remedies), default=0.0), case.fee)

    def test_how_long_the_law_holds(self):
        for law, (name, unit, parts, event) in TERMS.items():
            with self.subTest(law):
                promises = {
                    promise['kind']: promise for promise in self._get_policy(name)._get_promises()}
                self.assertEqual(promises['whole_unit']['months'], unit)
                self.assertEqual(promises['labour']['months'], unit)
                self.assertEqual(promises.get('component', {}).get('months'), parts)
                self.assertEqual(promises['whole_unit']['start_event'], event)
