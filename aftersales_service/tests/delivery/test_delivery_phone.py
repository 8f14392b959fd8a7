from datetime import timedelta
from uuid import uuid4

from lxml import html

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged, users

from ..common import SIGNATURE
from .common import DeliveryCommon


@tagged('post_install', '-at_install')
class TestDeliveryPhone(DeliveryCommon):
    """The call, stairs, damage and failed visits, reported from the phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._dispatch(
            type_id=cls.type_delivery.id, product_id=cls.fridge.id,
            helper_id=cls.other_technician.id, user_id=cls.technician.id)
        cls.visit = cls.order.visit_ids

    def _send(self, kind, payload=None, is_unit=True):
        [answer] = self.env['aftersales.job.action'].with_user(
            self.env.user)._handle_batch([{
                'uuid': str(uuid4()), 'kind': kind, 'visit_id': self.visit.id,
                'order_id': self.order.id if is_unit else False, 'payload': payload or {}}])
        return answer['status'], answer['message']

    @users('other_technician')
    def test_call_comes_before_the_trip(self):
        status, message = self._send('set_off', is_unit=False)
        self.assertEqual(status, 'refused')
        self.assertIn("Call the customer before you set off", message)
        self._send('call', is_unit=False)
        self.assertEqual(self._send('call_result', {'result': 'reached'}, False), ('done', ''))
        self.assertEqual(self.visit.call_result, 'reached')
        self.assertEqual(self._send('set_off', is_unit=False), ('done', ''))

    @users('technician')
    def test_desk_hears_of_another_time_that_the_customer_wants(self):
        self.order.user_id = self.agent
        for wish, sentence in (
                ({}, "Ask the customer for another time"),
                ({'wish': "tomorrow"}, "Ask the customer for another time"),
                ({'wish': '2020-01-01 08:00:00'}, "lies in the past")):
            with self.subTest(wish):
                status, message = self._send('call_result', {'result': 'moved', **wish}, False)
                self.assertEqual(status, 'refused')
                self.assertIn(sentence, message)
        self.assertFalse(self.visit.call_result)
        soon = fields.Datetime.now().replace(microsecond=0) + timedelta(days=2)
        self.assertEqual(self._send('call_result', {
            'result': 'moved', 'wish': str(soon), 'note': "Works in the morning"}, False),
            ('done', ''))
        self.assertEqual(self.order.date_wanted, soon)
        [activity] = self.order.activity_ids
        self.assertEqual(activity.user_id, self.agent)
        self.assertIn("another time", activity.summary)
        self.assertIn("Works in the morning", activity.note)

    def test_desk_obeys_as_well_and_other_types_need_no_call(self):
        with self.assertRaisesRegex(UserError, "Call the customer"):
            self.visit.with_user(self.technician).action_set_off()
        self.visit.with_user(self.technician).action_call()
        self.visit.with_user(self.technician).action_set_off()
        plain = self._dispatch().visit_ids
        plain.action_set_off()
        self.assertEqual(plain.state, 'on_way')

    @users('technician')
    def test_delivery_facts(self):
        facts = {'floor': 5, 'has_lift': False, 'use_explained': True, 'is_old_taken': True,
                 'old_product': "Haier 1999", 'old_serial': "H1", 'old_condition': "Rusty"}
        self.assertEqual(self._send('delivery', facts), ('done', ''))
        self.assertRecordValues(self.order, [facts])
        status, message = self._send('delivery', facts | {'floor': "up"})
        self.assertEqual(status, 'refused')
        self.assertIn("must be a number", message)

    @users('other_technician')
    def test_photo_of_the_second_person_counts(self):
        self._send('photo', {'image': SIGNATURE})
        self.assertEqual(self.order._get_photo_counts(), {self.order.id: 1})

    @users('technician')
    def test_damage_with_its_photo(self):
        status, message = self._send('damage', {'description': "Dented"})
        self.assertEqual((status, "not a photo" in message), ('refused', True))
        self.assertFalse(self.order.damage_ids)
        self.assertEqual(
            self._send('damage', {
                'description': "Dented", 'image': SIGNATURE, 'kind': 'hidden'}), ('done', ''))
        self.assertRecordValues(self.order.damage_ids, [{
            'state': 'reported', 'kind': 'hidden', 'user_id': self.technician.id,
            'description': "Dented"}])
        self.assertEqual(len(self.order.damage_ids.photo_ids), 1)

    @users('technician')
    def test_failed_visit_takes_a_reason_of_the_company(self):
        reason = self.env.ref('aftersales_service.aftersales_missed_reason_no_way')
        self.assertIn((reason.id, reason.name), self.visit._get_missed_reasons())
        self.assertEqual(self._send('miss', {'reason': reason.id}, False), ('done', ''))
        self.assertRecordValues(self.visit, [{
            'state': 'missed', 'missed_reason_id': reason.id, 'missed_reason': 'no_way'}])
        self.assertEqual(self.order.wasted_trip_count, 1)

    @users('technician')
    def test_unknown_reason_is_refused(self):
        self.assertEqual(self._send('miss', {'reason': 999_999}, False)[0], 'refused')
        self.assertEqual(self.visit.state, 'planned')

    def test_phone_gets_note_slot_and_people(self):
        self.order.write({'slot_id': self.slot.id, 'slot_date': '2026-06-02'})
        job = self.visit._prepare_mobile_job()
        self.assertEqual(job['promised'], "08:00–12:00")
        self.assertIn("Technician Theo", job['people'])
        unit = self.order._prepare_mobile_order(self.order._get_mobile_context())
        self.assertEqual((unit['packing_note'], unit['has_delivery']), ("Carry upright", True))

    def test_slip_counts_all_units_of_a_trip(self):
        second = self.order.copy({'serial': 'F-2', 'technician_id': self.technician.id})
        self.visit.order_ids |= second
        other = self.order.copy({
            'partner_id': self.env['res.partner'].create({'name': "Neighbour"}).id})
        self.visit.order_ids |= other
        page = html.fromstring(self.env['ir.actions.report']._render_qweb_html(
            'aftersales_service.report_delivery_confirmation', self.order.ids)[0])
        rows = [row.xpath('td')[2].text_content().strip()
                for row in page.xpath("//table[@name='goods']/tbody/tr") if row.xpath('td/span')]
        self.assertEqual(rows, [self.order.serial or "", 'F-2'])
