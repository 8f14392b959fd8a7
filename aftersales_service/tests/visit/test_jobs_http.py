import json
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException, new_test_user
from odoo.tools import mute_logger
from odoo.tools.translate import code_translations

from .common import VisitCommon

ACTION = {'uuid': '0e7f3c52-1111-4222-8333-444455556666', 'kind': 'call', 'payload': {}}


@tagged('post_install', '-at_install')
class TestJobsHttp(HttpCase, VisitCommon):
    """The phone's routes: technician, colleague, outlet, customer and anonymous."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.env.cr.now().replace(hour=12, minute=0, second=0, microsecond=0)
        cls.order = cls._dispatch(date=today)
        cls.visit = cls.order.visit_ids
        cls.stranger = new_test_user(
            cls.env, 'stranger', 'base.group_portal', password='stranger')

    def _read_jobs(self):
        return self.url_open('/my/jobs/data').json()['jobs']

    def _send(self, **values):
        [answer] = self.make_jsonrpc_request('/my/jobs/actions', {
            'actions': [ACTION | {'visit_id': self.visit.id} | values]})
        return answer

    def test_technician_reads_own_jobs_and_acts(self):
        self.authenticate('technician', 'technician')
        self.assertIn('assets_jobs', self.url_open('/my/jobs').text)
        [job] = self._read_jobs()
        self.assertEqual((job['id'], job['customer']), (self.visit.id, "Li Na"))
        self.assertEqual(self._send()['status'], 'done')
        self.assertEqual(self._send()['status'], 'already_done')
        self.assertTrue(self.visit.date_called)

    def test_page_that_no_module_answers_for_is_not_there(self):
        self.authenticate('technician', 'technician')
        self.assertEqual(self.url_open('/my/jobs/data/exams').status_code, 404)
        self.assertEqual(self.url_open('/my/jobs/data/jobs').json()['user_id'],
                         self.technician.id)

    def test_words_of_all_installed_modules_of_the_suite_are_there(self):
        words = {'aftersales_service': "Serial", 'aftersales_other': "Exam", 'sale': "Order"}
        with patch.object(
                self.env.registry['ir.module.module'], '_installed',
                lambda modules: dict.fromkeys(words, 1)), patch.object(
                code_translations, 'get_web_translations', lambda module, lang: {
                    'messages': [{'id': words[module], 'string': f"{lang} {words[module]}"}]}):
            terms = self.technician._prepare_mobile_config()['terms']
        self.assertEqual(terms, {"Serial": "en_US Serial", "Exam": "en_US Exam"})

    def test_one_bad_action_leaves_the_others(self):
        self.authenticate('technician', 'technician')
        kinds = 'call', 'complete', 'set_off'
        answers = self.make_jsonrpc_request('/my/jobs/actions', {'actions': [
            ACTION | {'uuid': f'batch-of-three-{kind.replace("_", "-")}', 'kind': kind,
                      'visit_id': self.visit.id} for kind in kinds]})
        self.assertEqual([answer['status'] for answer in answers], ['done', 'refused', 'done'])
        self.assertEqual(answers[1]['message'], "Say which unit is meant.")
        self.assertEqual(self.visit.state, 'on_way')

    def test_colleague_sees_no_foreign_job(self):
        self.authenticate('other_technician', 'other_technician')
        self.assertEqual(self._read_jobs(), [])
        answer, missing = self._send(), self._send(uuid='other-number', visit_id=999_999_999)
        self.assertEqual(answer['status'], 'refused')
        self.assertEqual(answer['message'], missing['message'])

    def test_outlet_technician_uses_the_same_page(self):
        self.order.outlet_id = self.outlet
        self.visit.technician_id = self.outlet_technician
        self.authenticate('outlet_technician', 'outlet_technician')
        self.assertEqual(self.url_open('/my/jobs').status_code, 200)
        self.assertEqual([job['id'] for job in self._read_jobs()], [self.visit.id])
        self.assertEqual(self._send()['status'], 'done')
        self.assertIn('href="/my/jobs"', self.url_open('/my').text)

    def test_member_of_an_outlet_opens_the_page_before_the_first_job(self):
        self.authenticate('outlet_technician', 'outlet_technician')
        self.assertEqual(self.url_open('/my/jobs').status_code, 200)
        self.assertEqual(self._read_jobs(), [])
        self.outlet.member_ids = False
        self.assertEqual(self.url_open('/my/jobs').status_code, 404)

    def test_test_run_slip_is_for_its_technician(self):
        self.order.write({'test_result': 'passed', 'test_note': "16 degrees"})
        url = f'/my/jobs/{self.visit.id}/test-run/{self.order.id}'
        self.authenticate('technician', 'technician')
        self.assertIn("16 degrees", self.url_open(url).text)
        foreign = self._dispatch(technician=self.other_technician)
        for page in (f'/my/jobs/{self.visit.id}/test-run/{foreign.id}',
                     f'/my/jobs/{foreign.visit_ids.id}/test-run/{foreign.id}'):
            self.assertEqual(self.url_open(page).status_code, 404)
        for login in 'other_technician', 'outlet_technician', 'stranger':
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, 404)

    def test_customer_finds_nothing(self):
        self.authenticate('stranger', 'stranger')
        for url in ('/my/jobs', '/my/jobs/data'):
            self.assertEqual(self.url_open(url).status_code, 404)
        self.assertNotIn('href="/my/jobs"', self.url_open('/my').text)
        with mute_logger('odoo.http'), self.assertRaisesRegex(JsonRpcException, "AccessError"):
            self._send()
        self.assertFalse(self.visit.date_called)
        self.assertFalse(self.env['aftersales.job.action'].search(
            [('user_id', '=', self.stranger.id)]))

    def test_only_technicians_phones_send_actions(self):
        for login in 'employee', 'agent':
            self.authenticate(login, login)
            with self.subTest(login=login), mute_logger('odoo.http'), (
                    self.assertRaisesRegex(JsonRpcException, "AccessError")):
                self._send()
        # who had the visit leaves late work
        self.order.technician_id = self.other_technician
        self.technician.group_ids -= self.env.ref(
            'aftersales_service.group_aftersales_technician')
        self.authenticate('technician', 'technician')
        self.assertEqual(self._send()['status'], 'late')

    def test_quotation_is_read_on_the_phone_without_the_customers_key(self):
        self.env['aftersales.labour'].create(
            {'order_id': self.order.id, 'product_id': self.hour.id, 'quantity': 2.0})
        self.order.outlet_id = self.outlet
        self.visit.technician_id = self.outlet_technician
        url = f'/my/jobs/{self.visit.id}/quotation/{self.order.id}'
        self.authenticate('outlet_technician', 'outlet_technician')
        self.assertEqual(self.url_open(url).status_code, 404)  # none yet
        self.order.action_create_quotation()
        sale = self.order.sale_order_ids
        key = sale._portal_ensure_token()
        data = self.url_open('/my/jobs/data').text
        self.assertIn('"has_quotation": true', data)
        self.assertNotIn(key, data)
        page = self.url_open(url)
        self.assertEqual(page.status_code, 200)
        self.assertIn(sale.name, page.text)
        self.assertNotIn(key, page.text)
        self.assertNotIn('access_token', page.text)
        for login in 'other_technician', 'stranger', 'technician':
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, 404)

    def test_anonymous_is_asked_to_log_in(self):
        for url in ('/my/jobs', '/my/jobs/data'):
            self.assertIn('/web/login', self.url_open(url).url)
        with mute_logger('odoo.http'), self.assertRaisesRegex(JsonRpcException, "Session"):
            self._send()

    def test_unreadable_batch_is_one_clear_error(self):
        self.authenticate('technician', 'technician')
        with mute_logger('odoo.http'), self.assertRaisesRegex(JsonRpcException, "UserError"):
            self.make_jsonrpc_request('/my/jobs/actions', {'actions': "all of them"})

    def test_worker_and_manifest_serve_the_page_only(self):
        worker = self.url_open('/my/jobs/service-worker.js')
        self.assertEqual(worker.headers['Service-Worker-Allowed'], '/my/jobs')
        self.assertIn('javascript', worker.headers['Content-Type'])
        manifest = json.loads(self.url_open('/my/jobs/manifest.webmanifest').text)
        self.assertEqual(manifest['scope'], '/my/jobs')

    def test_names_cannot_end_the_pages_script(self):
        self.technician.name = "</script><script>alert(1)</script>"
        self.authenticate('technician', 'technician')
        self.assertNotIn("<script>alert", self.url_open('/my/jobs').text)
