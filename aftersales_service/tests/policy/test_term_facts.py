from datetime import date

from odoo.fields import Command
from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestTermFacts(AftersalesCommon):
    """What cards and orders give the remedy rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write({'usage_unit': 'hours', 'remedy_ids': [
            Command.create({'name': "First week", 'remedy': 'refund', 'has_window': True,
                            'window_days': 7, 'fault_kind': 'performance'}),
            Command.create({'name': "In term", 'remedy': 'repair'}),
            Command.create({'name': "Own cover", 'remedy': 'repair', 'in_term': False,
                            'in_part_term': True})]})
        cls.card = cls._create_card(price=3000.0, invoice_date='2026-01-10')

    def _get_article(self, day, **known):
        decision = self.card.with_user(self.env.user)._decide(
            date.fromisoformat(day), **known)[self.card]
        repair = decision.get('repair')
        return repair and repair.rule.article

    def _add_cover(self, **values):
        self.env['aftersales.warranty.cover'].sudo().create({
            'warranty_id': self.card.id, 'name': "Extended", 'kind': 'whole_unit',
            'origin': 'extended', 'date_start': '2027-01-11', 'date_end': '2029-01-10',
            **values})

    @users('agent')
    def test_term_of_the_unit_is_the_promised_one(self):
        self._add_cover()
        card = self.card.with_user(self.env.user)
        for day, articles in (
                (date(2027, 1, 10), ["In term", "Own cover"]), (date(2027, 1, 11), ["Own cover"])):
            self.assertEqual([rule.article for rule in card._decide(day)[card].fired], articles)
            self.assertEqual(self._get_article(day.isoformat()), "Own cover")  # it lasts longer
        self.assertIsNone(self._get_article('2029-01-11'))

    @users('agent')
    def test_main_part_is_repaired_in_its_own_term(self):
        parts = frozenset(self.main_part.ids)
        self.assertIsNone(self._get_article('2028-01-10'))
        self.assertEqual(self._get_article('2029-01-10', parts=parts), "Own cover")
        self.assertIsNone(self._get_article('2029-01-11', parts=parts))

    @users('agent')
    def test_term_ends_at_its_reading(self):
        cover = self.card.cover_ids.filtered(lambda cover: cover.kind == 'whole_unit')
        cover.sudo().usage_limit = 2000.0
        self.assertEqual(self._get_article('2026-06-01', usage=2000.0), "In term")
        self.assertIsNone(self._get_article('2026-06-01', usage=2001.0))

    @users('agent')
    def test_voided_cover_ends_the_day_before(self):
        cover = self.card.cover_ids.filtered(lambda cover: cover.kind == 'whole_unit')
        cover.sudo().void_date = '2026-06-02'
        self.assertEqual(self._get_article('2026-06-01'), "In term")
        self.assertIsNone(self._get_article('2026-06-02'))

    @users('agent')
    def test_day_is_the_customers_own(self):
        """Delivered on the 10th: the 17th of Shanghai is the last day of the week."""
        self.customer.sudo().tz = 'Asia/Shanghai'
        for moment, is_given in [('2026-01-17 15:59:59', True), ('2026-01-17 16:00:00', False)]:
            with self.subTest(moment=moment):
                order = self._create_order(
                    warranty_id=self.card.id, date_event=moment, type_id=self.type_carry_in.id)
                decision = order._decide()[order]
                self.assertEqual(bool(decision.get('refund')), is_given)

    @users('agent')
    def test_proof_that_the_fault_is_old(self):
        order = self._create_order(warranty_id=self.card.id)
        self.assertFalse(order._get_facts().is_proven)
        order.is_fault_proven = True
        self.assertTrue(order._get_facts().is_proven)
