from base64 import b64decode
from datetime import timedelta
from uuid import uuid4

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..common import SIGNATURE
from .common import VisitCommon
from .phone import Phone

CACHED = 'navigator.serviceWorker.controller && Boolean(await caches.match("/my/jobs/data"))'
# a second of the page's clock is ten milliseconds
HURRY = 'setInterval = ((slow) => (work, pause) => slow(work, pause / 100))(setInterval)'


@tagged('post_install', '-at_install')
class TestJobsDay(HttpCase, VisitCommon):
    """What a technician sees and says beside the work: the days ahead, Back, the whole report."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = cls.env.cr.now().replace(microsecond=0)
        cls.order = cls._dispatch(date=cls.now, warranty_id=cls._create_card().id)
        cls.visit = cls.order.visit_ids
        cls.zhou = cls.env['res.partner'].create({'name': "Zhou Ming"})

    def _start(self, before=None, is_on_site=True):
        if is_on_site:
            self.visit._set_state('on_site')
        self.env.flush_all()
        name, page = self.order.name, f'/my/jobs#job/{self.visit.id}'
        phone = self.phone = Phone(self, 'technician')
        if before:
            phone.run_first(before)
        phone.open('/my/jobs')
        phone.see('.card.job', "Li Na")
        phone.open(page)
        phone.see('.job-page', name)
        return phone

    def test_days_ahead_are_shown_and_not_those_of_others(self):
        self._dispatch(date=self.now + timedelta(days=2), partner_id=self.zhou.id)
        other = self.env['res.partner'].create({'name': "Sun Li"})
        self._dispatch(date=self.now + timedelta(days=2), partner_id=other.id,
                       technician=self.other_technician)
        self._dispatch(date=self.now + timedelta(days=30), partner_id=self.customer.id)
        coming = self.env['aftersales.visit'].with_user(self.technician)._get_upcoming_jobs()
        self.assertEqual([job['customer'] for job in coming], ["Zhou Ming"])
        self.env.flush_all()
        phone = Phone(self, 'technician')
        phone.open('/my/jobs')
        phone.see('.is-coming', "Zhou Ming")

    def test_new_job_is_seen_without_a_tap_and_follows_the_one_that_ends(self):
        phone = self._start(before=HURRY)
        with phone.at_rest():
            self._dispatch(date=self.now, partner_id=self.zhou.id)
        phone.wait('document.body.innerText.includes("Li Na")')
        phone.tap('button', "Visit failed")
        phone.tap('.sheet .chip', "Customer not at home")
        phone.tap('.sheet .big')
        phone.see('.empty', "This visit is over")
        phone.tap('.next .big', "Zhou Ming")
        phone.see('h1', "Zhou Ming")
        phone.see('.next .big', "Set off")

    def test_back_closes_the_sheet_before_it_leaves_the_job(self):
        phone = self._start()
        phone.tap('.tile', "Report")
        phone.type('textarea[name=solution]', "Capacitor changed")
        phone.ask('history.back()')
        phone.miss('.sheet')
        phone.see('.job-page')
        phone.tap('.tile', "Report")
        # what was written is still there
        phone.wait('document.querySelector("textarea[name=solution]").value'
                   ' === "Capacitor changed"')
        phone.tap('.sheet .plain', "Back")
        phone.miss('.sheet')
        phone.ask('history.back()')
        phone.miss('.job-page')
        phone.see('h1', "My Jobs")

    def test_report_says_all_that_is_printed(self):
        phone = self._start()
        with phone.at_rest():
            codes = {kind: self.env['aftersales.diagnosis.code'].search(
                [('kind', '=', kind), ('categ_id', '=', False)], limit=1)
                for kind in ('symptom', 'cause', 'remedy')}
            ids = {kind: code.id for kind, code in codes.items()}
        phone.tap('.tile', "Report")
        phone.type('textarea[name=solution]', "Capacitor changed")
        for kind, code_id in ids.items():
            phone.see(f'select[name={kind}_id]')
            phone.ask(f'''(() => {{
                const el = document.querySelector("select[name={kind}_id]");
                el.value = "{code_id}";
                el.dispatchEvent(new Event("change", {{ bubbles: true }}));
            }})()''')
        phone.tap('.more summary')
        words = {'remaining_risk': "Fan bearing is worn", 'advice': "Clean the filter",
                 'customer_remark': "Very quick"}
        for name, text in words.items():
            phone.type(f'textarea[name={name}]', text)
        phone.tap('.sheet .big', "Save")
        phone.miss('.sheet')
        phone.see('.queue-badge', "✓")
        phone.settle()
        with phone.at_rest():
            self.assertRecordValues(self.order, [{
                **words, **{f'{kind}_id': code_id for kind, code_id in ids.items()}}])

    def test_code_of_another_category_is_refused(self):
        category = self.env['product.category'].create({'name': "Trains"})
        code = self.env['aftersales.diagnosis.code'].create({
            'name': "Derailed", 'code': 'X1', 'categ_id': category.id})
        for code_id in (code.id, 10 ** 9):
            [answer] = self.env['aftersales.job.action'].with_user(self.technician)._handle_batch([{
                'uuid': str(uuid4()), 'kind': 'report', 'visit_id': self.visit.id,
                'order_id': self.order.id,
                'payload': {'solution': "Done", 'symptom_id': code_id}}])
            self.assertEqual(answer['status'], 'refused')
            self.assertIn("not offered for the product", answer['message'])
        self.assertFalse(self.order.symptom_id)

    def test_unknown_code_of_a_part_comes_back_into_its_field(self):
        phone = self._start()
        phone.tap('.tile', "Parts")
        phone.type('input[name=code]', "CAP-5O")
        phone.tap('.sheet .add', "Add")
        phone.see('.sheet .refusal', "No part has the code")
        phone.wait('document.querySelector("input[name=code]").value === "CAP-5O"')

    def test_wrong_tap_on_set_off_is_taken_back(self):
        phone = self._start(is_on_site=False)
        phone.next("Call")
        phone.next("Set off")
        phone.tap('button', "Not on the way yet")
        phone.see('.next .big', "Set off")
        phone.see('.queue-badge', "✓")
        phone.settle()
        with phone.at_rest():
            self.assertRecordValues(self.visit, [{'state': 'planned', 'date_left': False}])
            self.assertFalse(self.order._is_message_needed('on_way'))
        phone.next("Set off")
        phone.next("Arrive")
        phone.see('.next .big', "Take a Photo")
        phone.see('.queue-badge', "✓")
        phone.settle()
        with phone.at_rest():
            self.assertEqual(self.visit.state, 'on_site')
            # who has arrived has begun: the clock of the arrival has stopped
            with self.assertRaises(UserError):
                self.visit.action_undo_set_off()

    def test_wish_for_another_time_reaches_the_desk(self):
        phone = self._start(is_on_site=False)
        phone.next("Call")
        phone.tap('.call-result', "Result of the Call")
        phone.tap('.sheet .chip', "Wants Another Time")
        phone.wait('document.querySelector(".sheet .big").disabled')
        wish = self.now + timedelta(days=3)
        phone.enter('input[name=wish]', f'{wish:%Y-%m-%d}T09:30')
        phone.type('textarea[name=note]', "Works until nine")
        phone.tap('.sheet .big', "Save")
        phone.see('.job-page', "Works until nine")
        phone.see('.queue-badge', "✓")
        phone.settle()
        with phone.at_rest():
            self.assertEqual(f'{self.order.date_wanted:%Y-%m-%d}', f'{wish:%Y-%m-%d}')
            self.assertIn("Works until nine", self.order.activity_ids.note)
            self.assertEqual(self.order.activity_ids.user_id, self.agent)

    def test_words_and_photos_of_the_customer_reach_the_technician_alone(self):
        order = self.order
        words, note = "The display shows E4", "Pays late"
        order.message_post(
            body=words, author_id=self.customer.id, message_type='comment',
            subtype_xmlid='mail.mt_comment', attachments=[('display.png', b64decode(SIGNATURE))])
        order.message_post(body=note, message_type='comment')
        photo = order.message_ids.attachment_ids
        link = f'/my/jobs/{self.visit.id}/photo/{order.id}/{photo.id}'
        phone = self._start()
        phone.see('.words', "The display shows E4")
        phone.see(f'.words img[src^="{link}"]')
        self.assertNotIn("Pays late", phone.ask('document.body.innerText'))
        phone.close()
        for login, status in (('technician', 200), ('other_technician', 404)):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(link).status_code, status)
        inside = self.env['ir.attachment'].create({
            'name': 'desk.png', 'res_model': order._name, 'res_id': order.id,
            'raw': b64decode(SIGNATURE)})
        self.authenticate('technician', 'technician')
        link = link.replace(str(photo.id), str(inside.id))
        self.assertEqual(self.url_open(link).status_code, 404)
