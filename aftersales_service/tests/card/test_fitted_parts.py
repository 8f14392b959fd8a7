from odoo.tests import freeze_time, tagged

from .common import CoversCommon


@tagged('post_install', '-at_install')
class TestFittedParts(CoversCommon):
    """A main part that a repair fitted has the policy's own term for parts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.part_term_days = 90

    def _fit(self, part, day, card=None):
        with freeze_time(f'{day} 12:00:00'):
            order = self.env['aftersales.order'].create({
                'warranty_id': (card or self.card).id, 'type_id': self.type_carry_in.id,
                'date_event': f'{day} 08:00:00'})
            self.env['stock.move'].create({
                'aftersales_order_id': order.id, 'product_id': part.id, 'product_uom_qty': 1.0})
            if order.sale_order_ids:
                order.sale_order_ids.action_confirm()
            self._move_to(order, 'done')
        return order

    def test_part_gets_no_less_than_what_runs_for_it(self):
        order = self._fit(self.compressor, '2026-06-01')
        cover = self.card.cover_ids.filtered(lambda cover: cover.origin == 'part')
        self.assertRecordValues(cover, [{
            'kind': 'component', 'main_part_ids': self.main_part.ids, 'order_id': order.id}])
        self.assertEqual((str(cover.date_start), str(cover.date_end)),
                         ('2026-06-01', '2029-01-10'))

    def test_part_fitted_at_the_end_has_its_own_term(self):
        self._fit(self.compressor, '2028-12-20')
        cover = self.card.cover_ids.filtered(lambda cover: cover.origin == 'part')
        self.assertEqual(str(cover.date_end), '2029-03-20')

    def test_parts_that_are_no_main_parts_get_none(self):
        self._fit(self.capacitor, '2026-06-01')
        self.assertNotIn('part', self.card.cover_ids.mapped('origin'))

    def test_policy_without_a_term_for_parts_gives_none(self):
        self.policy.part_term_days = 0
        self._fit(self.compressor, '2026-06-01')
        self.assertNotIn('part', self.card.cover_ids.mapped('origin'))
