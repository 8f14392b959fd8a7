import base64
from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged, users
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from ..common import SIGNATURE
from ..visit.common import VisitCommon

PLACE = {'latitude': 31.2, 'longitude': 121.5}
NOTHING = {'signature': False, 'handover_signature': False, 'return_signature': False,
           'signed_by': False}


class ErasureCommon(VisitCommon):
    """Orders with everything about a person that an order can hold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_template({'name': "Picture of the socket", 'needs_photo': True,
                              'phase': 'after'})
        cls.orders = cls._dispatch(3)
        cls.closed, cls.late, cls.open = cls.orders
        cls.other = cls._dispatch(date='2026-06-03 08:00:00')
        for order in cls.orders | cls.other:
            cls._fill(order)
        for order, days in ((cls.closed, 100), (cls.late, 10), (cls.other, 100)):
            order.date_closed = fields.Datetime.now() - timedelta(days=days)

    @classmethod
    def _fill(cls, order):
        order.visit_ids.sudo().write(PLACE)
        order.checklist_ids.photo = SIGNATURE
        order.write({
            'signature': SIGNATURE, 'handover_signature': SIGNATURE,
            'return_signature': SIGNATURE, 'signed_by': "Li Na", 'solution': "Capacitor changed"})
        cls.env['ir.attachment'].create([
            {'name': name, 'res_model': order._name, 'res_id': order.id, 'raw': content}
            for name, content in (('photo.png', cls._picture()), ('invoice.txt', b"Total 12"))])

    @classmethod
    def _picture(cls):
        return base64.b64decode(SIGNATURE)

    def _read_data(self, order):
        """Return what the order still holds: signatures, photos, checks with photo, place."""
        order = order.sudo()
        order.invalidate_recordset()
        return (
            sum(bool(order[name]) for name in NOTHING), len(order.picture_ids),
            len(order.checklist_ids.filtered('photo')), bool(order.visit_ids.latitude))


@tagged('post_install', '-at_install')
class TestRetention(ErasureCommon):
    """What the company no longer keeps goes by itself; orders under way keep everything."""

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                'aftersales_service.ir_cron_aftersales_erase_expired').method_direct_trigger()
        self.env.invalidate_all()

    def test_nothing_goes_without_a_period(self):
        self._run_cron()
        self.assertEqual(self._read_data(self.closed), (4, 1, 1, True))
        self.assertFalse(self.env['aftersales.erasure'].search([]))

    def test_each_kind_has_its_period(self):
        self.env.company.aftersales_signature_days = 30
        self._run_cron()
        self.assertEqual(self._read_data(self.closed), (0, 1, 1, True))
        self.assertEqual(self._read_data(self.late), (4, 1, 1, True))
        self.env.company.aftersales_photo_days = 5
        self._run_cron()
        self.assertEqual(self._read_data(self.closed), (0, 0, 0, True))
        self.assertEqual(self._read_data(self.late), (4, 0, 0, True))

    def test_open_orders_are_never_touched(self):
        self.env.company.write({
            'aftersales_position_days': 1, 'aftersales_photo_days': 1,
            'aftersales_signature_days': 1})
        self._run_cron()
        self.assertEqual(self._read_data(self.open), (4, 1, 1, True))
        # the position of the common visit is the open order's as well
        self.assertEqual(self._read_data(self.closed), (0, 0, 0, True))
        self.assertEqual(self._read_data(self.other), (0, 0, 0, False))

    def test_common_visit_counts_as_its_last_order(self):
        self.open.date_closed = fields.Datetime.now() - timedelta(days=1)
        self.env.company.aftersales_position_days = 30
        self._run_cron()
        self.assertTrue(self.closed.visit_ids.latitude)
        self.orders.date_closed = fields.Datetime.now() - timedelta(days=31)
        self._run_cron()
        self.assertFalse(self.closed.visit_ids.latitude)

    def test_orders_that_were_closed_later_keep_theirs(self):
        """The rule judges the records, not only the search that found them."""
        limit = fields.Datetime.now() - timedelta(days=30)
        counts = (self.closed | self.late)._erase_personal_data(['signature'], 'retention', limit)
        self.assertEqual(counts['signature'], 3)
        self.assertEqual(
            [self._read_data(order)[0] for order in (self.closed, self.late)], [0, 4])

    def test_photo_of_who_did_not_sign_goes(self):
        self.other.write({'refusal_reason': "In a hurry", 'refusal_photo': SIGNATURE})
        self.other.picture_ids.unlink()
        self.other.checklist_ids.photo = False
        self.closed.date_closed = fields.Datetime.now()
        self.env.company.aftersales_photo_days = 30
        self._run_cron()
        self.assertFalse(self.other.refusal_photo)
        self.assertEqual(self.other.refusal_reason, "In a hurry")
        self.assertIn("Photos (1)", self.other.message_ids[0].body)

    def test_words_and_papers_stay(self):
        self.env.company.write({'aftersales_photo_days': 1, 'aftersales_signature_days': 1})
        self._run_cron()
        self.assertEqual(self.closed.solution, "Capacitor changed")
        self.assertEqual(self.env['ir.attachment'].search(
            [('res_model', '=', 'aftersales.order'), ('res_id', '=', self.closed.id)]).name,
            'invoice.txt')

    def test_archived_orders_lose_theirs_too(self):
        self.closed.active = False
        self.env.company.aftersales_signature_days = 30
        self._run_cron()
        self.assertEqual(self._read_data(self.closed)[0], 0)

    def test_note_tells_when_and_how_much(self):
        self.env.company.aftersales_signature_days = 30
        self._run_cron()
        note = self.env['aftersales.erasure'].search([])
        self.assertRecordValues(note, [{
            'reason': 'retention', 'user_id': self.env.ref('base.user_root').id,
            'partner_id': False, 'order_count': 2, 'signature_count': 6, 'photo_count': 0}])
        self.assertIn("Signatures (6)", self.closed.message_ids[0].body)
        self._run_cron()
        self.assertEqual(self.env['aftersales.erasure'].search([]), note)

    def test_other_companies_keep_theirs(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        foreign = self.env['aftersales.order'].create(
            {'company_id': company.id, 'signature': SIGNATURE, 'signed_by': "Li Na"})
        foreign.date_closed = '2020-01-01'
        self.env.company.aftersales_signature_days = 30
        self._run_cron()
        self.assertEqual(self._read_data(foreign)[0], 2)
        with self.assertRaises(AccessError):
            self.env['aftersales.erasure'].create({
                'company_id': company.id, 'reason': 'request', 'user_id': self.env.uid,
            }).with_user(self.manager).read(['reason'])

    def test_batches_do_all(self):
        self.env.company.aftersales_photo_days = 5
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.env['aftersales.order'].with_env(
                self.env(cr=cr))._cron_erase_expired(batch_size=1)
        self.assertEqual(
            [self._read_data(order)[1:3] for order in self.closed | self.late | self.other],
            [(0, 0)] * 3)

    def test_period_is_not_negative(self):
        with mute_logger('odoo.sql_db'), self.assertRaises(CheckViolation):
            self.env.company.aftersales_photo_days = -1
            self.env.flush_all()


@tagged('post_install', '-at_install')
class TestErasureRequest(ErasureCommon):
    """A customer asks to have personal data erased."""

    def _erase(self, partner):
        request = self.env['aftersales.erasure.request'].with_context(
            active_ids=partner.ids).create({})
        return request, request.action_erase()

    @users('manager')
    def test_administrator_erases_what_is_closed(self):
        request, answer = self._erase(self.customer)
        self.assertRecordValues(request, [{'closed_count': 3, 'open_count': 1}])
        self.assertIn("that keep theirs: 1", answer['params']['message'])
        self.assertEqual(self._read_data(self.other), (0, 0, 0, False))
        self.assertEqual(self._read_data(self.closed), (0, 0, 0, True))
        self.assertEqual(self._read_data(self.open), (4, 1, 1, True))

    @users('manager')
    def test_chatter_and_note_tell_who_without_the_data(self):
        self._erase(self.customer)
        message = self.customer.message_ids[0]
        self.assertEqual(message.author_id, self.manager.partner_id)
        self.assertIn(
            "Service orders: 3; other documents: 0; positions: 1; photos: 6; signatures: 9",
            message.body)
        note = self.env['aftersales.erasure'].search([])
        self.assertRecordValues(note, [{
            'reason': 'request', 'user_id': self.manager.id, 'partner_id': self.customer.id,
            'order_count': 3, 'position_count': 1, 'photo_count': 6, 'signature_count': 9}])
        self.assertNotIn("Li Na", message.body)

    @users('manager')
    def test_name_of_a_signer_alone_is_erased_and_noted(self):
        self.orders.sudo().date_closed = False
        self.other.sudo().write({
            'signature': False, 'handover_signature': False, 'return_signature': False})
        self._erase(self.customer)
        self.assertFalse(self.other.signed_by)
        self.assertEqual(self.env['aftersales.erasure'].search([]).signature_count, 1)

    @users('manager')
    def test_data_of_other_customers_stay(self):
        stranger = self.env['res.partner'].create({'name': "Stranger"})
        self.closed.sudo().write({'partner_id': stranger.id, 'site_id': stranger.id})
        self._erase(self.customer)
        self.assertEqual(self._read_data(self.closed), (4, 1, 1, True))

    @users('manager')
    def test_orders_at_the_customers_address_are_included(self):
        flat = self.env['res.partner'].create({'name': "Flat", 'parent_id': self.customer.id})
        landlord = self.env['res.partner'].create({'name': "Landlord"})
        self.other.sudo().write({'partner_id': landlord.id})
        self.other.sudo().site_id = flat
        self.customer._erase_service_data()
        self.assertEqual(self._read_data(self.other)[0], 0)

    @users('manager')
    def test_nothing_to_erase_is_said(self):
        stranger = self.env['res.partner'].create({'name': "Stranger"})
        self._erase(stranger)
        self.assertIn("Service orders: 0", stranger.message_ids[0].body)
        self.assertFalse(self.env['aftersales.erasure'].search([]))

    def test_others_erase_nothing(self):
        for login in ('agent', 'dispatcher'):
            user = self.env['res.users'].search([('login', '=', login)])
            with self.subTest(login=login):
                with self.assertRaises(AccessError):
                    self._erase_as(user)
                with self.assertRaisesRegex(AccessError, "Only administrators"):
                    self.customer.with_user(user)._erase_service_data()
        self.assertEqual(self._read_data(self.closed), (4, 1, 1, True))

    def _erase_as(self, user):
        self.env['aftersales.erasure.request'].with_user(user).create(
            {'partner_ids': [fields.Command.set(self.customer.ids)]})

    @users('manager')
    def test_notes_are_not_written_by_hand(self):
        with self.assertRaises(AccessError):
            self.env['aftersales.erasure'].create({
                'company_id': self.env.company.id, 'reason': 'request', 'user_id': self.env.uid})

    def test_orders_of_other_companies_stay(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        insider = new_test_user(
            self.env, 'insider', 'aftersales_service.group_aftersales_manager',
            company_id=company.id, company_ids=[(6, 0, company.ids)])
        self.customer.with_user(insider)._erase_service_data()
        self.assertEqual(self._read_data(self.closed), (4, 1, 1, True))
