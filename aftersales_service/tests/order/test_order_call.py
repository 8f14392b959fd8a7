from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged, users
from odoo.tests.common import new_test_user

from ..common import AftersalesCommon

MAIL = """Return-Path: <{sender}>
To: service@example.com
From: Wang Wei <{sender}>
Subject: {subject}
Message-Id: <{number}@example.com>
Content-Type: text/plain; charset="utf-8"

The fan is loud.
"""


@tagged('post_install', '-at_install')
class TestOrderCall(AftersalesCommon):
    """A phone number and words are enough; no customer is registered twice."""

    @users('agent')
    def test_number_finds_the_caller(self):
        form = Form(self.env['aftersales.order'])
        form.phone = '650-555-0100'
        self.assertEqual(form.partner_id, self.customer)

    @users('agent')
    def test_unknown_caller_becomes_one_customer(self):
        first, second = self.env['aftersales.order'].create([
            {'phone': '+1 650 555 0199', 'caller_name': "Mr. New", 'description': "loud"},
            {'phone': '650-555-0199', 'description': "leaks"}])
        self.assertEqual(first.partner_id, second.partner_id)
        self.assertRecordValues(first.partner_id, [
            {'name': "Mr. New", 'phone_sanitized': '+16505550199'}])

    @users('agent')
    def test_pasted_line_is_taken_apart(self):
        form = Form(self.env['aftersales.order'])
        form.phone = "Ann Lee, 12 Main St, Springfield, +1 650-555-0142"
        order = form.save()
        self.assertEqual(order.partner_id.name, "Ann Lee")
        self.assertEqual(order.partner_id.street, "12 Main St, Springfield")
        self.assertEqual(order.phone_sanitized, '+16505550142')

    @users('agent')
    def test_chinese_address_finds_province_city_and_so_the_outlet(self):
        partner = self.env['res.partner'].sudo().create({'name': "Pudong Station"})
        shanghai = self.env['res.country.state'].search(
            [('country_id.code', '=', 'CN'), ('name', '=', "上海市")])
        outlet = self.env['aftersales.outlet'].sudo().create({
            'name': "Pudong Station", 'partner_id': partner.id, 'kind': 'franchise',
            'area_ids': [Command.create(
                {'country_id': shanghai.country_id.id, 'state_id': shanghai.id})]})
        outlet.action_activate()
        form = Form(self.env['aftersales.order'])
        form.phone = "李四 13912345678 上海市浦东新区世纪大道100号"
        order = form.save()
        self.assertRecordValues(order.partner_id, [{
            'name': "李四", 'street': "浦东新区世纪大道100号", 'city': "上海市",
            'state_id': shanghai.id, 'country_id': shanghai.country_id.id}])
        self.assertEqual(order.outlet_id, outlet)

    @users('agent')
    def test_open_order_of_the_unit_is_shown_before_a_second(self):
        card = self._create_card()
        first = self._create_order(warranty_id=card.id)
        form = Form(self.env['aftersales.order'])
        form.serial = 'AC-0001'
        self.assertEqual(form.duplicate_ids[:], first)
        second = form.save()  # warned, allowed
        self.assertEqual(second.duplicate_ids, first)
        first.close_reason = "Solved"
        first.action_cancel()
        second.invalidate_recordset(['duplicate_ids'])
        self.assertFalse(second.duplicate_ids)

    @users('agent')
    def test_another_unit_of_the_caller_is_no_duplicate(self):
        self._create_order(warranty_id=self._create_card().id)
        other = self._create_order(warranty_id=self._create_card(serial='AC-0002').id)
        self.assertFalse(other.duplicate_ids)

    @users('agent')
    def test_second_reminder_alerts_the_dispatcher(self):
        order = self._create_order()
        order.action_remind()
        self.assertFalse(self._get_notices(order))
        order.action_remind()
        self.assertEqual(order.reminder_count, 2)
        self.assertIn(
            self.dispatcher.partner_id, self._get_notices(order).notified_partner_ids)

    def _get_notices(self, order):
        return self.env['mail.message'].sudo().search([
            ('model', '=', order._name), ('res_id', '=', order.id),
            ('message_type', '=', 'user_notification')])

    def _type_call(self, **values):
        """Return the open orders that are shown to the user who types."""
        return [(shown['name'], shown['handler'], shown['is_readable'])
                for shown in self.env['aftersales.order'].new(values).open_orders or ()]

    @users('other_agent')
    def test_call_about_the_order_of_a_colleague_is_counted_there(self):
        of_agent = self.env['aftersales.order'].with_user(self.agent)
        order = of_agent.create({'phone': '650-555-0100'})
        of_agent.create({'phone': '650-555-0111'})
        self.assertEqual(
            self._type_call(phone='+1 650 555 0100'), [(order.name, "Agent Anna", False)])
        order.with_user(self.env.user).action_remind()
        self.assertEqual(order.reminder_count, 1)
        self.assertIn(self.env.user.partner_id, order.message_ids.author_id)
        with self.assertRaises(AccessError):
            order.with_user(self.env.user).read(['name'])
        order.close_reason = "Solved"
        order.action_cancel()
        self.assertFalse(self._type_call(phone='+1 650 555 0100'))
        order.with_user(self.env.user).action_remind()
        self.assertEqual(order.reminder_count, 1)  # only open orders are waited for

    def test_strangers_see_and_count_nothing(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        order = self.env['aftersales.order'].create({'phone': '650-555-0100'})
        foreign = new_test_user(
            self.env, 'foreign', 'aftersales_service.group_aftersales_agent',
            company_id=company.id, company_ids=[Command.set(company.ids)])
        for user in foreign, self.employee:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                order.with_user(user).action_remind()
        for values in {}, {'company_id': order.company_id.id}:
            typed = self.env['aftersales.order'].with_user(foreign).new(
                {'phone': '+1 650 555 0100', **values})
            self.assertFalse(typed.open_orders)
        portal = new_test_user(self.env, 'nosy', 'base.group_portal')
        typed = self.env['aftersales.order'].with_user(portal).new({'phone': order.phone})
        with self.assertRaises(AccessError):
            typed.mapped('open_orders')

    @users('agent')
    def test_unit_without_a_card_is_known_by_its_number(self):
        order = self._create_order(serial='FAN-1', product_id=self.capacitor.id)
        self.assertEqual(
            self._type_call(serial='fan-1', phone='+1 650 555 0111'),
            [(order.name, "Agent Anna", True)])
        self.assertFalse(self._type_call(serial='fan-1', product_id=self.compressor.id))
        # of another unit, but of this caller: the desk sees all that is open
        self.assertEqual(self._type_call(
            serial='FAN-2', product_id=self.capacitor.id, phone=order.phone),
            [(order.name, "Agent Anna", True)])
        self._create_order(serial="unknown", product_id=self.capacitor.id)
        self.assertFalse(self._type_call(serial="unknown", product_id=self.capacitor.id))
        order.close_reason = "Solved"
        order.action_cancel()
        again = self._create_order(serial='FAN-1')
        self.assertEqual(again.history_count, 1)
        self.assertFalse(again.open_orders)
        self.assertEqual(again.action_view_history()['res_id'], order.id)

    @users('agent')
    def test_sales_hear_of_a_chance(self):
        order = self._create_order(product_id=self.conditioner.id)
        order.action_create_lead()
        lead = order.sudo().lead_id
        self.assertRecordValues(lead, [{
            'partner_id': self.customer.id, 'type': 'opportunity', 'referred': order.name}])
        order.action_create_lead()
        self.assertEqual(order.sudo().lead_id, lead)

    @users('manager')
    def test_lead_knows_the_service_history(self):
        self.manager.sudo().group_ids |= self.env.ref('sales_team.group_sale_salesman_all_leads')
        self._create_order()
        lead = self.env['crm.lead'].sudo().create(
            {'name': "New unit", 'partner_id': self.customer.id})
        self.assertEqual(lead.with_user(self.env.user).sudo().aftersales_order_count, 1)
        action = lead.action_create_aftersales_order()
        order = self.env['aftersales.order'].with_context(**action['context']).create({})
        self.assertEqual((order.lead_id, order.partner_id), (lead, self.customer))

    @users('agent')
    def test_an_agent_names_no_opportunity_that_only_sales_reads(self):
        lead = self.env['crm.lead'].sudo().create({'name': "Secret merger of two chains"})
        order = self._create_order()
        orders = self.env['aftersales.order']
        for way in (
                lambda: order.write({'lead_id': lead.id}),
                lambda: self._create_order(lead_id=lead.id),
                lambda: orders.with_context(default_lead_id=lead.id).create(
                    {'partner_id': self.customer.id}),
                lambda: orders.onchange(
                    {'lead_id': lead.id}, ['lead_id'], {'lead_id': {'fields': {
                        'display_name': {}}}})):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                way()
        self.assertFalse(order.lead_id)

    def _receive(self, **values):
        self.env['mail.thread'].message_process(
            'aftersales.order', MAIL.format(**{
                'sender': 'wang@example.com', 'subject': "Fan", 'number': 1, **values}))
        return self.env['aftersales.order'].search([('channel', '=', 'email')])

    def test_mail_opens_an_order(self):
        order = self._receive()
        self.assertRecordValues(order, [{
            'description': "Fan\nThe fan is loud.", 'channel': 'email', 'user_id': False,
            'state': 'registered'}])
        self.assertEqual(order.partner_id.email, 'wang@example.com')
        self.assertIn("The fan is loud", order.message_ids.mapped('body')[0])

    def test_mail_without_subject_opens_an_order(self):
        self.assertEqual(self._receive(subject="").description, "The fan is loud.")

    def test_mail_finds_its_customer(self):
        self.assertEqual(self._receive(sender='li.na@example.com').partner_id, self.customer)
