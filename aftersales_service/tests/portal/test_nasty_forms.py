import base64

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from ..common import SIGNATURE
from ..outlet.common import OutletCommon
from ..returns.common import ReturnsCommon

PICTURE = base64.b64decode(SIGNATURE)
SCRIPT = '<script>alert(1)</script>'
DRAWING = f'<svg xmlns="http://www.w3.org/2000/svg">{SCRIPT}</svg>'.encode()
NO_PHOTOS = {
    'drawing.svg': DRAWING, 'drawing.png': DRAWING, 'page.html': SCRIPT.encode(), 'none.png': b'',
    'large.png': PICTURE + bytes(2 ** 20)}
TOO_LONG = "It hums. " * 20_000
MUCH_TOO_LARGE = 10 ** 15


@tagged('post_install', '-at_install')
class TestNastyForms(HttpCase, ReturnsCommon, OutletCommon):
    """What no browser sends: each form answers with a sentence or a refusal, never a trace."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.aftersales_photo_limit = 1
        cls.owner = new_test_user(cls.env, 'owner', 'base.group_portal', name="Wang Fang")
        cls.stranger = new_test_user(cls.env, 'stranger', 'base.group_portal')
        cls._sell_units(['P-1'], partner=cls.owner.partner_id)
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.owner.partner_id.id, 'site_id': cls.customer.id,
            'warranty_id': cls.card.id, 'outlet_id': cls.north.id})
        cls.order.action_offer_to_outlet()
        cls.order.with_user(cls.wang).action_accept_offer()
        cls.north.manager_id = cls.wang
        cls.page = f'/my/service/{cls.order.id}'
        cls.outlet_page = f'/my/outlet/{cls.order.id}'
        cls.return_page = f'/my/returns/new/{cls.card.id}'
        cls.ground = cls.env['aftersales.warranty.exclusion'].create({'name': "Opened"})

    def setUp(self):
        super().setUp()
        self._log_in('owner')

    def _log_in(self, login):
        self.authenticate(login, login)

    def _post(self, url, files=None, **values):
        return self.url_open(
            url, data={'csrf_token': http.Request.csrf_token(self), **values}, files=files)

    def _get_made(self):
        """Return what the owner asked for in the test."""
        return (
            self.env['aftersales.order'].search([('channel', '=', 'portal')]),
            self.env['aftersales.return'].search([('is_portal', '=', True)]))

    def _ask(self, files=None, **values):
        """Fill in both forms of the owner; return their answers."""
        return [
            self._post('/my/service/new', files, **{'description': "It hums", **values}),
            self._post(self.return_page, files, **{
                'description': "It hums", 'reason_id': self.faulty.id, **values})]

    def _assert_refused(self, pages, sentence):
        for page in pages:
            with self.subTest(url=page.request.url):
                self.assertEqual(page.status_code, 200)
                self.assertIn(sentence, page.text)
        self.assertFalse(any(self._get_made()))

    # === THE CUSTOMER'S FORMS === #

    def test_text_too_long_to_read(self):
        self._assert_refused(
            self._ask(description=TOO_LONG), "Please write no more than 10000 characters")
        for action, values in (('cancel', {'reason': TOO_LONG}),
                               ('rate', {'rate': '5', 'words': TOO_LONG})):
            page = self._post(f'{self.page}/{action}', **values)
            self.assertIn("Please write no more than 10000 characters", page.text)
        self.assertEqual(self.order.state, 'registered')

    def test_control_characters_are_left_out(self):
        for page in self._ask(description="It\x00 hums\x1b[0m", phone="\x00650", serial="\x00"):
            self.assertEqual(page.status_code, 200)
        order, record = self._get_made()
        self.assertEqual(order.description, "It hums[0m")
        self.assertEqual(record.description, "It hums[0m")
        self._post(f'{self.page}/cancel', reason="Bought\x00 a new one")
        self.assertEqual(self.order.close_reason, "Bought a new one")

    def test_markup_is_shown_as_text(self):
        self._post('/my/service/new', description=SCRIPT, serial=SCRIPT, phone=SCRIPT, files=[
            ('photos', (f'{SCRIPT}.png', PICTURE, 'image/png'))])
        self._post(self.return_page, description=SCRIPT, reason_id=self.faulty.id, files=[
            ('photos', (f'{SCRIPT}.png', PICTURE, 'image/png'))])
        for document in self._get_made():
            self.assertEqual(document.description, SCRIPT)
            self.assertNotIn(SCRIPT, self.url_open(document.get_portal_url()).text)
        self.assertNotIn(SCRIPT, self._post(
            '/my/service/new', description="", serial=SCRIPT).text)

    def test_photos_that_are_none(self):
        for name, content in NO_PHOTOS.items():
            with self.subTest(name=name):
                files = [('photos', (name, content, 'image/png'))]
                self._assert_refused(self._ask(files), name)

    def test_photo_is_kept_as_a_picture_whatever_it_is_called(self):
        self._ask([('photos', ('../page.html', PICTURE, 'text/html'))])
        order, record = self._get_made()
        for photo in order.message_ids.attachment_ids | record.photo_ids:
            self.assertEqual((photo.name, photo.mimetype), ('page.html.png', 'image/png'))

    def test_file_in_place_of_words(self):
        files = [(name, ('words.txt', b'It hums', 'text/plain'))
                 for name in ('description', 'serial', 'phone', 'kind')]
        self._assert_refused([
            self._post('/my/service/new', files),
            self._post(self.return_page, files, reason_id=self.faulty.id)], "Tell us in a few")
        for action, name in (('cancel', 'reason'), ('rate', 'words')):
            self.assertEqual(self._post(f'{self.page}/{action}', [
                (name, ('words.txt', b'x', 'text/plain'))]).status_code, 200)

    def test_ids_of_others_and_of_nothing(self):
        other = self._create_card(serial='AC-9')
        reason = self.faulty.copy({'company_id': self.env['res.company'].create(
            {'name': "Abroad"}).id})
        for url in (f'/my/returns/new/{other.id}', f'/my/returns/new/{MUCH_TOO_LARGE}',
                    f'/my/returns/{MUCH_TOO_LARGE}', f'/my/service/{MUCH_TOO_LARGE}',
                    f'/my/warranty/{MUCH_TOO_LARGE}', f'{self.page}/document/none',
                    f'{self.page}/photo/{MUCH_TOO_LARGE}', f'{self.page}/photo/1?width=²'):
            with self.subTest(url=url):
                self.assertEqual(self.url_open(url).status_code, 404)
        for url in (f'/my/service/{MUCH_TOO_LARGE}/cancel', f'/my/service/{MUCH_TOO_LARGE}/rate',
                    f'/my/warranty/{MUCH_TOO_LARGE}/activate',
                    f'/my/warranty/{other.id}/activate',
                    f'/my/warranty/{self.card.id}/recall/{MUCH_TOO_LARGE}'):
            with self.subTest(url=url):
                self.assertEqual(self._post(url).status_code, 404)
        for answer in (reason.id, MUCH_TOO_LARGE, '²', "1 OR 1=1", "-1"):
            page = self._post(self.return_page, reason_id=answer, description="It hums")
            self.assertIn("Choose a reason", page.text)
        self.assertFalse(any(self._get_made()))

    def test_number_nought_and_odd_words_in_an_address(self):
        for url in ('/my/service/0', '/my/warranty/0', '/my/returns/0', '/my/returns/new/0',
                    '/my/jobs/0/test-run/0', '/my/jobs/0/quotation/0', f'{self.page}/photo/0'):
            with self.subTest(url=url):
                self.assertEqual(self.url_open(url).status_code, 404)
        record = self.env['aftersales.return'].create({
            'partner_id': self.owner.partner_id.id, 'reason_id': self.faulty.id})
        words = '&'.join(f'{word}=1' for word in (
            'document', 'values', 'session_history', 'no_breadcrumbs', 'page_name'))
        for page in (self.page, f'/my/warranty/{self.card.id}', f'/my/returns/{record.id}'):
            with self.subTest(page=page):
                self.assertEqual(self.url_open(f'{page}?{words}').status_code, 200)
        self.assertEqual(self.url_open(f'/my/service/17000000?{words}').status_code, 404)
        self._log_in('wang')
        self.assertEqual(self.url_open('/my/outlet/0').status_code, 404)
        for url in '/my/outlet/0/take', '/my/outlet/charges/0/object':
            self.assertEqual(self._post(url).status_code, 404)

    @mute_logger('odoo.http')
    def test_form_of_another_site_is_refused(self):
        for url, values in (
                ('/my/service/new', {'description': "It hums"}),
                (self.return_page, {'description': "It hums", 'reason_id': self.faulty.id}),
                (f'{self.page}/cancel', {'reason': "x"}), (f'{self.page}/remind', {}),
                (f'{self.page}/rate', {'rate': '5'}),
                (f'/my/warranty/{self.card.id}/activate', {}),
                (f'{self.outlet_page}/take', {})):
            for token in ({}, {'csrf_token': 'wrong'}, {
                    'csrf_token': f'{"0" * 40}o9999999999'}):
                with self.subTest(url=url, token=token):
                    self.assertEqual(self.url_open(
                        url, data={**values, **token}, method='POST').status_code, 400)
        self.assertFalse(any(self._get_made()))
        self.assertRecordValues(self.order, [{'state': 'registered', 'reminder_count': 0}])

    def test_actions_are_no_links(self):
        for path in ('cancel', 'remind', 'rate'):
            self.assertIn(self.url_open(f'{self.page}/{path}').status_code, (404, 405))
        self.assertEqual(self.order.reminder_count, 0)

    def test_stars_that_are_none(self):
        self._move_to(self.order, 'done')
        for rate in ('0', '6', '-1', '5.5', 'NaN', '٥', '', '5' * 400):
            self._post(f'{self.page}/rate', rate=rate)
        self.assertFalse(self.order.rating_ids.filtered('consumed'))
        self._post(f'{self.page}/rate', rate='4', words=f"\x00{SCRIPT}")
        self.assertEqual(self.order.rating_ids.feedback, SCRIPT)
        self.assertNotIn(SCRIPT, "".join(self.order.message_ids.mapped('body')))

    def test_signature_of_a_nasty_name(self):
        self._move_to(self.order, 'on_site')
        self.order.write({'signature': False, 'solution': "Filter cleaned"})

        def sign(name, token=None):
            return self.make_jsonrpc_request(f'{self.page}/sign', {
                'access_token': token, 'name': name, 'signature': SIGNATURE})

        for token in ('é', ['x'], {'a': 1}, 12):
            self._log_in('stranger')
            self.assertIn('error', sign("Li", token))
        self.assertFalse(self.order.signature)
        self._log_in('owner')
        self.assertNotIn('error', sign(f"Li\x00{SCRIPT}" + "x" * 5000))
        self.assertEqual(self.order.signed_by, f"Li{SCRIPT}" + "x" * (100 - 2 - len(SCRIPT)))
        self.assertNotIn(SCRIPT, self.url_open(self.order.get_portal_url()).text)

    # === THE OUTLET'S FORMS === #

    def test_outlets_forms(self):
        self._log_in('wang')
        sheet = {'responsibility': 'maker', 'remedy': 'repair', 'test_results': "It hums",
                 'conclusion': "It hums"}
        for action, values in (
                ('decline', {'reason': TOO_LONG}), ('hand_over', {'reason': TOO_LONG}),
                ('appraise', {**sheet, 'conclusion': TOO_LONG}),
                ('exclude', {'exclusion_id': self.ground.id, 'note': TOO_LONG})):
            with self.subTest(action=action):
                page = self._post(f'{self.outlet_page}/{action}', **values)
                self.assertIn("Please write no more than 10000 characters", page.text)
        for action, values in (
                ('assign', {'technician_id': MUCH_TOO_LARGE, 'date_planned': "\x00"}),
                ('assign', {'technician_id': '²', 'date_planned': '0001-01-01T00:00'}),
                ('hand_over', {'technician_id': "'; --", 'reason': "\x00"}),
                ('exclude', {'exclusion_id': MUCH_TOO_LARGE}),
                ('exclude', {'exclusion_id': "None"}),
                ('appraise', {**sheet, 'remedy': SCRIPT}),
                ('appraise', {**sheet, 'fault_kind': "\x00"})):
            with self.subTest(action=action, values=values):
                page = self._post(f'{self.outlet_page}/{action}', **values)
                self.assertEqual(page.status_code, 200)
                self.assertNotIn(SCRIPT, page.text)
        self.assertFalse(self.order.technician_id or self.order.exclusion_ids)

    def test_outlets_files(self):
        self._log_in('wang')
        for name, content in NO_PHOTOS.items():
            with self.subTest(name=name):
                page = self._post(f'{self.outlet_page}/exclude', [
                    ('photos', (name, content, 'image/png'))], exclusion_id=self.ground.id)
                self.assertIn('alert-danger', page.text)
        self.assertFalse(self.order.exclusion_ids)
        for action, name in (('assign', 'technician_id'), ('assign', 'date_planned'),
                             ('decline', 'reason'), ('exclude', 'note'),
                             ('appraise', 'conclusion')):
            with self.subTest(action=action, name=name):
                self.assertEqual(self._post(f'{self.outlet_page}/{action}', [
                    (name, ('words.txt', b'x', 'text/plain'))]).status_code, 200)

    def test_outlets_ids(self):
        self._log_in('wang')
        for url in (f'/my/outlet/{MUCH_TOO_LARGE}', f'/my/outlet/{MUCH_TOO_LARGE}/take',
                    f'{self.outlet_page}/unlink', f'{self.outlet_page}/__class__'):
            with self.subTest(url=url):
                self.assertEqual(self._post(url).status_code, 404)
