import json
import tempfile
from pathlib import Path

from PIL import Image

from odoo.http import root
from odoo.tests import HttpCase, tagged

from .common import VisitCommon
from .phone import Phone

CACHED = 'navigator.serviceWorker.controller && Boolean(await caches.match("/my/jobs/data"))'
# a second of the page's clock is fifty milliseconds
HURRY = 'setInterval = ((slow) => (work, pause) => slow(work, pause / 20))(setInterval)'
# what is written on a photo, by the page's own hand
SPY = '''(() => {
    window.marks = [];
    const { prototype } = CanvasRenderingContext2D;
    const write = prototype.fillText;
    prototype.fillText = function (text, ...place) {
        window.marks.push(text);
        return write.call(this, text, ...place);
    };
    document.querySelector(".sheet input.camera").click = () => {};
})()'''


@tagged('post_install', '-at_install')
class TestJobsTrouble(HttpCase, VisitCommon):
    """What goes wrong with a phone: its session ends, its memory is full, a thumb taps twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.technician.password = 'technician'  # is typed
        # a log-in takes the zone of the browser: now is today in all of them
        cls.now = cls.env.cr.now().replace(microsecond=0)
        cls.order = cls._dispatch(date=cls.now)
        cls.visit = cls.order.visit_ids

    def _start(self, is_on_site=True, before=None):
        if is_on_site:
            self.visit._set_state('on_site')
        self.env.flush_all()
        # read before the page is open: its requests share the cursor
        name, page = self.order.name, f'/my/jobs#job/{self.visit.id}'
        self.phone = Phone(self, 'technician')
        if before:
            self.phone.run_first(before)
        self.phone.open(page)
        self.phone.see('.job-page', name)
        return self.phone

    def _get_actions(self):
        return self.env['aftersales.job.action'].search([('visit_id', '=', self.visit.id)])

    def _plan_another_job(self):
        with self.phone.at_rest():
            customer = self.env['res.partner'].create({'name': "Zhou Ming"})
            self._dispatch(date=self.now, partner_id=customer.id)

    # === SESSION AND NETWORK === #

    def test_session_that_ends_without_a_network_loses_nothing(self):
        phone = self._start(is_on_site=False)
        phone.wait(CACHED)
        phone.cut_network()
        phone.next("Call")
        phone.see('.queue-badge.is-waiting', "↑ 1")
        with phone.at_rest():
            root.session_store.delete(self.session)
        phone.restore_network()
        phone.tap('.queue-badge')
        phone.see('.card h2', "Waiting until you log in again")
        phone.tap('.notice a', "Log in again")
        phone.type('input[name=login]', 'technician')
        phone.type('input[name=password]', 'technician')
        phone.tap('button[type=submit]')
        phone.see('.card.job', "Li Na")
        phone.see('.queue-badge', "✓")
        with phone.at_rest():
            self.assertTrue(self.visit.date_called)

    def test_reader_is_notified_when_the_network_is_back(self):
        phone = self._start()
        phone.wait(CACHED)
        phone.cut_network()
        phone.open('/my/jobs')
        phone.see('.notice', "No network")
        phone.see('.card.job', "Li Na")
        self._plan_another_job()
        phone.restore_network()
        phone.see('.card.job', "Zhou Ming")
        phone.miss('.notice')

    def test_network_that_comes_back_unannounced_is_found(self):
        phone = self._start(before=HURRY)
        phone.wait(CACHED)
        phone.cut_network()
        phone.tap('.tile', "Report")
        phone.type('textarea[name=solution]', "Capacitor changed")
        phone.tap('.sheet .big', "Save")
        phone.see('.queue-badge.is-waiting', "↑ 1")
        phone.see('.notice', "No network")
        phone.restore_network(is_announced=False)
        phone.see('.queue-badge', "✓")
        with phone.at_rest():
            self.assertEqual(self.order.solution, "Capacitor changed")

    def test_phone_out_of_the_pocket_shows_what_was_planned_meanwhile(self):
        phone = self._start()
        phone.open('/my/jobs')
        phone.see('.card.job', "Li Na")
        phone.settle()
        self._plan_another_job()
        phone.ask('document.dispatchEvent(new Event("visibilitychange"))')
        phone.see('.card.job', "Zhou Ming")

    # === HANDS AND MEMORY === #

    def test_thumb_that_taps_twice_reports_once(self):
        phone = self._start()
        phone.tap('button.danger', "Accident")
        phone.tap('.sheet .chip', "Electricity")
        phone.type('.sheet textarea[name=description]', "A spark")
        phone.see('.sheet .big:not(:disabled)', "Report Accident")
        phone.hammer('.sheet .big', "Report Accident")
        phone.hammer('button.danger', "Accident")  # lies below: no second, empty sheet
        phone.miss('.sheet')
        phone.wait('performance.getEntriesByType("resource").some('
                   '(entry) => entry.name.endsWith("/my/jobs/actions"))')
        phone.see('.queue-badge', "✓")
        with phone.at_rest():
            self.assertEqual(self._get_actions().mapped('kind'), ['accident'])
        phone.miss('.sheet')

    def test_second_tap_of_a_thumb_is_not_about_the_step_that_has_just_appeared(self):
        phone = self._start(is_on_site=False)
        phone.next("Call")
        phone.see('.next .big', "Set off")
        phone.ask('document.querySelector(".next .big").dispatchEvent('
                  'new MouseEvent("click", { detail: 2, bubbles: true }))')
        phone.see('.next .big', "Set off")
        phone.next("Set off")
        phone.see('.next .big', "Arrive")
        phone.see('.queue-badge', "✓")
        with phone.at_rest():
            self.assertEqual(self.visit.state, 'on_way')
            self.assertEqual(sorted(self._get_actions().mapped('kind')), ['call', 'set_off'])

    def test_report_stays_open_while_the_phone_cannot_keep_it(self):
        phone = self._start()
        phone.tap('.tile', "Report")
        phone.type('textarea[name=solution]', "Capacitor changed")
        phone.ask('(() => { const { prototype } = IDBObjectStore; window.put = prototype.put;'
                  ' prototype.put = () => { throw new Error("full"); }; })()')
        phone.tap('.sheet .big', "Save")
        phone.see('.sheet .notice', "Is its memory full?")
        phone.ask('IDBObjectStore.prototype.put = window.put')
        phone.tap('.sheet .big', "Save")
        phone.miss('.sheet')
        phone.see('.queue-badge', "✓")
        with phone.at_rest():
            self.assertEqual(self.order.solution, "Capacitor changed")

    def test_waiting_quotation_is_named(self):
        self.env['aftersales.labour'].create(
            {'order_id': self.order.id, 'product_id': self.hour.id})
        phone = self._start()
        phone.see('.unit button', "Make the Quotation")
        phone.cut_network()
        phone.tap('.unit button', "Make the Quotation")
        phone.tap('.queue-badge.is-waiting', "↑ 1")
        phone.see('.queue-line', "Make the Quotation")

    # === PHOTOS === #

    def _photograph(self):
        """Take a photo in the sheet that is open; the order's number is written on it."""
        phone = self.phone
        with phone.at_rest():
            number = self.order.name
        phone.see('.sheet button', "Take a Photo")
        phone.ask(SPY)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / 'photo.jpg'
            Image.new('RGB', (800, 600), (90, 140, 90)).save(path)
            phone.choose_file('.sheet input.camera', path)
            phone.see('.sheet img.preview')
        phone.wait(f'window.marks.at(-1) === {json.dumps(number)}')

    def test_file_that_is_no_photo_is_refused_where_it_is_seen(self):
        phone = self._start()
        phone.ask('document.querySelector("main > input.camera").click = () => {}')
        phone.next("Take a Photo")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / 'photo.jpg'
            path.write_bytes(b"a letter")
            phone.choose_file('main > input.camera', path)
            phone.see('.next .notice', "This file is not a photo.")

    def test_photo_of_an_accident_names_its_order(self):
        phone = self._start()
        phone.tap('button.danger', "Accident")
        self._photograph()

    def test_photo_of_an_unsigned_job_names_its_order(self):
        phone = self._start()
        phone.tap('.tile', "Sign")
        phone.tap('.sheet .chip', "Does not sign")
        self._photograph()
