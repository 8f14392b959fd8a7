from odoo import fields
from odoo.tests import freeze_time, tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestOrderCopy(AftersalesCommon):
    """A copy is a new request for the same unit: nothing of it is planned, found or done."""

    def setUp(self):
        super().setUp()
        with freeze_time('2026-06-01 09:00:00'):
            self.order = self._create_order(
                warranty_id=self._create_card().id, user_id=self.agent.id, usage=800.0)
            self.order.helper_id = self.manager
            self.env['aftersales.labour'].create(
                {'order_id': self.order.id, 'product_id': self.hour.id})
            self._move_to(self.order, 'done')
            self.order.write({'diagnosis': "Capacitor dead", 'solution': "Changed"})

    @users('agent')
    @freeze_time('2026-06-10 09:00:00')
    def test_copy_is_a_new_request(self):
        copy = self.order.with_user(self.env.user).copy()
        self.assertRecordValues(copy, [{
            'warranty_id': self.order.warranty_id.id, 'partner_id': self.customer.id,
            'description': "It does not cool", 'state': 'registered',
            'date_event': fields.Datetime.now(), 'technician_id': False, 'helper_id': False,
            'date_planned': False, 'capacity_day': False, 'visit_count': 0, 'usage': 0.0,
            'diagnosis': False, 'solution': False, 'labour_ids': []}])
        self.assertNotEqual(copy.name, self.order.name)
        self.assertFalse(copy.visit_ids)
        self.assertEqual(
            set(copy.clock_ids.mapped('date_start')), {fields.Datetime.now()})

    @users('agent')
    @freeze_time('2026-06-10 09:00:00')
    def test_copy_of_a_gift_is_judged_by_the_card(self):
        self.order.sudo().write(
            {'charge_kind': 'goodwill', 'goodwill_reason': "Waited for three weeks"})
        self.assertEqual(self.order.with_user(self.env.user).copy().charge_kind, 'free')
