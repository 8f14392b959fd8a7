from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .request_common import RequestCommon

MORNING = '2026-06-02 09:00:00'


@tagged('post_install', '-at_install')
class TestPartWait(RequestCommon):
    """The order waits with a proof, the day is named in time, and all who wait hear of it."""

    @freeze_time(MORNING)
    def test_order_waits_with_its_proof_and_goes_on_with_the_part(self):
        request = self._request()
        pause = self.env['aftersales.clock.pause'].search([
            ('res_model', '=', 'aftersales.order'), ('res_id', '=', self.order.id)])
        self.assertTrue(pause.reason_id.is_part_wait)
        self.assertFalse(pause.date_stop)
        proof = pause.proof_ids.raw.decode()
        self.assertIn(request.name, proof)
        self.assertIn("Control Board", proof)
        self.assertRecordValues(
            self.order, [{'is_waiting_for_parts': True, 'date_parts_expected': False}])
        second = self._request(self.capacitor)  # one hold for both
        self._hand_over(request)
        self.assertFalse(pause.date_stop)
        self._hand_over(second)
        self.assertTrue(pause.date_stop)
        self.assertFalse(self.order.is_waiting_for_parts)
        self.assertIn("Agree on a Visit", "".join(self.order.activity_ids.mapped('summary')))

    def test_hold_for_another_reason_is_left_alone(self):
        reason = self.env['aftersales.pause.reason'].create({'name': "Away"})
        self.order._pause_clocks(reason)
        self._hand_over(self._request())
        pause = self.env['aftersales.clock.pause'].search([
            ('res_model', '=', 'aftersales.order'), ('res_id', '=', self.order.id)])
        self.assertRecordValues(pause, [{'reason_id': reason.id, 'date_stop': False}])

    def test_cancelled_request_lets_the_order_go_on(self):
        self._request().with_user(self.technician).action_cancel()
        self.assertFalse(self.order.is_waiting_for_parts)
        self.assertFalse(self.order.is_paused)
        self.assertFalse(self.order.activity_ids.filtered(
            lambda activity: "Agree" in (activity.summary or "")))

    def test_cancelled_order_calls_its_requests_off(self):
        request, sent = self._request(), self._hand_over(self._request(self.capacitor))
        request.with_user(self.storekeeper).action_reserve()
        self.order.close_reason = "Bought a new one"
        self.order.action_cancel()
        self.assertEqual(request.state, 'cancelled')
        self.assertEqual(request.sudo().picking_ids.state, 'cancel')
        self.assertTrue(sent.date_return_due)

    def test_store_is_alarmed_after_a_day_without_a_date(self):
        with freeze_time(MORNING):
            silent, dated = self._request(), self._request(self.capacitor)
            dated.with_user(self.storekeeper).date_expected = '2026-06-05'
            self.assertEqual(str(silent.date_deadline), '2026-06-03 09:00:00')
            self.assertFalse(dated.date_deadline)
        for moment, count in (('2026-06-03 08:00:00', 0), ('2026-06-03 10:00:00', 1)):
            with freeze_time(moment):
                self._alert()
                self.assertEqual(len(silent.activity_ids.filtered(
                    lambda activity: activity.user_id == self.storekeeper)), count, moment)
        self.assertFalse(dated.activity_ids)

    def _alert(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref('aftersales_service.ir_cron_clock_alert').method_direct_trigger()
        self.env.invalidate_all()

    def test_store_is_told_what_is_urgent(self):
        for urgency, is_told in (('daily', False), ('urgent', True)):
            request = self._request(urgency=urgency)
            self.assertEqual(bool(self.env['mail.message'].search([
                ('model', '=', request._name), ('res_id', '=', request.id),
                ('body', 'ilike', "needs parts urgently"),
                ('notified_partner_ids', 'in', self.storekeeper.partner_id.ids)])), is_told)

    def test_technician_is_told_that_the_parts_are_on_their_way(self):
        request = self._request()
        request.with_user(self.storekeeper).action_reserve()
        request.with_user(self.storekeeper).action_send()
        note = self.env['mail.message'].search([
            ('model', '=', request._name), ('res_id', '=', request.id),
            ('notified_partner_ids', 'in', self.technician.partner_id.ids)])
        self.assertIn("on their way", "".join(note.mapped('body')))

    @freeze_time(MORNING)
    def test_order_shows_the_last_day_of_all_requests(self):
        first, second = self._request(), self._request(self.capacitor)
        first.with_user(self.storekeeper).date_expected = '2026-06-05'
        self.assertFalse(self.order.date_parts_expected)
        second.with_user(self.storekeeper).date_expected = '2026-06-09'
        self.assertEqual(self.order.date_parts_expected, date(2026, 6, 9))

    @freeze_time(MORNING)
    def test_requested_part_alone_was_not_at_hand(self):
        self._stock(self.capacitor, 1, self.van)
        self._use(self.board)
        self._use(self.capacitor)
        self._hand_over(self._request())
        self._move_to(self.order, 'done')
        demand, company = self.env['aftersales.part.demand'], self.env.company
        used = self.env['stock.move'].search(
            demand._get_used_domain(company, date(2026, 6, 1), date(2026, 7, 1))
            & demand._get_waited_domain(company, date(2026, 7, 1)))
        self.assertEqual(used.product_id, self.board)

    # === LOAN UNITS === #

    @freeze_time(MORNING)
    def test_loan_unit_goes_to_the_customer_and_back(self):
        request = self._hand_over(self._request(kind='loan')).with_user(self.technician)
        with self.assertRaisesRegex(UserError, "not lent yet"):
            request.action_use()
        request.action_lend()
        loan = self.env.company._get_loan_location()
        self.assertEqual(self._read_stock(self.board, loan), 1.0)
        self.assertRecordValues(request, [{
            'state': 'lent', 'date_return_due': date(2026, 7, 2)}])
        self._move_to(self.order, 'done')
        self.assertEqual(request.state, 'lent')  # the customer still has it
        request.action_use()
        self.assertEqual(self._read_stock(self.board, loan), 0.0)
        self.assertEqual(request.quantity_to_return, 1.0)
        with self.assertRaisesRegex(UserError, "What was lent comes back"):
            request.with_user(self.storekeeper).action_close()
        request.action_give_back()
        request.with_user(self.storekeeper).action_close()
        self.assertEqual(self._read_stock(self.board, self.stock_location), 2.0)

    def test_part_for_work_is_not_lent(self):
        request = self._hand_over(self._request()).with_user(self.technician)
        with self.assertRaisesRegex(UserError, "requested as a loan"):
            request.action_lend()
