import base64
import hashlib

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from ..common import SIGNATURE, AftersalesCommon


@tagged('post_install', '-at_install')
class TestSignedSheet(AftersalesCommon):
    """What the customer signed is frozen; finished work is corrected by leads, with a trace."""

    def setUp(self):
        super().setUp()
        self.lead = self._create_person('seal_lead', 'team_lead', "Lead Lena")
        self.order = self._create_order(
            type_id=self.type_carry_in.id, user_id=self.agent.id,
            solution="Filter cleaned", test_result='passed', signed_by="Li Na")
        self.other = self.env['res.partner'].create({'name': "Wang Wei"})
        self.cause = self.env['aftersales.diagnosis.code'].create(
            {'name': "Short circuit", 'kind': 'cause', 'code': 'SC'})

    def _sign(self):
        self.order.with_user(self.agent).signature = SIGNATURE
        self.env.cr.flush()

    def _get_sheet(self):
        return base64.b64decode(self.order.with_context(bin_size=False).signed_sheet)

    def test_sheet_is_frozen_with_its_hash(self):
        self._sign()
        sheet = self._get_sheet()
        self.assertEqual(self.order.signed_sheet_hash, hashlib.sha256(sheet).hexdigest())
        self.assertIn(b"Filter cleaned", sheet)
        self._move_to(self.order, 'done')
        self.env.cr.flush()
        sheet = self._get_sheet()  # signed once more on the way
        self.order.with_user(self.lead).solution = "Nothing done"
        self.env.cr.flush()
        self.assertEqual(self._get_sheet(), sheet)
        action = self.order.with_user(self.agent).action_view_signed_sheet()
        self.assertIn(f'/{self.order.id}/signed_sheet/', action['url'])

    @mute_logger('odoo.addons.base.models.ir_actions_report')  # no page loads its styles here
    def test_printed_sheet_is_a_pdf(self):
        self.order = self.order.with_context(force_report_rendering=True)
        content, kind = self.order.sudo()._print_signed_sheet()
        self.assertEqual((kind, content[:5]), ('pdf', b'%PDF-'))

    def test_no_user_writes_or_deletes_the_sheet(self):
        self._sign()
        order = self.order.with_user(self.manager)
        for values in ({'signed_sheet': SIGNATURE}, {'signed_sheet_hash': 'abc'},
                       {'signed_sheet_name': "mine.pdf"}):
            with self.subTest(values=values), self.assertRaisesRegex(AccessError, "protected"):
                order.write(values)
        file = self.env['ir.attachment'].search([
            ('res_model', '=', order._name), ('res_id', '=', order.id),
            ('res_field', '=', 'signed_sheet')])
        self.assertEqual(len(file), 1)
        for change in (lambda: file.with_user(self.manager).write({'datas': SIGNATURE}),
                       file.with_user(self.manager).unlink):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                change()

    def test_sheet_is_erased_with_the_signature(self):
        self._sign()
        value = self.order.signed_sheet_hash
        self.order._erase_signatures(fields.Datetime.now())
        self.assertFalse(self.order.signed_sheet or self.order.signed_sheet_name)
        self.assertEqual(self.order.signed_sheet_hash, value)
        with self.assertRaisesRegex(UserError, "was erased"):
            self.order.action_view_signed_sheet()

    @users('agent')
    def test_finished_work_is_not_rewritten(self):
        self._sign()
        self._move_to(self.order, 'done')
        order = self.order.with_user(self.env.user)
        for values in (
                {'signature': False}, {'signature': SIGNATURE}, {'signed_by': "Wang Wei"},
                {'date_event': '2026-01-01 00:00:00'}, {'partner_id': self.other.id},
                {'warranty_id': self._create_card().id}, {'charge_kind': 'free'},
                {'solution': "Nothing done"}, {'test_result': 'failed'}, {'serial': 'AC-9'},
                {'refusal_reason': "Did not want to"}, {'description': "Nothing was wrong"},
                {'phone': "123"}, {'caller_name': "Li Si"}, {'technician_id': self.agent.id},
                {'date_planned': '2020-01-01 08:00:00'}, {'close_reason': "Wrong"},
                {'cause_id': self.cause.id}, {'active': False}):
            with self.subTest(values=values), self.assertRaisesRegex(
                    UserError, "work is done"), self.env.cr.savepoint():
                order.web_save(values, {})
        order.severity = '2'  # what was not signed for stays open
        order.write({'user_id': self.env.uid, 'follow_up_result': 'content'})

    def test_leads_correct_it_with_a_trace(self):
        self._sign()
        self._move_to(self.order, 'done')
        order = self.order.with_user(self.lead)
        before = order.message_ids
        order.write({'solution': "Filter changed", 'test_result': 'failed', 'signed_by': "Li Wei",
                     'partner_id': self.other.id})
        notes = ' '.join((order.message_ids - before).mapped('body'))
        for words in ("Filter cleaned → Filter changed", "Passed → Failed", "Li Na → Wang Wei"):
            with self.subTest(words=words):
                self.assertIn(words, notes)
        self.assertNotIn("Li Wei", notes)  # who signed is personal data
        self.assertEqual((order.message_ids - before).author_id, self.lead.partner_id)

    @users('agent')
    def test_labour_of_finished_work_stays(self):
        line = {'order_id': self.order.id, 'product_id': self.hour.id, 'is_covered': True}
        labour = self.env['aftersales.labour'].create(line)
        self._sign()
        self._move_to(self.order, 'done')
        open_order = self._create_order()
        own = self.env['aftersales.labour'].create({**line, 'order_id': open_order.id})
        lead_labour = labour.with_user(self.lead)
        for act in (
                lambda: labour.write({'quantity': 9.0}),
                lambda: labour.write({'is_covered': False}),
                lambda: labour.write({'cover_facts': {'code': 'said', 'words': "Free"}}),
                lambda: self.order.with_user(self.env.user).web_save(
                    {'labour_ids': [Command.update(labour.id, {'name': "Other work"})]}, {}),
                labour.unlink,
                lambda: labour.create(line),
                lambda: own.write({'order_id': self.order.id})):
            with self.assertRaisesRegex(UserError, "work is done"), self.env.cr.savepoint():
                act()
        before = self.order.message_ids
        lead_labour.quantity = 3.0
        added = lead_labour.create({
            'order_id': self.order.id, 'product_id': self.hour.id, 'name': "Forgotten trip"})
        added.unlink()
        notes = [note for note in (self.order.message_ids - before).sorted('id').mapped('body')
                 if "Labour of" in note]
        for words, note in zip(
                (r"Repair Hour, 1 .*→ Repair Hour, 3 ", "– → Forgotten trip",
                 "Forgotten trip.*→ –"), notes, strict=True):
            self.assertRegex(note, words)

    def test_leads_archive_finished_orders(self):
        self._move_to(self.order, 'done')
        self.order.with_user(self.lead).active = False
        self.assertIn("Yes → No", self.order.message_ids[0].body)

    @users('agent')
    def test_an_article_is_given_back_after_the_work(self):
        self._move_to(self.order, 'done')
        order = self.order.with_user(self.env.user)
        order.date_returned = '2026-06-03 08:00:00'
        with self.assertRaisesRegex(UserError, "work is done"):
            order.date_returned = '2026-06-04 08:00:00'

    def test_checks_of_finished_work_are_corrected_by_leads_alone(self):
        template = self.env['aftersales.checklist.template'].create({
            'name': "List", 'line_ids': [Command.create({'name': "Leak test", 'phase': 'after'})]})
        check = self.env['aftersales.checklist.line'].create({
            'order_id': self.order.id, 'template_line_id': template.line_ids.id,
            'phase': 'after', 'result': 'not_ok'})
        self._sign()
        self._move_to(self.order, 'done')
        with self.assertRaisesRegex(UserError, "work is done"), self.env.cr.savepoint():
            check.with_user(self.agent).result = 'ok'
        before = self.order.message_ids
        check.with_user(self.lead).result = 'ok'
        self.assertIn("Leak test", (self.order.message_ids - before).body)
