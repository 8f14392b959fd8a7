from datetime import date, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...tools.remedies import MINOR, NO_REASON, SAFETY, Facts, Repair, decide
from ..common import AftersalesCommon

SOLD = date(2025, 1, 10)
GK = "check before legal use"

# code: months of the unit, months of the main parts, depreciation per day (%)
CATEGORIES = {
    'CN-BICYCLE': (12, 24, 0.05), 'CN-TV': (12, 36, 0.1), 'CN-TV-MONO': (12, 36, 0.05),
    'CN-RECORDER': (12, 12, 0.1), 'CN-TV-FLAT': (12, 36, 0.1), 'CN-DISC': (12, 24, 0),
    'CN-TELEPHONE': (12, None, 0.25), 'CN-COMPUTER': (12, 24, 0.25),
    'CN-REFRIGERATOR': (12, 36, 0.05), 'CN-WASHER': (12, 36, 0.05),
    'CN-AIRCON': (12, 36, 0.1), 'CN-MICROWAVE': (12, 24, 0.05), 'CN-MOTOR': (12, 36, 0.05),
    'CN-HOOD': (12, 12, 0.05), 'CN-GAS-HEATER': (12, 12, 0.05),
    'CN-MOTORCYCLE': (12, 12, 0.1), 'CN-WATCH': (6, 12, 0.05)}
# goods that the seller installs: their terms run from the installation
INSTALLED = {'CN-WASHER', 'CN-AIRCON', 'CN-HOOD', 'CN-GAS-HEATER'}
AUDIO_VIDEO = {'CN-TV', 'CN-TV-MONO', 'CN-TV-FLAT', 'CN-RECORDER', 'CN-DISC'}
OWN_RULES = {'CN-TELEPHONE', 'CN-COMPUTER'}
# figures that were found in no law, so that they say that they must be checked
UNPROVEN = {
    'CN-GOODS', 'CN-REFRIGERATOR', 'CN-WASHER', 'CN-AIRCON', 'CN-MICROWAVE', 'CN-MOTOR',
    'CN-HOOD', 'CN-GAS-HEATER', 'CN-SEWING', 'CN-KEYBOARD', 'CN-MOTORCYCLE', 'CN-WATCH', 'CN-AV',
    'CN-CAMCORDER', 'CN-RADIO', 'CN-PHONE', 'CN-TELEPHONE', 'CN-COMPUTER', 'CN-PERIPHERAL',
    'CN-SOFTWARE', 'CN-CAR', 'CN-FARM', 'CN-FARM-TRANSPLANTER', 'EU-2019-771', 'UK-CRA',
    'US-FULL', 'US-LIMITED'}


def after(days):
    """Return the day so many days after the sale."""
    return SOLD + timedelta(days=days)


@tagged('post_install', '-at_install')
class TestPolicyLibrary(AftersalesCommon):
    """The policies that are shipped decide the reference cases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ours = cls.env['ir.model.data'].search([
            ('module', '=', 'aftersales_service'),
            ('model', '=', 'aftersales.warranty.policy')])
        cls.library = cls.env['aftersales.warranty.policy'].browse(ours.mapped('res_id'))

    def _decide(self, name, day, months=12, **known):
        """Return what the owner may have on a day, sold on 10 January 2025 for 3,000."""
        policy = self.env.ref(f'aftersales_service.aftersales_warranty_policy_{name}')
        facts = {'start': SOLD, 'price': 3000.0, 'same_model': True,
                 'term_end': date(2025 + months // 12, 1, 10)}
        return decide(Facts(day, **facts | known), policy._get_rules())

    def _assert_offers(self, decision, *kinds):
        self.assertEqual({remedy.kind for remedy in decision.remedies}, set(kinds))

    def test_library_is_not_binding_until_it_is_published(self):
        self.assertGreaterEqual(len(self.library), 25)
        self.assertFalse(any(self.library.mapped('active')))
        # a rate that was found nowhere is set before the fee is kept
        discs = self.library.filtered(lambda policy: policy.code == 'CN-DISC')
        with self.assertRaisesRegex(ValidationError, "has no rate for it"), self.cr.savepoint():
            discs.with_user(self.manager).action_publish()
        discs.daily_rate = 0.05
        self.library.with_user(self.manager).action_publish()
        self.assertTrue(all(self.library.mapped('active')))
        for policy in self.library:
            with self.subTest(policy=policy.name):
                self.assertTrue(policy._get_rules())
                self.assertEqual(
                    {'whole_unit', 'labour'} - set(policy._get_terms().mapped('kind')), set())

    def test_terms_and_rates_of_the_category_table(self):
        by_code = {policy.code: policy for policy in self.library if not policy.date_to}
        for code, (unit, parts, rate) in CATEGORIES.items():
            with self.subTest(code=code):
                policy = by_code[code]
                months = {term.kind: term.months for term in policy.term_ids}
                self.assertEqual(
                    (months['whole_unit'], months.get('component')), (unit, parts))
                self.assertAlmostEqual(policy.daily_rate, rate)
                self.assertEqual(policy.base_id.code or '', (
                    'CN-AV' if code in AUDIO_VIDEO else '' if code in OWN_RULES else 'CN-GOODS'))
                self.assertEqual(
                    policy.start_event, 'installation' if code in INSTALLED else 'delivery')
                self.assertEqual(months['travel'], unit)

    def test_units_sold_before_july_2024_have_their_version(self):
        """Regulation 778, art. 18: until then terms ran from the invoice."""
        chinese = self.library.filtered(lambda policy: policy.version == '2024')
        for policy in chinese:
            with self.subTest(policy=policy.name):
                old = self.library.filtered(
                    lambda other, policy=policy: other.code == policy.code and other.date_to)
                self.assertEqual(
                    (str(old.date_to), str(policy.date_from)), ('2024-06-30', '2024-07-01'))
                self.assertEqual(old._get_terms(), policy.term_ids)
                self.assertEqual(old.daily_rate, policy.daily_rate)
                self.assertEqual(old._get_remedies(), policy._get_remedies())
                is_car = policy.code == 'CN-CAR'
                self.assertEqual(old.start_event, 'delivery' if is_car else 'invoice')
                self.assertEqual(old.is_extended_by_repair, not is_car)
                self.assertTrue(policy.is_extended_by_repair)

    def test_figures_without_a_source_say_so(self):
        marked = {policy.code for policy in self.library if GK in (policy.description or "")}
        self.assertEqual(marked, UNPROVEN)

    def test_phone_of_the_reference(self):
        """3,000 at 0.5 % a day, 100 days of which 10 in repair: fee 1,350, refund 1,650."""
        repairs = (Repair(after(20), after(24)), Repair(after(50), after(56)))
        decision = self._decide('cn_phone', after(100), repairs=repairs)
        self._assert_offers(decision, 'refund', 'exchange', 'repair')
        refund = decision.get('refund')
        self.assertEqual((refund.fee, refund.refund), (1350.0, 1650.0))
        self.assertEqual(refund.rule.article, "Mobile phone rule, art. 19")
        missing = self._decide('cn_phone', after(100), repairs=repairs, same_model=False)
        self.assertEqual(missing.get('refund').refund, 3000.0)

    def test_windows_of_the_goods_rule(self):
        for days, kinds in [(7, ('refund', 'exchange', 'repair')),
                            (12, ('refund', 'exchange', 'repair')), (16, ('repair',)),
                            (365, ('repair',)), (366, ())]:
            with self.subTest(days=days):
                self._assert_offers(self._decide('cn_air_conditioner', after(days)), *kinds)
        self.assertEqual(self._decide('cn_phone', after(7)).get('refund').fee, 0.0)
        self.assertEqual(self._decide('cn_phone', after(8)).get('refund').fee, 120.0)

    def test_depreciation_grows_by_the_day_and_stops_at_the_price(self):
        fees = [self._decide('cn_phone', after(days), same_model=True, repairs=(
            Repair(after(20), after(24)), Repair(after(50), after(56)))).get('refund').fee
            for days in (99, 100, 101, 364)]
        self.assertEqual(fees, [1335.0, 1350.0, 1365.0, 3000.0])

    def test_phone_without_papers_is_repaired(self):
        self._assert_offers(self._decide('cn_phone', after(3), has_proof=False), 'repair')
        self._assert_offers(self._decide('cn_refrigerator', after(3), has_proof=False))
        self.assertEqual(self._decide('cn_phone', after(20)).get('repair').rule.article,
                         "Mobile phone rule: free repair in the term")

    def test_phone_accessories_have_their_own_terms(self):
        policy = self.env.ref('aftersales_service.aftersales_warranty_policy_cn_phone')
        self.assertEqual(
            {(part.name, term.months) for term in policy.term_ids
             for part in term.main_part_ids},
            {("Phone Charger", 12), ("Memory or Expansion Card", 12), ("Phone Battery", 6),
             ("Wired Earphone", 3)})
        self.assertEqual(policy.manufacture_grace_days, 90)

    def test_distance_sale_goes_back_without_a_reason(self):
        known = {'fault_kind': NO_REASON, 'is_distance_sale': True, 'exclusions': ("Liquid",)}
        for name, days in [('cn_goods', 7), ('eu', 14), ('uk', 14)]:
            for day, kinds in [(days, ['refund']), (days + 1, [])]:
                with self.subTest(name=name, day=day):
                    self._assert_offers(self._decide(name, after(day), **known), *kinds)

    def test_car_of_the_reference(self):
        """200,000 and 8,000 km at 0.5 % for each 1,000 km: fee 8,000."""
        known = {'months': 36, 'price': 200_000.0, 'usage': 8000.0}
        decision = self._decide(
            'cn_car', after(120), repairs=(Repair(after(40), after(71)),), **known)
        self.assertEqual({(remedy.kind, remedy.fee) for remedy in decision.remedies}, {
            ('refund', 8000.0), ('exchange', 8000.0), ('repair', 0.0)})
        self.assertEqual(decision.get('refund').refund, 192_000.0)
        self._assert_offers(self._decide('cn_car', after(120), **known), 'repair')

    def test_car_in_its_first_days_is_returned_free(self):
        engine = self.env.ref('aftersales_service.aftersales_main_part_car_engine').id
        for days, usage, known in [
                (7, 300.0, {'parts': frozenset({engine})}),
                (60, 3000.0, {'fault_kind': SAFETY})]:
            known |= {'months': 36, 'price': 200_000.0, 'usage': usage}
            with self.subTest(days=days):
                decision = self._decide('cn_car', after(days), **known)
                # an engine that fails may be replaced alone as well, for 60 days
                more = ['part'] if 'parts' in known else []
                self._assert_offers(decision, 'refund', 'exchange', 'repair', *more)
                self.assertEqual(decision.get('refund').fee, 0.0)
                self._assert_offers(
                    self._decide('cn_car', after(days + 1), **known), 'repair', *more)

    def test_car_owner_gets_a_loan_car_over_five_days(self):
        known = {'months': 36, 'price': 200_000.0, 'usage': 8000.0}
        for days, kinds in [(5, ('repair',)), (6, ('repair', 'loan'))]:
            with self.subTest(days=days):
                stay = Repair(after(120 - days), waits=((after(119 - days), after(119)),))
                self._assert_offers(
                    self._decide('cn_car', after(120), repairs=(stay,), **known), *kinds)

    def test_car_repair_of_less_than_a_day_counts_one(self):
        known = {'months': 36, 'price': 200_000.0, 'usage': 8000.0}
        for count, is_given in [(30, False), (31, True)]:
            with self.subTest(count=count):
                repairs = tuple(Repair(after(2 * at), after(2 * at)) for at in range(1, count + 1))
                decision = self._decide('cn_car', after(120), repairs=repairs, **known)
                self.assertEqual(bool(decision.get('exchange')), is_given)

    def test_furniture_and_timber_doors_follow_their_trades(self):
        for days, kinds in [(90, ('refund', 'exchange', 'repair')), (91, ('exchange', 'repair')),
                            (180, ('exchange', 'repair')), (181, ('repair',))]:
            with self.subTest(days=days):
                self._assert_offers(self._decide('cn_furniture', after(days)), *kinds)
        self._assert_offers(self._decide('cn_timber_door', after(730), months=24), 'repair')
        self._assert_offers(self._decide('cn_timber_door', after(731), months=24))

    def test_units_sold_since_the_right_to_repair_have_their_own_version(self):
        old, new = (self.env.ref(f'aftersales_service.aftersales_warranty_policy_{name}')
                    for name in ('eu', 'eu_repair'))
        (old | new).action_publish()
        for day, policy in [(date(2026, 7, 30), old), (date(2026, 7, 31), new)]:
            with self.subTest(day=day):
                self.assertEqual((old | new).mapped(
                    lambda version, day=day: version._get_version(day)), policy)
        self.assertEqual((old.repair_months, new.repair_months), (0, 12))
        self.assertEqual(new._get_rules(), old._get_rules())

    def test_european_union_puts_repair_first(self):
        once = {'fault': 7, 'repairs': (Repair(after(20), after(24), 7),), 'months': 24}
        self._assert_offers(self._decide('eu', after(100), months=24), 'exchange', 'repair')
        self._assert_offers(
            self._decide('eu', after(100), **once), 'refund', 'exchange', 'repair', 'reduction')
        self._assert_offers(
            self._decide('eu', after(100), fault_kind=MINOR, **once),
            'exchange', 'repair', 'reduction')
        self._assert_offers(self._decide('eu', after(366), months=24))
        self._assert_offers(
            self._decide('eu', after(366), months=24, is_proven=True), 'exchange', 'repair')

    def test_united_states_full_and_limited(self):
        thrice = {'fault': 7, 'repairs': tuple(
            Repair(after(day), after(day + 2), 7) for day in (20, 40, 60))}
        self._assert_offers(
            self._decide('us_full', after(100), **thrice), 'refund', 'exchange', 'repair')
        self._assert_offers(self._decide('us_limited', after(100), **thrice), 'repair')

    def test_united_kingdom(self):
        once = {'months': 72, 'repairs': (Repair(after(20), after(24)),)}
        self._assert_offers(
            self._decide('uk', after(30), months=72), 'refund', 'exchange', 'repair')
        self._assert_offers(self._decide('uk', after(31), months=72), 'exchange', 'repair')
        self._assert_offers(
            self._decide('uk', after(100), **once), 'refund', 'exchange', 'repair', 'reduction')

    def test_grounds_of_each_rule_set_name_its_own_rule(self):
        for name, own in [
                ('cn_refrigerator', [f"Goods rule, art. 17 ({number})" for number in range(1, 7)]),
                ('cn_tv_flat', ["Audio and video rule: grounds without guarantee"] * 6),
                ('cn_phone', ["Mobile phone rule: grounds without guarantee"] * 6),
                ('cn_telephone', ["Fixed telephone rule: grounds without guarantee"] * 6),
                # virus, pirated software, no maker's name
                ('cn_computer', ["Computer rule: grounds without guarantee"] * 9),
                ('cn_farm_tractor', ["Farm machine rule: grounds without guarantee"] * 7)]:
            with self.subTest(name):
                policy = self.env.ref(f'aftersales_service.aftersales_warranty_policy_{name}')
                articles = policy._get_exclusions().filtered('article').mapped('article')
                self.assertEqual(sorted(articles), own)

    def test_grounds_of_cars_are_those_of_their_rule(self):
        """Order 43 of 2021, art. 19 and 32: neither lost papers nor another workshop."""
        car = self.env.ref('aftersales_service.aftersales_warranty_policy_cn_car')
        self.assertEqual(
            [ground.article for ground in car._get_exclusions() if ground.article],
            [f"Order 43 of 2021, art. 32 ({number})" for number in range(1, 6)])
