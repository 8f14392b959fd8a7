from odoo.tests import freeze_time, tagged, users

from .common import CoversCommon


@tagged('post_install', '-at_install')
class TestMovedEnds(CoversCommon):
    """Days in repair and waiting for parts move the ends, and none counts twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card.delivery_date = '2025-01-10'

    @users('agent')
    def test_twelve_repair_and_eight_waiting_days(self):
        order = self._repair(self.card, '2025-03-11', '2025-03-23')
        self._wait_for_part(order, '2025-03-03', '2025-03-11')
        unit = self.card.cover_ids.filtered(lambda cover: cover.kind == 'whole_unit')
        self.assertEqual(
            (str(unit.date_end_promised), str(unit.date_end)), ('2026-01-10', '2026-01-30'))
        self.assertEqual(str(self.card.date_end), '2026-01-30')

    def test_a_wait_within_the_repair_counts_once(self):
        order = self._repair(self.card, '2025-03-03', '2025-03-23')
        self._wait_for_part(order, '2025-03-10', '2025-03-18')
        self.assertEqual(str(self.card.date_end), '2026-01-30')

    def test_other_holds_move_nothing(self):
        order = self._repair(self.card, '2025-03-11', '2025-03-23')
        reason = self.env.ref('aftersales_service.aftersales_pause_reason_part')
        reason.is_part_wait = False
        self._wait_for_part(order, '2025-03-03', '2025-03-11')
        self.assertEqual(str(self.card.date_end), '2026-01-22')

    def test_repairs_that_the_customer_pays_move_nothing(self):
        self._repair(self.card, '2025-03-11', '2025-03-23', charge_kind='paid')
        self.assertEqual(str(self.card.date_end), '2026-01-10')

    def test_policy_may_leave_the_ends_alone(self):
        self.policy.is_extended_by_repair = False
        self._repair(self.card, '2025-03-11', '2025-03-23')
        self.assertEqual(str(self.card.date_end), '2026-01-10')

    def test_repair_after_the_end_moves_nothing(self):
        self._repair(self.card, '2026-03-11', '2026-03-23', charge_kind='free')
        self.assertEqual(str(self.card.date_end), '2026-01-10')

    def test_goodwill_on_a_finished_repair_moves_the_end_afterwards(self):
        order = self._repair(self.card, '2025-03-11', '2025-03-23', charge_kind='paid')
        order.write({'charge_kind': 'goodwill', 'goodwill_reason': "Loyal"})
        self.assertEqual(str(self.card.date_end), '2026-01-22')

    def test_done_order_moves_the_end_by_itself(self):
        order = self.env['aftersales.order'].create({
            'warranty_id': self.card.id, 'type_id': self.type_carry_in.id,
            'date_event': '2025-03-11 09:00:00', 'date_received': '2025-03-11 09:00:00'})
        self.assertEqual(order.charge_kind, 'free')
        with freeze_time('2025-03-23 12:00:00'):
            self._move_to(order, 'done')
        self.assertEqual(str(self.card.date_end), '2026-01-22')

    @users('manager')
    def test_hold_noted_or_corrected_afterwards_moves_the_end(self):
        """The work is done: nothing else would date the covers again."""
        order = self._repair(self.card, '2025-03-11', '2025-03-23')
        pause = self.env['aftersales.clock.pause'].sudo().create({
            'res_model': order._name, 'res_id': order.id, 'company_id': order.company_id.id,
            'date_start': '2025-03-03 09:00:00', 'date_stop': '2025-03-11 09:00:00',
            'reason_id': self.env.ref('aftersales_service.aftersales_pause_reason_part').id})
        self.assertEqual(str(self.card.date_end), '2026-01-30')
        pause.with_user(self.env.user).date_start = '2025-03-05 09:00:00'
        self.assertEqual(str(self.card.date_end), '2026-01-28')
        pause.with_user(self.env.user).reason_id = self.env['aftersales.pause.reason'].sudo(
            ).create({'name': "Customer away"})
        self.assertEqual(str(self.card.date_end), '2026-01-22')
        pause.reason_id.is_part_wait = True
        pause.sudo().unlink()
        self.assertEqual(str(self.card.date_end), '2026-01-22')

    def test_deleted_hold_moves_the_end_back(self):
        order = self._repair(self.card, '2025-03-11', '2025-03-23')
        self._wait_for_part(order, '2025-03-03', '2025-03-11').unlink()
        self.assertEqual(str(self.card.date_end), '2026-01-22')

    @users('agent')
    def test_unit_is_away_until_it_was_given_back(self):
        order = self._repair(self.card, '2025-03-11', '2025-03-23').with_user(self.env.user)
        order.date_returned = '2025-03-26 09:00:00'
        self.assertEqual(str(self.card.date_end), '2026-01-25')
        order.with_user(self.manager).date_received = '2025-03-12 09:00:00'
        self.assertEqual(str(self.card.date_end), '2026-01-24')

    def test_overlapping_orders_of_one_unit_count_each_day_once(self):
        self._repair(self.card, '2025-03-03', '2025-03-15')
        self._repair(self.card, '2025-03-10', '2025-03-23')
        self._repair(self.card, '2025-03-12', '2025-03-13')
        self.assertEqual(str(self.card.date_end), '2026-01-30')

    def test_order_moved_to_another_unit_takes_its_days_along(self):
        other = self._create_card(serial='AC-0002', delivery_date='2025-01-10')
        order = self._repair(self.card, '2025-03-11', '2025-03-23')
        order.warranty_id = other
        self.assertEqual(
            (str(self.card.date_end), str(other.date_end)), ('2026-01-10', '2026-01-22'))

    def test_main_part_is_away_too_while_the_customer_pays_the_labour(self):
        """Out of the unit's term the order is paid, but the compressor's term still runs."""
        order = self._repair(self.card, '2026-03-11', '2026-03-23', charge_kind='paid')
        self.assertEqual(order.cover_state, 'expired')
        self.assertEqual(self._get_days(self.card, kind='component'), [
            ('factory', 'component', '2025-01-10', '2028-01-22')])
        self.assertEqual(str(self.card.date_end), '2026-01-10')

    def test_excluded_damage_moves_nothing(self):
        order = self._repair(self.card, '2025-03-11', '2025-03-23')
        order.is_excluded = True
        self.card._date_covers()
        self.assertEqual(str(self.card.date_end), '2026-01-10')

    def test_repair_adds_months_once_where_the_policy_says_so(self):
        self.policy.write({'is_extended_by_repair': False, 'repair_months': 12})
        self._repair(self.card, '2025-03-11', '2025-03-23')
        self._repair(self.card, '2025-06-11', '2025-06-23')
        self.assertEqual(str(self.card.date_end), '2027-01-10')

    def test_repair_out_of_term_adds_no_months(self):
        self.policy.repair_months = 12
        self._repair(self.card, '2026-01-11', '2026-01-12')
        self.assertEqual(str(self.card.date_end), '2026-01-10')

    def test_sold_cover_follows_the_moved_one(self):
        self.card._add_cover('extended', name="More", kind='whole_unit', months=12,
                             date_given='2025-02-01')
        self._repair(self.card, '2025-03-11', '2025-03-23')
        self.assertEqual(
            self._get_days(self.card, origin='extended'),
            [('extended', 'whole_unit', '2026-01-23', '2027-01-23')])
