"""An attacker's hour: what section S of the audit reproduced, over HTTP and RPC.

Each rule has its own tests beside the code, with twins of those who may. Here stands what was
really sent, by people with a login of their own, by an outlet, and by visitors without any.
"""
import base64
import json
from datetime import timedelta
from io import BytesIO
from unittest.mock import patch

import openpyxl
from PIL import Image, ImageFile

from odoo import Command, fields
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import SIGNATURE, PortalCommon
from .outlet.common import OutletCommon
from .returns.common import ReturnsCommon
from .trade_in.test_trade_in import TradeInCommon
from .visit.common import VisitCommon

REFUSALS = {f'odoo.exceptions.{name}' for name in (
    'AccessError', 'UserError', 'ValidationError', 'MissingError')}


class Attacker(HttpCase):
    """Calls as a browser's console sends them."""

    def _call(self, user, model, method, *args, **kwargs):
        """Return the answer of a call, or its error as a dict with ``name``."""
        self.authenticate(user.login, user.login)
        with mute_logger('odoo.http'):
            answer = self.url_open('/web/dataset/call_kw', json={
                'jsonrpc': '2.0', 'method': 'call', 'params': {
                    'model': model, 'method': method, 'args': args, 'kwargs': kwargs}}).json()
        self.env.invalidate_all()
        return answer['error']['data'] if 'error' in answer else answer['result']

    def _refuse(self, user, model, method, *args, **kwargs):
        """Assert that a call is refused in words; return them."""
        answer = self._call(user, model, method, *args, **kwargs)
        self.assertIsInstance(answer, dict, f"{model}.{method} answered {answer}")
        self.assertIn(answer.get('name'), REFUSALS, answer)
        return answer['message']

    def _refuse_write(self, user, record, **values):
        before = record.sudo().read(list(values))
        words = self._refuse(user, record._name, 'write', record.ids, values)
        self.assertEqual(record.sudo().read(list(values)), before)
        return words


@tagged('post_install', '-at_install')
class TestAttackersHour(Attacker, PortalCommon, OutletCommon, VisitCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env['res.company'].create({'name': "Second Company"})
        cls.outsider = new_test_user(
            cls.env, 'outsider', 'base.group_user', name="Outsider Oda",
            company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)])
        cls.customer.write({'street': "1 Keji Road", 'phone': "+1 650 555 0100"})
        cls.card = cls._create_card(partner_id=cls.owner.partner_id.id)
        cls.order = cls._dispatch(user_id=cls.agent.id)
        cls.visit = cls.order.visit_ids
        cls.foreign = cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'user_id': cls.other_agent.id,
            'warranty_id': cls.card.id, 'description': "Secret words"})
        cls.env.flush_all()

    def _create_done(self):
        order = self._create_order(
            type_id=self.type_carry_in.id, user_id=self.agent.id, solution="Filter cleaned",
            test_result='passed', signed_by="Li Na")
        self._move_to(order, 'done')
        return order

    def test_s01_meetings_tell_no_customer_and_move_no_order(self):
        event, planned = self.visit.event_id, self.order.date_planned
        self.assertTrue(event)
        for user in self.employee, self.outsider:
            for method, args in (('read', [event.ids]), ('search_read', [[]]),
                                 ('name_search', ["SV"])):
                answer = str(self._call(user, 'calendar.event', method, *args))
                for secret in ("Li Na", "Keji", "555 0100"):
                    self.assertNotIn(secret, answer)
            self._call(user, 'calendar.event', 'write', event.ids, {
                'start': '2030-01-01 08:00:00', 'stop': '2030-01-01 09:00:00'})
            self.assertEqual((self.order.date_planned, self.visit.date_start),
                             (planned, planned))

    def test_s02_key_on_paper_opens_no_conversation(self):
        self.card.message_post(
            body="Wang Fang lives at the lake", subtype_xmlid='mail.mt_comment')
        key = self.card._get_qr_address().rpartition('=')[2]
        thread = {'thread_model': self.card._name, 'thread_id': self.card.id}
        self.authenticate(None, None)
        self.assertNotIn("lake", str(self.make_jsonrpc_request(
            '/portal/chatter_init', {**thread, 'token': key})))
        for url, params in (
                ('/mail/chatter_fetch', {}),
                ('/mail/message/post', {'post_data': {
                    'body': "Mine", 'message_type': 'comment',
                    'subtype_xmlid': 'mail.mt_comment'}})):
            with self.assertRaises(JsonRpcException), mute_logger('odoo.http'):
                self.make_jsonrpc_request(url, {**thread, **params, 'token': key})

    def test_s03_goodwill_comes_from_no_context(self):
        for defaults in ({'default_charge_kind': 'goodwill'},
                         {'default_goodwill_user_id': self.manager.id},
                         {'default_date_done': '2026-01-01 00:00:00'}):
            self._call(self.agent, 'aftersales.order', 'create',
                       [{'partner_id': self.customer.id}], context=defaults)
        self.assertFalse(self.env['aftersales.order'].search([
            ('id', '>', self.foreign.id), '|', '|', ('charge_kind', '=', 'goodwill'),
            ('goodwill_user_id', '!=', False), ('date_done', '!=', False)]))

    def test_s05_small_file_that_unfolds_is_not_opened(self):
        file = BytesIO()
        Image.new('1', (9000, 9000)).save(file, 'PNG')  # core warns of more
        bomb, load = file.getvalue(), ImageFile.ImageFile.load

        def refuse_to_load(image):
            self.assertLess(image.width * image.height, 9000 * 9000, "It was decoded")
            return load(image)
        self.startPatcher(patch.object(ImageFile.ImageFile, 'load', refuse_to_load))
        words = self._refuse_write(
            self.agent, self.order, signature=base64.b64encode(bomb).decode())
        self.assertIn("megapixels", words)
        self.assertIn("megapixels", self._refuse(
            self.agent, 'ir.attachment', 'create', [{
                'name': "bomb.png", 'datas': base64.b64encode(bomb).decode(),
                'res_model': self.order._name, 'res_id': self.order.id}]))
        self.authenticate('owner', 'owner')
        page = self._post('/my/service/new', files={'photos': ('bomb.png', bomb, 'image/png')},
                          description="It hums")
        self.assertIn("megapixels", page.text)

    def _send(self, *actions):
        self.authenticate('technician', 'technician')
        return self.make_jsonrpc_request('/my/jobs/actions', {'actions': [{
            'uuid': f'attack-{number}-{self.visit.id}', 'visit_id': self.visit.id,
            'order_id': self.order.id, 'payload': {}, **action}
            for number, action in enumerate(actions)]})

    def test_s06_malformed_action_gives_no_guess_back(self):
        guesses = [{'kind': 'sign', 'payload': {'code': f'{number:06d}'}} for number in range(5)]
        odd = [{'kind': 'check', 'payload': {'result': ['ok']}}, {'kind': 'check', 'payload': []},
               {'kind': ['call']}, {'kind': 'complete', 'payload': None}]
        answers = self._send(*guesses, *odd)
        self.assertEqual({answer['status'] for answer in answers}, {'refused'})
        self.assertFalse(self.order.date_done or self.order.signature)

    def test_s07_phone_stamps_nothing_before_it_existed(self):
        [answer] = self._send({'kind': 'set_off', 'order_id': False, 'at': '2020-01-01 00:00:00'})
        self.assertEqual(answer['status'], 'done')
        self.assertGreaterEqual(
            self.visit.date_left, self.visit.create_date - timedelta(seconds=1))

    def test_s08_junk_token_shows_no_note(self):
        self.order.message_post(body="Costs us", attachments=[('margin.txt', b'9')])
        for login in None, 'owner', 'wang':
            self.authenticate(login, login)
            found = str(self.make_jsonrpc_request('/mail/data', {'fetch_params': [[
                'mail.thread', {
                    'thread_model': self.order._name, 'thread_id': self.order.id,
                    'request_list': ['activities', 'attachments', 'followers'],
                    'access_params': {'token': 'junk'}}]]}))
            for secret in 'margin.txt', self.agent.name:
                self.assertNotIn(secret, found)

    def test_s09_outlet_that_lost_an_order_reads_it_no_more(self):
        order = self._create_order(outlet_id=self.north.id)
        order.action_offer_to_outlet()
        order.with_user(self.wang).action_accept_offer()
        order.message_subscribe(self.wang.partner_id.ids)
        self.assertTrue(self._call(self.wang, order._name, 'read', order.ids, ['name']))
        order.outlet_id = self.south
        self._refuse(self.wang, order._name, 'read', order.ids, ['name'])
        self.assertNotIn(self.wang.partner_id, order.message_partner_ids)

    def test_s10_no_document_names_an_order_out_of_reach(self):
        for model, values in (
                ('aftersales.accident', {'kind': 'gas', 'description': "Invented"}),
                ('aftersales.delivery.damage', {'description': "Dent"}),
                ('aftersales.liaison', {
                    'department': "R&D", 'subject': "Why?", 'content': "Please answer",
                    'addressee_id': self.employee.id}),
                ('aftersales.appraisal', {
                    'warranty_id': self.card.id, 'company_id': self.env.company.id})):
            words = self._refuse(
                self.agent, model, 'create', [{**values, 'order_id': self.foreign.id}])
            self.assertIn("names a record that you may not", words)
        for visit in ({'technician_id': self.agent.id}, {}):
            self._refuse(self.agent, 'aftersales.visit', 'create', [{
                **visit, 'order_ids': [Command.link(self.foreign.id)]}])

    def test_s11_ratings_are_for_readers_of_the_order(self):
        self.order.rating_apply(
            1, token=self.order._rating_get_access_token(), feedback="He was rude")
        rating = self.order.rating_ids
        self.env.flush_all()
        for user in self.employee, self.technician, self.outsider:
            self.assertNotIn("rude", str(self._call(
                user, 'rating.rating', 'search_read', [], ['feedback'])))
            self._refuse(user, 'rating.rating', 'read', rating.ids, ['feedback'])
            self._refuse_write(user, rating, rating=5)

    def test_s12_nothing_leaks_from_another_company(self):
        self.env['aftersales.warranty'].create({
            'product_id': self.conditioner.id, 'partner_id': self.stranger.partner_id.id,
            'serial': 'FOREIGN-1', 'company_id': self.company.id})
        spec = {name: {} for name in ('warranty_id', 'partner_id', 'phone')}
        self._refuse(
            self.agent, 'aftersales.order', 'onchange', [],
            {'company_id': self.company.id, 'serial': 'FOREIGN-1'}, ['serial'], spec)
        own = self._call(self.agent, 'aftersales.order', 'onchange', [],
                         {'company_id': self.env.company.id, 'serial': 'FOREIGN-1'},
                         ['serial'], spec)
        self.assertFalse(own['value'].get('warranty_id'))
        self._refuse(
            self.agent, 'aftersales.collection', 'onchange', [],
            {'order_id': self.foreign.id}, ['order_id'], {'amount': {}})
        # what an import refused is its importer's own
        dialog = self.env['aftersales.platform.import'].with_user(self.other_agent).create({})
        self._refuse(self.agent, dialog._name, 'read', dialog.ids, ['file'])

    def test_s13_signed_work_is_not_rewritten(self):
        order = self._create_done()
        for values in ({'signature': False}, {'signed_by': "Somebody"},
                       {'partner_id': self.stranger.partner_id.id}, {'charge_kind': 'warranty'},
                       {'solution': "Replaced"}, {'test_result': 'failed'},
                       {'warranty_id': self.card.id}, {'date_done': '2026-01-01 00:00:00'}):
            self._refuse_write(self.agent, order, **values)

    def test_s16_outlet_hands_orders_to_its_own_people(self):
        order = self._create_order(
            technician_id=self.wang.id, outlet_id=self.north.id,
            date_planned='2026-06-02 09:00:00')
        for user in self.technician, self.employee, self.chen:
            self._refuse(
                self.wang, order._name, 'action_hand_over', order.ids, "Far", user.id)
            self._refuse_write(self.wang, order, technician_id=user.id)

    def test_s17_saved_default_fills_no_fact(self):
        for name, value in (('date_done', '2026-01-01 00:00:00'), ('reported_amount', 500.0),
                            ('goodwill_user_id', self.manager.id)):
            self._call(self.agent, 'ir.default', 'set', 'aftersales.order', name, value, True)
        [order_id] = self._call(self.agent, 'aftersales.order', 'create',
                                [{'partner_id': self.customer.id}])
        self.assertRecordValues(self.env['aftersales.order'].browse(order_id), [{
            'date_done': False, 'reported_amount': 0.0, 'goodwill_user_id': False}])

    def test_s18_signature_of_done_work_is_no_attachment(self):
        order = self._create_done()
        file = self.env['ir.attachment'].search([
            ('res_model', '=', order._name), ('res_id', '=', order.id),
            ('res_field', '=', 'signature')])
        self.assertTrue(file)
        for method, args in (('write', [{'datas': SIGNATURE}]), ('write', [{'res_id': 0}]),
                             ('unlink', [])):
            self._refuse(self.agent, 'ir.attachment', method, file.ids, *args)
        self.assertTrue(file.exists())

    def test_minors(self):
        self.authenticate('owner', 'owner')
        order = self.env['aftersales.order'].create({
            'partner_id': self.owner.partner_id.id, 'description': "=1+1"})
        for path in '/my/outlet/0', f'/my/service/{order.id}?document=1':
            self.assertLess(self.url_open(path).status_code, 500)
        for name in 'check_note', 'disposal_reason', 'bench_shelf', 'goodwill_reason_id':
            if name in order._fields:
                self._refuse(self.owner, order._name, 'read', order.ids, [name])
        with mute_logger('odoo.http'):
            self.env.company.aftersales_portal_limit = 2
            for number in range(4):
                self._post('/my/service/new', description=f"Again and again {number}")
        self.assertEqual(self.env['aftersales.order'].search_count(
            [('description', 'like', "Again and again")]), 2)

    def test_words_of_a_customer_are_exported_as_words(self):
        self.order.description = '=HYPERLINK("http://example.com")'
        self.env.flush_all()
        self.manager.group_ids += self.env.ref('base.group_allow_export')
        self.authenticate('manager', 'manager')
        answer = self._post('/web/export/xlsx', data=json.dumps({
            'model': 'aftersales.order', 'ids': self.order.ids, 'domain': [], 'groupby': [],
            'import_compat': False, 'fields': [
                {'name': 'description', 'label': "Words", 'type': 'text'}]}))
        self.assertEqual(answer.status_code, 200)
        cell = openpyxl.load_workbook(BytesIO(answer.content)).active['A2']
        self.assertEqual(cell.data_type, 's')
        self.assertIn("HYPERLINK", cell.value)


@tagged('post_install', '-at_install')
class TestAttackersSale(Attacker, TradeInCommon):

    def test_s04_no_invented_unit_lowers_a_price(self):
        self.rows.create({'grade': 'good', 'percent': 99.0})
        total = self.sale.amount_total
        trade_id = self._call(self.agent, 'aftersales.trade.in', 'create', [{
            'sale_order_id': self.sale.id, 'partner_id': self.customer.id,
            'description': "Golden Conditioner", 'price_new': 4000.0}])
        if isinstance(trade_id, list):
            self._refuse(self.agent, 'aftersales.trade.in', 'action_grant', trade_id)
        self.assertEqual(self.sale.amount_total, total)


@tagged('post_install', '-at_install')
class TestAttackersReturn(Attacker, ReturnsCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_units(['ATTACK-1'])
        cls.env.flush_all()

    def test_s14_facts_of_a_delivery_are_no_agents_to_write(self):
        today = str(fields.Date.today())
        for values in ({'delivery_date': today}, {'price': 9000.0}, {'invoice_date': today}):
            self._refuse_write(self.agent, self.card, **values)

    def test_s15_who_raised_a_refund_does_not_approve_it(self):
        self.company.aftersales_return_limit = 100
        with freeze_time('2026-01-12 12:00:00'):
            record = self._create_return(self.sale, self.card)
            record.action_authorise()
            self._receive(record)
            record.line_ids.refund_amount = 100
            self._inspect(record)
            self._call(self.lead, record._name, 'write', record.ids, {'line_ids': [
                Command.update(record.line_ids.id, {'refund_amount': 2999})]})
            self.assertEqual(record.line_ids.refund_amount, 2999)
            self._refuse(self.lead, record._name, 'action_approve', record.ids)
        self.assertFalse(record.approver_id)
