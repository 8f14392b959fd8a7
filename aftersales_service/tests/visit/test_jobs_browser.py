from odoo.tests import HttpCase, tagged

from ..common import SIGNATURE
from .common import VisitCommon
from .phone import Phone

CACHED = 'navigator.serviceWorker.controller && Boolean(await caches.match("/my/jobs/data"))'
PHOTO = b'\xff\xd8\xff'


@tagged('post_install', '-at_install')
class TestJobsBrowser(HttpCase, VisitCommon):
    """A technician's day in Chromium at 390 px, with and without a network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.compressor.aftersales_main_part_id = False
        cls.capacitor.aftersales_main_part_id = cls.main_part
        cls._create_template(
            {'name': "Van is loaded", 'phase': 'before_leaving'},
            {'name': "Power is cut", 'phase': 'before_work', 'is_mandatory': True},
            {'name': "Place is clean", 'phase': 'after'})
        today = cls.env.cr.now().replace(hour=12, minute=0, second=0, microsecond=0)
        cls.order = cls._dispatch(
            date=today, warranty_id=cls._create_card().id, charge_kind='goodwill',
            goodwill_reason="Waited for three weeks")
        cls.visit = cls.order.visit_ids

    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self.phone = Phone(self, 'technician')

    # === A TECHNICIAN'S HANDS === #

    def _travel(self):
        self.phone.next("Call")
        self.phone.next("Checklist")
        self.phone.see('.sheet', "Van is loaded")
        self.phone.tap('.sheet .all-ok')
        self.phone.tap('.sheet .big', "Ready")
        self.phone.next("Set off")
        self.phone.next("Arrive")

    def _work_until_signed(self):
        phone = self.phone
        self._travel()
        self.phone.next("Checklist")
        phone.tap('.sheet section:nth-of-type(2) .answer', "Not OK")
        phone.tap('.sheet .big', "Ready")
        phone.take_photo((3200, 2400))
        self.phone.next("Parts Used")
        phone.tap('.chip', "Capacitor")
        phone.see('.part-line', "1 × Capacitor")
        phone.tap('.sheet .big', "Ready")
        self.phone.next("Checklist")
        phone.tap('.sheet section:nth-of-type(3) .all-ok')
        phone.tap('.sheet .big', "Ready")
        self.phone.next("Write the Report")
        phone.type('textarea[name=diagnosis]', "Capacitor dead")
        phone.type('textarea[name=solution]', "Capacitor changed")
        phone.tap('.sheet .chip', "Passed")
        phone.tap('.sheet .big', "Save")
        self.phone.next("Let the Customer Sign")
        phone.draw('.signature-pad')
        phone.tap('.sheet .big', "Save")

    def _assert_job_done(self):
        with self.phone.at_rest():
            self.assertEqual(self.visit.state, 'done')
            self.assertRecordValues(self.order, [{
                'state': 'done', 'diagnosis': "Capacitor dead", 'solution': "Capacitor changed",
                'test_result': 'passed', 'signed_by': "Li Na"}])
            self.assertTrue(self.order.signature)
            self.assertEqual(
                self.order.checklist_ids.mapped('result'), ['ok', 'not_ok', 'ok'])
            self.assertRecordValues(self.order.part_ids, [{
                'product_id': self.capacitor.id, 'product_uom_qty': 1.0, 'state': 'done'}])

    # === WITH AND WITHOUT A NETWORK === #

    def test_whole_job_with_a_network(self):
        self.phone.open('/my/jobs')
        self.phone.tap('.card.job', "Li Na")
        self._work_until_signed()
        self.phone.next("Complete")
        self.phone.see('.job-page', "This visit is over")
        self.phone.see('.queue-badge', "✓")
        self._assert_job_done()
        with self.phone.at_rest():
            photo = self.env['ir.attachment'].search(
                [('res_model', '=', 'aftersales.order'), ('res_id', '=', self.order.id)])
            self.assertEqual(photo.mimetype, 'image/jpeg')
            self.assertEqual(photo.raw[:3], PHOTO)

    def test_work_in_a_cellar_is_sent_once_when_the_network_is_back(self):
        phone = self.phone
        phone.open('/my/jobs')
        phone.see('.card.job', "Li Na")
        phone.wait(CACHED)
        phone.cut_network()
        phone.open('/my/jobs')
        phone.see('.notice', "No network")
        phone.tap('.card.job', "Li Na")
        self._work_until_signed()
        self.phone.next("Complete")
        phone.see('.job-page', "This visit is over")
        phone.open('/my/jobs')  # the phone was put away: what was done is still there
        phone.see('.card.job', "Done")
        phone.see('.queue-badge.is-waiting', "↑ 11")
        with phone.at_rest():
            self.assertEqual(self.visit.state, 'planned')
        phone.restore_network()
        phone.see('.queue-badge', "✓")
        phone.see('.card.job', "Done")
        self._assert_job_done()
        self._assert_actions(11)

    def test_network_cut_in_the_middle_of_the_job(self):
        phone = self.phone
        phone.open('/my/jobs')
        phone.wait(CACHED)
        phone.tap('.card.job', "Li Na")
        self._travel()
        phone.see('.next .big', "Checklist")  # the arrival is queued, so that ✓ means: it is sent
        phone.see('.queue-badge', "✓")
        phone.cut_network()
        phone.tap('.tile', "Serial")
        phone.tap('.sheet .big', "Save")
        phone.see('.queue-badge.is-waiting', "↑ 1")
        phone.see('.notice', "No network")
        with phone.at_rest():
            self.assertEqual(self.visit.state, 'on_site')
        phone.restore_network()
        phone.see('.queue-badge', "✓")
        self._assert_actions(5)

    def test_answer_lost_on_the_way_does_nothing_twice(self):
        phone = self.phone
        phone.open('/my/jobs')
        phone.wait(CACHED)
        phone.lose_next_answer('/my/jobs/actions')
        phone.tap('.card.job', "Li Na")
        self.phone.next("Call")
        phone.tap('.queue-badge.is-waiting', "↑ 1")
        phone.settle()  # it waits from the tap on, and again when the answer is lost
        with phone.at_rest():
            called = self.visit.date_called
            self.assertTrue(called)
        phone.tap('.card button', "Send now")
        phone.see('.empty', "Everything has been sent")
        self._assert_actions(1)
        with phone.at_rest():
            self.assertEqual(self.visit.date_called, called)

    def test_refused_action_shows_its_reason_and_can_be_tried_again(self):
        phone = self.phone
        with phone.at_rest():
            self.visit._set_state('on_site')
            self.order.write({'solution': "Capacitor changed", 'signature': SIGNATURE})
            self._add_photo(self.order)
            self.order.checklist_ids.result = 'ok'
        phone.open(f'/my/jobs#job/{self.visit.id}')
        phone.see('.next .big', "Parts Used")
        with phone.at_rest():  # meanwhile the desk asks for one more check
            self.order.checklist_ids.filtered('is_mandatory').result = False
        self.phone.next("Parts Used")
        phone.tap('.sheet .big', "No part used")
        self.phone.next("Complete")
        phone.tap('.queue-badge.is-refused', "! 1")
        phone.see('.queue-line .reason', "Power is cut")
        with phone.at_rest():
            self.order.checklist_ids.result = 'ok'
        phone.tap('.queue-line button', "Try again")
        phone.see('.empty', "Everything has been sent")
        with phone.at_rest():
            self.assertEqual(self.order.state, 'done')

    def test_report_that_was_not_saved_is_still_there(self):
        phone = self.phone
        with phone.at_rest():
            self.visit._set_state('on_site')
        phone.open(f'/my/jobs#job/{self.visit.id}')
        phone.tap('.tile', "Report")
        phone.type('textarea[name=solution]', "Half a sentence")
        phone.open('/my/jobs')
        phone.see('.card.job', "Li Na")
        phone.tap('.card.job', "Li Na")
        phone.tap('.tile', "Report")
        phone.wait('document.querySelector("textarea[name=solution]")?.value'
                   ' === "Half a sentence"')

    def test_part_noted_by_mistake_is_taken_back(self):
        phone = self.phone
        with phone.at_rest():
            self.compressor.default_code = 'COMP'
            self.visit._set_state('on_site')
        phone.open(f'/my/jobs#job/{self.visit.id}')
        phone.tap('.tile', "Parts")
        phone.tap('.chip', "Capacitor")
        phone.tap('.part-line .remove', "Remove")
        phone.miss('.part-line')
        phone.see('.queue-badge', "✓")
        with phone.at_rest():
            self.assertEqual(self.order.part_ids.mapped('state'), ['cancel'])
        # a thumb that taps twice takes one part, whatever the quantity, and removes one
        phone.enter('.sheet input[type=number]', "2")
        phone.hammer('.chip', "Capacitor")
        phone.see('.part-line', "2 × Capacitor")
        phone.type('.sheet input[name=code]', 'COMP')
        phone.hammer('.sheet .add')
        phone.see('.part-line + .part-line .remove')
        phone.see('.queue-badge', "✓")
        with phone.at_rest():
            self.assertRecordValues(self.order.part_ids.sorted('id'), [
                {'product_uom_qty': 1.0}, {'product_uom_qty': 2.0}, {'product_uom_qty': 1.0}])
        phone.hammer('.part-line .remove', "Remove")
        phone.miss('.part-line + .part-line')
        phone.see('.queue-badge', "✓")
        with phone.at_rest():
            self.assertEqual(
                sorted(self.order.part_ids.mapped('state')), ['cancel', 'cancel', 'draft'])
        # and what still waits on the phone is taken back there
        phone.wait(CACHED)
        phone.cut_network()
        phone.tap('.chip', "Capacitor")
        phone.see('.queue-badge.is-waiting', "↑ 1")
        phone.tap('.part-line + .part-line .remove', "Remove")
        phone.miss('.part-line + .part-line')
        phone.miss('.queue-badge.is-waiting')

    def _assert_actions(self, count):
        """Each tap was received once, and all were done."""
        with self.phone.at_rest():
            actions = self.env['aftersales.job.action'].search(
                [('visit_id', '=', self.visit.id)])
            self.assertEqual(len(actions), count)
            self.assertEqual(set(actions.mapped('state')), {'done'})
