from odoo.tests import HttpCase, tagged

from .common import AftersalesCommon
from .visit.phone import Phone


@tagged('post_install', '-at_install')
class TestTourPhone(HttpCase, AftersalesCommon):
    """A technician on a phone, from a company's first call to what its desk sees of him.

    The firm has its goods and its people; nobody has called yet. The network goes when the
    technician stands in the cellar, and is back when he has finished.
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
        self._travel(phone)
        phone.cut_network()
        self._work(phone)
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

    def _travel(self, phone):
        """Call the customer, drive to him and look around."""
        phone.open('/my/jobs')
        phone.wait('navigator.serviceWorker.controller && '
                   'Boolean(await caches.match("/my/jobs/data"))')
        phone.tap('.card.job', "Lin Tao")
        phone.next("Call")
        phone.answer_checks(1)
        phone.next("Set off")
        phone.next("Arrive")
        phone.answer_checks(2)
        phone.see('.queue-badge', "✓")

    def _work(self, phone):
        """Do everything from the first photo to the customer's signature."""
        phone.take_photo()
        phone.next("Parts Used")
        phone.type('input[name=code]', "TOUR-CAP")
        phone.tap('.sheet .add', "Add")
        phone.see('.part-line', "1 ×")
        phone.tap('.sheet .big', "Ready")
        phone.answer_checks(4)
        phone.next("Write the Report")
        phone.type('textarea[name=diagnosis]', "Capacitor dead")
        phone.type('textarea[name=solution]', "Capacitor changed")
        phone.tap('.sheet .big', "Save")
        phone.next("Let the Customer Sign")
        phone.draw('.signature-pad')
        phone.tap('.sheet .big', "Save")
        phone.next("Complete")
        phone.see('.job-page', "This visit is over")
