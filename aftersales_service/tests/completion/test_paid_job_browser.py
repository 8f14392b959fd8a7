from odoo import Command, fields
from odoo.tests import HttpCase, tagged

from ..visit.common import VisitCommon
from ..visit.phone import Phone

CACHED = 'navigator.serviceWorker.controller && Boolean(await caches.match("/my/jobs/data"))'


@tagged('post_install', '-at_install')
class TestPaidJobBrowser(HttpCase, VisitCommon):
    """A paid job on the phone in Chromium at 390 px, with and without a network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cash = cls.env['account.journal'].create(
            {'name': "Technicians' Cash", 'type': 'cash', 'code': 'TCSH'})
        cls.env.company.aftersales_payment_journal_ids = cash
        tax = cls.env['account.tax'].create({
            'name': "Tax 10", 'amount': 10.0, 'amount_type': 'percent',
            'company_id': cls.env.company.id, 'type_tax_use': 'sale'})
        cls.hour.write({'is_aftersales_labour': True, 'taxes_id': [Command.set(tax.ids)]})
        cls.capacitor.write({'taxes_id': [Command.set(tax.ids)],
                             'aftersales_main_part_id': cls.main_part.id})
        cls.compressor.aftersales_main_part_id = False
        today = cls.env.cr.now().replace(hour=12, minute=0, second=0, microsecond=0)
        # the card ended long ago: everything is paid
        card = cls._create_card(delivery_date='2020-01-10')
        cls.order = cls._dispatch(date=today, warranty_id=card.id)
        cls.visit = cls.order.visit_ids

    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self.phone = Phone(self, 'technician')

    # === A TECHNICIAN'S HANDS === #

    def _open_job(self, is_on_site=True, is_cut=False):
        """Open the job: the technician stands before the unit, or has not called yet."""
        phone = self.phone
        if is_on_site:
            with phone.at_rest():
                self.visit._set_state('on_site')
                self._add_photo(self.order)
        phone.open('/my/jobs')
        phone.see('.card.job', "Li Na")
        phone.wait(CACHED)
        if is_cut:
            phone.cut_network()
            phone.open('/my/jobs')
            phone.see('.notice', "No network")
        phone.tap('.card.job', "Li Na")

    def _travel(self):
        phone = self.phone
        phone.next("Call")
        phone.next("Set off")
        phone.next("Arrive")
        phone.take_photo()

    def _find_and_price(self):
        phone = self.phone
        phone.next("Parts Used")
        phone.tap('.sheet .chip', "Capacitor")
        phone.see('.part-line', "1 × Capacitor")
        phone.tap('.sheet .big', "Ready")
        phone.next("Labour and Trip")
        phone.tap('.sheet .chip', "Repair Hour")
        phone.see('.labour-line', "1 × Repair Hour")
        phone.see('.sheet .price .total', "$ 143.00")
        phone.tap('.sheet .big', "Ready")

    def _accept(self, total="$ 143.00"):
        phone = self.phone
        phone.next("Show the Price")
        phone.see('.sheet .price .total', total)
        phone.draw('.signature-pad')
        phone.tap('.sheet .big', "Accept the Price")
        phone.miss('.sheet')

    def _repair_and_sign(self):
        phone = self.phone
        phone.next("Write the Report")
        phone.type('textarea[name=solution]', "Capacitor changed")
        phone.tap('.sheet .big', "Save")
        phone.next("Let the Customer Sign")
        phone.see('.sheet .price .total', "$ 143.00")
        phone.draw('.signature-pad')
        phone.tap('.sheet .big', "Save")

    def _pay_too_much(self):
        """Take an amount that the server refuses: its sentence stands where it was done."""
        phone = self.phone
        phone.next("Take the Payment")
        phone.type('input[name=amount]', "99999")
        phone.type('input[name=receipt]', "R-1")
        phone.tap('.sheet .big', "Save")
        phone.see('.unit .refusal', "The customer owes")
        phone.see('.next .big', "Take the Payment")

    def _pay(self):
        phone = self.phone
        phone.next("Take the Payment")
        phone.type('input[name=receipt]', "R-1")
        phone.tap('.sheet .big', "Save")

    def _assert_accepted(self, due=0.0, refused=0):
        sale = self.order.sale_order_ids.filtered(lambda sale: sale.state == 'sale')
        self.assertRecordValues(sale, [{'amount_total': 143.0, 'signed_by': "Li Na"}])
        self.assertTrue(sale.signature)
        self.assertRecordValues(self.order, [{'state': 'done', 'signed_by': "Li Na"}])
        self.assertEqual(self.order._get_amount_due(), due)
        actions = self.env['aftersales.job.action'].search([('visit_id', '=', self.visit.id)])
        self.assertEqual(len(actions.filtered(lambda action: action.state != 'done')), refused)

    def test_second_tap_of_a_thumb_is_not_about_what_the_first_has_moved_there(self):
        self.hour.copy({'name': "Cleaning"})
        phone = self.phone
        self._open_job()
        phone.next("Parts Used")
        phone.tap_twice('.sheet .big', "No part used", see=('.next .big', "Labour and Trip"))
        phone.settle()
        phone.miss('.sheet')
        phone.next("Labour and Trip")
        phone.tap_twice('.sheet .chip', "Cleaning", see=('.labour-line', "1 × Cleaning"))
        phone.settle()
        phone.tap('.sheet .big', "Ready")
        phone.miss('.sheet')
        phone.settle()
        phone.tap_twice('.next .big', "Show the Price", see=('.sheet .later', ''))
        phone.settle()
        phone.see('.sheet .later')
        with phone.at_rest():
            self.assertEqual(self.order.labour_ids.product_id.mapped('name'), ["Cleaning"])

    # === WITH AND WITHOUT A NETWORK === #

    def test_paid_job_paid_on_site(self):
        self._open_job(is_on_site=False)
        self._travel()
        self._find_and_price()
        self._accept()
        self._repair_and_sign()
        self._pay_too_much()
        self.phone.tap('.next .big', "Take the Payment")
        self.phone.see('.sheet .refusal', "The customer owes")
        self.phone.tap('.sheet .sheet-head button', "Back")
        self._pay()
        self.phone.miss('.refusal')
        self.phone.next("Complete")
        self.phone.see('.job-page', "This visit is over")
        self.phone.see('.queue-badge', "✓")
        with self.phone.at_rest():
            self._assert_accepted(refused=1)

    def test_paid_job_with_the_network_cut_paid_later(self):
        self._open_job(is_cut=True)
        self._find_and_price()
        self._accept()
        self._repair_and_sign()
        self.phone.next("Take the Payment")
        self.phone.tap('.sheet .sheet-head button', "Back")  # not an answer: it comes again
        self.phone.next("Take the Payment")
        self.phone.tap('.sheet .later')
        self.phone.next("Complete")
        self.phone.see('.job-page', "This visit is over")
        with self.phone.at_rest():
            self.assertEqual(self.visit.state, 'on_site')
            self.assertFalse(self.order.part_ids or self.order.sale_order_ids)
        self.phone.restore_network()
        self.phone.see('.queue-badge', "✓")
        with self.phone.at_rest():
            self._assert_accepted(due=143.0)

    def test_price_that_became_free_meanwhile_holds_nothing_up(self):
        phone = self.phone
        self._open_job(is_cut=True)
        self._find_and_price()
        self._accept()
        self._repair_and_sign()
        self._pay()
        phone.next("Complete")
        with phone.at_rest():
            # the desk found that the unit is under contract
            self.order.charge_kind = 'contract'
        phone.restore_network()
        phone.see('.notice.is-late', "The customer owes nothing")
        phone.miss('.refusal')
        phone.settle()
        with phone.at_rest():
            self.assertEqual((self.visit.state, self.order.state), ('done', 'done'))
            self.assertEqual(self.env['aftersales.late.work'].search([]).reason, 'unowed')

    def test_network_that_comes_and_goes(self):
        phone = self.phone
        self._open_job()
        self._find_and_price()
        phone.see('.queue-badge', "✓")
        phone.cut_network()
        self._accept()
        phone.restore_network()
        phone.see('.queue-badge', "✓")
        phone.cut_network()
        self._repair_and_sign()
        phone.next("Take the Payment")
        phone.type('input[name=amount]', "99999")
        phone.type('input[name=receipt]', "R-1")
        phone.tap('.sheet .big', "Save")
        phone.next("Complete")
        phone.restore_network()
        # what was done without network and is refused holds the end of the job back
        phone.see('.unit .refusal', "Completed: This was not sent")
        phone.see('.queue-badge.is-refused', "! 2")
        with phone.at_rest():
            self.assertEqual(self.visit.state, 'on_site')
        self._pay()
        phone.next("Complete")
        phone.see('.queue-badge', "✓")
        with phone.at_rest():
            self._assert_accepted(refused=1)

    def test_price_that_rose_meanwhile_is_shown_before_the_customer_signs_again(self):
        phone = self.phone
        self._open_job()
        phone.see('.next .big', "Parts Used")
        phone.cut_network()
        self._find_and_price()
        self._accept()
        with phone.at_rest():
            self.hour.list_price = 100.0
        phone.restore_network()
        phone.see('.queue-badge.is-refused', "! 1")
        self._accept("$ 165.00")
        phone.see('.next .big', "Write the Report")
        phone.settle()
        with phone.at_rest():
            self.assertRecordValues(self.order.sale_order_ids, [
                {'state': 'sale', 'amount_total': 165.0}])

    def test_work_that_fits_a_covered_part_is_free_without_network(self):
        phone = self.phone
        with phone.at_rest():
            # the unit's year is over, the main part's are not
            self.order.warranty_id.delivery_date = fields.Date.subtract(
                fields.Date.today(), years=2)
        self._open_job(is_cut=True)
        phone.next("Parts Used")
        phone.tap('.sheet .chip', "Capacitor")
        phone.see('.part-line', "1 × Capacitor")
        phone.tap('.sheet .big', "Ready")
        phone.next("Labour and Trip")
        phone.tap('.sheet .chip', "Repair Hour")
        phone.see('.labour-line', "1 × Repair Hour")
        phone.see('.sheet .price .total', "$ 0.00")
        phone.tap('.sheet .big', "Ready")
        phone.restore_network()
        phone.settle()
        with phone.at_rest():
            self.assertEqual(self.order.labour_ids.cover_percent, 100.0)

    def test_refused_price_leaves_the_trip(self):
        phone = self.phone
        self._open_job()
        self._find_and_price()
        phone.next("Show the Price")
        phone.see('.unit a[target=_blank]', "let the customer read it")
        phone.cut_network()
        phone.tap('.unit a', "let the customer read it")
        phone.see('.sheet .notice', "There is no network to read this document")
        phone.restore_network()
        phone.tap('.sheet .chip', "Refuses")
        phone.type('.sheet textarea[name=reason]', "Too expensive")
        phone.tap('.sheet .big', "Save")
        phone.see('.next .hint', "refused the price")
        phone.see('.queue-badge', "✓")
        with phone.at_rest():
            self.assertEqual(self.order.sale_order_ids.state, 'cancel')
        phone.next("Labour and Trip")
        phone.tap('.labour-line .remove', "Remove")
        phone.miss('.labour-line')
        phone.see('.sheet .price .total', "$ 55.00")
        self._note_what_is_refused()

    def _note_what_is_refused(self):
        """A quantity and a code that the server refuses: read in the sheet, dropped there."""
        phone = self.phone
        phone.enter('.sheet input[name=quantity]', "-2")
        phone.tap('.sheet .chip', "Repair Hour")
        phone.see('.sheet .refusal', "The quantity of labour must be positive")
        phone.tap('.sheet .big')
        phone.next("Labour and Trip")
        phone.tap('.sheet .refusal button', "Drop")
        phone.tap('.sheet .refusal button', "Delete")
        phone.miss('.refusal')
        phone.tap('.sheet .sheet-head button', "Back")
        phone.tap('.tile', "Parts")
        phone.type('.sheet input[name=code]', "X-UNKNOWN")
        phone.tap('.sheet .add', "Add")
        phone.see('.sheet .refusal', "No part has the code")
        phone.tap('.sheet .big')
        phone.next("Parts Used")
