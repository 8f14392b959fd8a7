import tempfile
from pathlib import Path

from PIL import Image

from odoo.tests import HttpCase, tagged

from .common import VisitCommon
from .phone import Phone

CACHED = 'navigator.serviceWorker.controller && Boolean(await caches.match("/my/jobs/data"))'


@tagged('post_install', '-at_install')
class TestJobsBrowser(HttpCase, VisitCommon):
    """A technician's day in Chromium at 390 px, with and without a network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.term_ids.filtered(lambda term: term.kind == 'component').component_ids = (
            cls.capacitor)
        cls._create_template(
            {'name': "Power is cut", 'phase': 'before_work', 'is_mandatory': True},
            {'name': "Place is clean", 'phase': 'after'})
        today = cls.env.cr.now().replace(hour=12, minute=0, second=0, microsecond=0)
        cls.order = cls._dispatch(
            date=today, warranty_id=cls._create_card().id, charge_kind='goodwill')
        cls.visit = cls.order.visit_ids

    def setUp(self):
        super().setUp()
        self.phone = Phone(self, 'technician')

    def _next(self, label):
        self.phone.wait('!document.querySelector(".sheet")')
        self.phone.tap('.next .big', label)

    def _open(self, label):
        """Tap the next step until its sheet is there: drawing may swallow a tap."""
        for __ in range(3):
            self._next(label)
            if self.phone.is_true('document.querySelector(".sheet")'):
                return
        self.fail(f"the sheet of “{label}” does not open")

    def _read(self, record):
        record.invalidate_recordset()
        return record

    def _take_photo(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / 'photo.jpg'
            Image.new('RGB', (3200, 2400), (90, 140, 90)).save(path)
            # the camera's own window is no part of the page: a test stands in for it
            self.phone.ask('document.querySelector("input.camera").click = () => {}')
            self._next("Take a Photo")
            self.phone.choose_file('input.camera', path)
            self.phone.see('.tile', "Photos\n1")

    def _work_until_signed(self):
        phone = self.phone
        self._next("Call")
        self._next("Set off")
        self._next("Arrive")
        self._take_photo()
        self._open("Parts Used")
        phone.tap('.chip', "Capacitor")
        phone.see('.part-line', "1 × Capacitor")
        phone.tap('.sheet .big', "Ready")
        self._open("Checklist")
        phone.tap('.sheet section:nth-of-type(1) .answer', "Not OK")
        phone.tap('.sheet section:nth-of-type(2) .all-ok')
        phone.tap('.sheet .big', "Ready")
        self._open("Write the Report")
        phone.type('textarea[name=diagnosis]', "Capacitor dead")
        phone.type('textarea[name=solution]', "Capacitor changed")
        phone.tap('.sheet .big', "Save")
        self._open("Let the Customer Sign")
        phone.draw('.signature-pad')
        phone.tap('.sheet .big', "Save")

    def _assert_job_done(self):
        self.assertEqual(self._read(self.visit).state, 'done')
        self.assertRecordValues(self._read(self.order), [{
            'state': 'done', 'diagnosis': "Capacitor dead", 'solution': "Capacitor changed",
            'signed_by': "Li Na"}])
        self.assertTrue(self.order.signature)
        self.assertEqual(self.order.checklist_ids.mapped('result'), ['not_ok', 'ok'])
        self.assertRecordValues(self.order.part_ids, [{
            'product_id': self.capacitor.id, 'product_uom_qty': 1.0, 'state': 'done'}])

    def test_whole_job_with_a_network(self):
        self.phone.open('/my/jobs')
        self.phone.tap('.card.job', "Li Na")
        self._work_until_signed()
        self._next("Complete")
        self.phone.see('.job-page', "This visit is over")
        self.phone.see('.queue-badge', "✓")
        self._assert_job_done()
        photo = self.env['ir.attachment'].search(
            [('res_model', '=', 'aftersales.order'), ('res_id', '=', self.order.id)])
        self.assertEqual(photo.mimetype, 'image/jpeg')
        self.assertEqual(photo.raw[:2], b'\xff\xd8')

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
        self._next("Complete")
        phone.see('.job-page', "This visit is over")
        phone.open('/my/jobs')  # the phone was put away: what was done is still there
        phone.see('.card.job', "Done")
        phone.see('.queue-badge.is-waiting', "↑ 10")
        self.assertEqual(self._read(self.visit).state, 'planned')
        phone.restore_network()
        phone.see('.queue-badge', "✓")
        phone.see('.card.job', "Done")
        self._assert_job_done()
        actions = self.env['aftersales.job.action'].search([('visit_id', '=', self.visit.id)])
        self.assertEqual(len(actions), 10)
        self.assertEqual(set(actions.mapped('state')), {'done'})

    def test_refused_action_shows_its_reason_and_can_be_tried_again(self):
        phone = self.phone
        self.visit._set_state('on_site')
        self.order.write({'solution': "Capacitor changed", 'refusal_reason': "Not at home"})
        self.env['ir.attachment'].create({
            'name': 'photo.jpg', 'res_model': 'aftersales.order', 'res_id': self.order.id,
            'mimetype': 'image/jpeg', 'raw': b'\xff\xd8\xff'})
        self.order.checklist_ids.result = 'ok'
        phone.open(f'/my/jobs#job/{self.visit.id}')
        phone.wait(CACHED)
        self._open("Parts Used")
        phone.see('.sheet', "No part used")
        phone.rest()
        # meanwhile the desk asks for one more check
        self.order.checklist_ids[:1].result = False
        self.env.flush_all()
        phone.tap('.sheet .big', "No part used")
        self._next("Complete")
        phone.tap('.queue-badge.is-refused', "! 1")
        phone.see('.queue-line .reason', "Power is cut")
        phone.rest()
        self.order.checklist_ids.result = 'ok'
        self.env.flush_all()
        phone.tap('.queue-line button', "Try again")
        phone.see('.empty', "Everything has been sent")
        self.assertEqual(self._read(self.order).state, 'done')
