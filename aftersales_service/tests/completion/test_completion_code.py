from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users

from odoo.addons.mail.tests.common import MockEmail

from ..message.common import MessageCommon


@tagged('post_install', '-at_install')
class TestCompletionCode(MockEmail, MessageCommon):
    """The customer accepts the work by a code that only the customer can know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._switch_on('completion_code')

    def _create_order_on_site(self):
        order = self._create_order(technician_id=self.env.uid)
        self._move_to(order, 'on_site')
        order.write({'signature': False, 'technician_id': self.env.uid})
        return order

    def _send_code(self, order):
        with self._catch():
            order._send_completion_code()
        return self.handed[0][1]['completion_code']

    def _wrong(self, code):
        return f'{(int(code) + 1) % 1_000_000:06d}'

    @users('technician')
    def test_code_accepts_the_work(self):
        order = self._create_order_on_site()
        with self.assertRaisesRegex(UserError, "completion code"):
            order.action_done()
        code = self._send_code(order)
        self.assertRegex(code, r'^\d{6}$')
        self.assertFalse(order._get_acceptor_name())
        self.assertIsNone(order._accept_completion_code(code))
        self.assertEqual(order._get_acceptor_name(), order.partner_id.name)
        order.action_done()
        self.assertEqual(order.state, 'done')

    @users('technician')
    def test_code_freezes_the_sheet_and_erasure_takes_it(self):
        order = self._create_order_on_site()
        self.env.cr.flush()
        order.sudo().write({'signed_sheet': False, 'signed_sheet_name': False})
        order._accept_completion_code(self._send_code(order))
        self.env.cr.flush()
        self.assertTrue(order.sudo().signed_sheet and order.signed_sheet_hash)
        order.sudo()._erase_signatures(fields.Datetime.now())
        self.assertFalse(order.sudo().signed_sheet or order.signed_sheet_name)
        self.assertTrue(order.signed_sheet_hash)

    @users('technician')
    def test_code_is_used_once_and_belongs_to_its_order(self):
        order, other = self._create_order_on_site(), self._create_order_on_site()
        code = self._send_code(order)
        self._send_code(other)
        if code == self.handed[0][1]['completion_code']:
            code = self._send_code(order)
        self.assertIn("not the code", other._accept_completion_code(code))
        self.assertIsNone(order._accept_completion_code(code))
        self.assertIn("no code", order._accept_completion_code(code))

    @users('technician')
    def test_wrong_tries_lock_the_code(self):
        self.env.company.sudo().aftersales_code_tries = 3
        order = self._create_order_on_site()
        code = self._send_code(order)
        self.assertIn("2 tries are left", order._accept_completion_code(self._wrong(code)))
        self.assertIn("1 tries are left", order._accept_completion_code(''))
        self.assertIn("locked", order._accept_completion_code(self._wrong(code)))
        self.assertIn("no code", order._accept_completion_code(code))
        self.assertFalse(order.date_code_accepted)

    @users('technician')
    def test_code_expires(self):
        order = self._create_order_on_site()
        code = self._send_code(order)
        late = fields.Datetime.now() + timedelta(minutes=121)
        self.assertIn("no code", order._accept_completion_code(code, late))

    @users('technician')
    def test_code_that_a_phone_sends_days_later_does_not_hold(self):
        order = self._create_order_on_site()
        code, given = self._send_code(order), fields.Datetime.now()
        with freeze_time(given + timedelta(hours=27)):
            self.assertIn("no code", order._accept_completion_code(code, given))
        with freeze_time(given + timedelta(hours=20)):
            self.assertIsNone(order._accept_completion_code(code, given))

    @users('technician')
    def test_newer_code_replaces_the_older(self):
        order = self._create_order_on_site()
        first, second = self._send_code(order), self._send_code(order)
        if first != second:
            self.assertIn("not the code", order._accept_completion_code(first))
        self.assertIsNone(order._accept_completion_code(second))

    @users('technician')
    def test_no_older_code_holds_when_the_newest_is_locked(self):
        self.env.company.sudo().aftersales_code_tries = 1
        order = self._create_order_on_site()
        first, second = self._send_code(order), self._send_code(order)
        self.assertIn("locked", order._accept_completion_code(self._wrong(second)))
        self.assertIn("no code", order._accept_completion_code(first))

    @users('technician')
    def test_codes_per_day_are_limited(self):
        self.env.company.sudo().aftersales_code_limit = 2
        order = self._create_order_on_site()
        self._send_code(order)
        self._send_code(order)
        with self.assertRaisesRegex(UserError, "got 2 codes already"):
            self._send_code(order)
        with freeze_time(fields.Datetime.now() + timedelta(hours=25)):
            self.assertTrue(self._send_code(order))

    # === NO ERROR GIVES A TRY BACK === #

    @users('technician')
    def test_tries_of_a_request_that_fails_stay_counted(self):
        self.env.company.sudo().aftersales_code_tries = 3
        order = self._create_order_on_site()
        code = self._send_code(order)
        for left in 2, 1:
            with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
                self.assertIn(
                    f"{left} tries are left", order._accept_completion_code(self._wrong(code)))
                raise ZeroDivisionError
        with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
            self.assertIn("locked", order._accept_completion_code(self._wrong(code)))
            raise ZeroDivisionError
        # undone with the request, but guessed too often: the right one does not help any more
        self.assertIn("locked", order._accept_completion_code(code))
        self.assertFalse(order.date_code_accepted)

    @users('technician')
    def test_batch_that_ends_in_an_error_gives_no_guess_back(self):
        self.env.company.sudo().aftersales_code_tries = 5
        order = self._create_order_on_site()
        code = self._send_code(order)
        visit = order.sudo().visit_ids
        tries = self.env['aftersales.completion.try'].sudo()
        actions = [
            {'uuid': f'guess-number-{number}', 'kind': 'sign', 'visit_id': visit.id,
             'order_id': order.id, 'payload': {'code': self._wrong(code)}}
            for number in range(5)] + [
            {'uuid': 'last-of-all-1', 'kind': 'complete', 'visit_id': visit.id,
             'order_id': order.id, 'payload': {}}]
        with patch.object(
                self.env.registry['aftersales.visit'], '_on_mobile_complete',
                side_effect=RuntimeError("not expected")), self.assertRaises(
                RuntimeError), self.cr.savepoint():
            self.env['aftersales.job.action']._handle_batch(actions)
        number = self.env['aftersales.completion.code'].sudo()._get_open(order).id
        self.assertEqual(tries._count('guess', number), 5)
        self.assertIn("locked", order._accept_completion_code(code))

    @users('technician')
    def test_codes_that_left_stay_counted(self):
        self.env.company.sudo().aftersales_code_limit = 2
        order = self._create_order_on_site()
        for __ in range(2):
            with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
                self._send_code(order)
                raise ZeroDivisionError
        with self.assertRaisesRegex(UserError, "got 2 codes already"):
            self._send_code(order)

    def test_attempts_are_forgotten_and_are_no_users_to_write(self):
        tries = self.env['aftersales.completion.try']
        tries.create([
            {'kind': 'guess', 'counted_ref': -1, 'date': fields.Datetime.now() - timedelta(days=3)},
            {'kind': 'guess', 'counted_ref': -1, 'date': fields.Datetime.now()}])
        tries._gc_tries()
        self.assertEqual(tries.search_count([('counted_ref', '=', -1)]), 1)
        for user in self.technician, self.dispatcher, self.manager:
            with self.assertRaises(AccessError):
                tries.with_user(user).create(
                    {'kind': 'guess', 'counted_ref': -1, 'date': fields.Datetime.now()})

    @users('technician')
    def test_acceptance_by_code_is_not_typed(self):
        order = self._create_order_on_site()
        with self.assertRaisesRegex(UserError, "is protected"):
            order.date_code_accepted = fields.Datetime.now()
        with self.assertRaisesRegex(UserError, "is protected"):
            self._create_order(date_code_accepted=fields.Datetime.now())

    @users('technician')
    def test_code_that_cannot_be_sent_is_refused(self):
        order = self._create_order_on_site()
        with self._catch(UserError("No credit")), self.assertRaisesRegex(
                UserError, "could not be sent: No credit"):
            order._send_completion_code()
        self.env['aftersales.notifier'].sudo().search([]).active = False
        with self.assertRaisesRegex(UserError, "no notification is switched on"):
            order._send_completion_code()

    @users('technician')
    def test_finished_order_gets_no_code(self):
        order = self._create_order()
        self._move_to(order, 'done')
        with self.assertRaisesRegex(UserError, "is finished"):
            order._send_completion_code()

    def test_stranger_sends_and_enters_nothing(self):
        order = self.env['aftersales.order'].with_user(self.agent).create(
            {'partner_id': self.customer.id})
        foreign = order.with_user(self.other_agent)
        with self.assertRaises(AccessError):
            foreign._send_completion_code()
        with self.assertRaises(AccessError):
            foreign._accept_completion_code('123456')

    @users('technician')
    def test_dialog_sends_counts_and_accepts(self):
        order = self._create_order_on_site()
        dialog = Form(self.env['aftersales.code.entry'].with_context(
            default_order_id=order.id)).save()
        with self.assertRaisesRegex(UserError, "Enter the code"):
            dialog.action_confirm()
        with self._catch():
            dialog.action_send()
        code = self.handed[0][1]['completion_code']
        dialog.code = self._wrong(code)
        self.assertEqual(dialog.action_confirm()['res_id'], dialog.id)
        self.assertIn("4 tries are left", dialog.message)
        dialog.code = code
        self.assertEqual(dialog.action_confirm()['type'], 'ir.actions.act_window_close')
        self.assertTrue(order.date_code_accepted)

    # === THE CODE STAYS SECRET === #

    @users('technician')
    def test_no_field_export_message_or_note_tells_the_code(self):
        self.technician.group_ids += self.env.ref('base.group_allow_export')
        order = self._create_order_on_site()
        code = self._send_code(order)
        for model in ('aftersales.completion.code', 'mail.mail'):
            with self.assertRaises(AccessError):
                self.env[model].search([])
        log = order.customer_message_ids
        self.assertNotIn(code, str(log.read()))
        names = [name for name, field in log._fields.items() if not field.relational]
        self.assertNotIn(code, str(log.export_data(names)))
        self.assertNotIn(code, str(order.message_ids.mapped('body')))
        self.assertNotIn(code, str(order.read()))

    def test_not_even_the_administrator_reads_the_hash(self):
        order = self._create_order()
        self._move_to(order, 'on_site')
        order.signature = False
        self._send_code(order)
        codes = self.env['aftersales.completion.code'].with_user(self.manager).search([])
        self.assertEqual(codes.order_id, order)
        with self.assertRaises(AccessError):
            codes.mapped('code_hash')
        self.assertNotIn('code_hash', codes.read()[0])
        self.assertNotIn('code_hash', codes.fields_get())
        with self.assertRaises(AccessError):
            codes.search([('code_hash', '=like', 'a%')])

    @users('technician')
    def test_mail_with_the_code_is_read_by_the_customer_only(self):
        self.env['aftersales.notifier'].sudo().search([]).active = False
        self.env.ref(
            'aftersales_service.aftersales_notifier_completion_code_email').sudo().active = True
        order = self._create_order_on_site()
        seen = self.env['mail.message'].search([])
        with patch('secrets.randbelow', return_value=4711), self.mock_mail_gateway(
                mail_unlink_sent=False):
            order._send_completion_code()
        mail = self._new_mails.sudo()
        self.assertIn('004711', mail.body_html)
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertFalse(mail.model or mail.res_id)
        self.assertTrue(mail.auto_delete)
        with self.assertRaises(AccessError):
            mail.mail_message_id.with_user(self.technician).read(['body'])
        fresh = self.env['mail.message'].search([]) - seen
        self.assertNotIn('004711', str(fresh.mapped('body')))
        self.assertIsNone(order._accept_completion_code('004711'))
