from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user

from .outlet.common import OutletCommon


@tagged('post_install', '-at_install')
class TestTourDispatch(HttpCase, OutletCommon):
    """The dispatcher's morning, from new orders to a day planned anew."""

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
        partners = cls.env['res.partner'].create([
            {'name': f"Customer {number}", 'city': city, 'state_id': cls.california.id,
             'country_id': cls.country.id}
            for number, city in (
                ("One", "Oakland"), ("Two", "Berkeley"), ("Three", "Fresno"),
                ("Four", "Fremont"))])
        cls.orders = cls.env['aftersales.order'].create([
            {'partner_id': partner.id, 'date_planned': '2035-12-28 09:00:00',
             'user_id': cls.planner.id} for partner in partners])

    def test_dispatchers_morning(self):
        one, two, three, four = self.orders
        self.start_tour(
            '/odoo/service-dispatch', 'aftersales_morning_offer', login='tour_dispatcher',
            timeout=120)
        self.assertEqual(
            self.orders.mapped(lambda order: order.offer_state or ''),
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
            {str(date) for date in (one | two).mapped('date_planned')}, {'2035-12-30 09:00:00'})
        self.assertEqual(
            [str(visit.date_start) for visit in (one | two).visit_ids],
            ['2035-12-30 09:00:00'] * 2)
        self.assertIn("The bridge is closed", "".join(one.message_ids.mapped('body')))
        self.assertTrue(four.is_paused)
        self.assertFalse(four.offer_ids)
