from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user

from .outlet.common import OutletCommon


@tagged('post_install', '-at_install')
class TestTourDispatch(HttpCase, OutletCommon):
    """The dispatcher's morning, from the first calls to a day planned again.

    The firm has its outlets and their people; no customer has called yet.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['aftersales.order'].search([]).unlink()
        cls.env['res.config.settings'].create({'group_aftersales_outlets': True}).execute()
        cls.planner = new_test_user(
            cls.env, 'tour_dispatcher', 'aftersales_service.group_aftersales_dispatcher',
            tz='UTC')
        cls.boss = new_test_user(
            cls.env, 'tour_wang', 'base.group_portal', name="Tour Wang", tz='UTC')
        cls.worker = new_test_user(
            cls.env, 'tour_zhao', 'base.group_portal', name="Tour Zhao", tz='UTC')
        cls.north.write({
            'member_ids': [Command.set((cls.boss | cls.worker).ids)],
            'manager_id': cls.boss.id})

    def test_dispatchers_morning(self):
        self.start_tour(
            '/odoo/service-orders', 'aftersales_morning_calls', login='tour_dispatcher',
            timeout=120)
        orders = one, two, three, four = self.env['aftersales.order'].search([], order='id')
        self.assertRecordValues(orders, [
            {'user_id': self.planner.id, 'outlet_id': self.north.id, 'state': 'registered'}] * 4)
        self.start_tour(
            '/odoo/service-dispatch', 'aftersales_morning_offer', login='tour_dispatcher',
            timeout=120)
        self.assertEqual(
            orders.mapped(lambda order: order.offer_state or ''),
            ['offered', 'offered', 'offered', ''])
        self.start_tour('/my', 'aftersales_morning_outlet', login='tour_wang', timeout=120)
        self.assertRecordValues(one | two | three, [
            {'offer_state': 'accepted', 'technician_id': self.worker.id, 'state': 'dispatched',
             'outlet_id': self.north.id},
            {'offer_state': 'accepted', 'technician_id': False, 'state': 'assessed',
             'outlet_id': self.north.id},
            {'offer_state': 'offered', 'technician_id': False, 'state': 'assessed',
             'outlet_id': self.south.id}])
        self.start_tour(
            '/odoo/service-dispatch', 'aftersales_morning_plan', login='tour_dispatcher',
            timeout=180)
        self.assertRecordValues(one | two, [{
            'technician_id': self.boss.id, 'state': 'dispatched'}] * 2)
        self.assertEqual(
            {str(date) for date in (one | two).mapped('date_planned')},
            {'2035-12-30 09:00:00', '2035-12-30 10:00:00'})
        self.assertEqual(
            {str(visit.date_start) for visit in (one | two).visit_ids},
            {'2035-12-30 09:00:00', '2035-12-30 10:00:00'})
        self.assertIn("The bridge is closed", "".join(one.message_ids.mapped('body')))
        self.assertTrue(four.is_paused)
        self.assertFalse(four.offer_ids)
