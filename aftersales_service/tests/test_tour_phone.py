from odoo.tests import HttpCase, tagged

from .common import AftersalesCommon
from .visit.phone import Phone


@tagged('post_install', '-at_install')
class TestTourPhone(HttpCase, AftersalesCommon):
    """A technician on a phone, from a company's first call to what its desk sees of the visit.

    The firm has its goods and its people; no customer has called yet. The network goes when the
    technician stands in the cellar, and is back when the work is finished.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['aftersales.order'].search([]).unlink()
        # names that nothing else in the database has: a tour chooses by what it reads
        cls.conditioner.name = "Tour Conditioner"
        cls.capacitor.write({'name': "Tour Capacitor", 'default_code': 'TOUR-CAP'})

    def test_technician_on_a_phone(self):
        self.start_tour(
            '/odoo/service-orders', 'aftersales_phone_dispatch', login='dispatcher', timeout=120)
        order = self.env['aftersales.order'].search([])
        self.assertRecordValues(order, [{
            'state': 'dispatched', 'technician_id': self.technician.id, 'serial': 'TOUR-7100',
            'user_id': self.dispatcher.id}])
        phone = Phone(self, 'technician')
        phone.open('/my/jobs')
        phone.wait('navigator.serviceWorker.controller && '
                   'Boolean(await caches.match("/my/jobs/data"))')
        phone.tap('.card.job', "Lin Tao")
        phone.drive_there()
        phone.see('.queue-badge', "✓")
        phone.cut_network()
        phone.repair_with("TOUR-CAP")
        phone.next("Complete")
        phone.see('.job-page', "This visit is over")
        phone.see('.queue-badge.is-waiting', "↑")
        phone.see('.notice', "No network")
        with phone.at_rest():
            self.assertEqual((order.state, order.solution), ('on_site', False))
        phone.restore_network()
        phone.see('.queue-badge', "✓")
        phone.see('.job-page', "This visit is over")
        phone.close()
        self.assertRecordValues(order.visit_ids, [{'state': 'done', 'is_second_visit': False}])
        self.assertRecordValues(order.part_ids, [{
            'product_id': self.capacitor.id, 'product_uom_qty': 1.0, 'state': 'done'}])
        self.assertEqual(order._get_photo_counts(), {order.id: 1})
        self.start_tour(
            '/odoo/service-orders', 'aftersales_phone_result', login='dispatcher', timeout=120)
