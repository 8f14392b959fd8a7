from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestCardCovers(AftersalesCommon):

    @users('agent')
    def test_covers_follow_the_policys_terms(self):
        card = self._create_card().with_user(self.env.user)
        self.assertEqual(
            [(cover.kind, str(cover.date_start), str(cover.date_end))
             for cover in card.cover_ids.sorted('id')],
            [('whole_unit', '2026-01-10', '2027-01-10'), ('labour', '2026-01-10', '2027-01-10'),
             ('component', '2026-01-10', '2029-01-10')])
        self.assertEqual(str(card.date_end), '2027-01-10')

    @users('agent')
    def test_policy_says_which_date_counts(self):
        self.policy.start_event = 'installation'
        card = self._create_card().with_user(self.env.user)
        self.assertEqual(str(card.date_start), '2026-01-10')
        card.installation_date = '2026-02-01'
        self.assertEqual(str(card.date_end), '2027-02-01')

    @users('agent')
    def test_card_without_date_promises_nothing(self):
        card = self._create_card(delivery_date=False).with_user(self.env.user)
        self.assertFalse(card.cover_ids)
        self.assertEqual(card.state, 'none')

    @users('manager')
    def test_a_new_policy_text_leaves_old_cards_alone(self):
        card = self._create_card()
        self.policy.with_user(self.env.user).term_ids[0].months = 24
        self.assertEqual(str(card.date_end), '2027-01-10')

    @users('agent')
    def test_state_is_true_today(self):
        with freeze_time('2026-06-01'):
            card = self._create_card().with_user(self.env.user)
        for today, state in [('2027-01-10', 'covered'), ('2027-01-11', 'expired')]:
            with self.subTest(today=today), freeze_time(today):
                with self.enter_registry_test_mode():
                    self.env.ref('aftersales_service.ir_cron_warranty_state').sudo(
                        ).method_direct_trigger()
                card.invalidate_recordset(['state'])
                self.assertEqual(card.state, state)
                self.assertIn(card, card.search([('state', '=', state)]))
                self.assertNotIn(card, card.search([('state', '!=', state)]))

    @users('agent')
    def test_serial_record_of_another_product_is_refused(self):
        lot = self.env['stock.lot'].sudo().create(
            {'name': 'X-1', 'product_id': self.compressor.id})
        with self.assertRaisesRegex(ValidationError, "X-1"):
            self._create_card(lot_id=lot.id)

    @users('agent')
    def test_card_opens_an_order_and_counts_it(self):
        card = self._create_card().with_user(self.env.user)
        action = card.action_create_order()
        order = self.env['aftersales.order'].with_context(**action['context']).create({})
        self.assertEqual(order.product_id, self.conditioner)
        self.assertEqual(card.order_count, 1)
        again = self.env['aftersales.order'].with_context(**action['context']).create({})
        self.assertEqual(again.history_count, 1)
        self.assertEqual(again.action_view_history()['res_id'], order.id)
