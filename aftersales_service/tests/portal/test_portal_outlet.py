import re
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user

from ..outlet.common import OutletCommon

PAGES = '/my/outlet', '/my/outlet/{id}'
ACTIONS = 'accept', 'decline', 'take', 'assign', 'agree_time', 'hand_over'


@tagged('post_install', '-at_install')
class TestPortalOutlet(HttpCase, OutletCommon):
    """An outlet's people on their pages: the boss, a technician, strangers and customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north.manager_id = cls.wang
        cls.visitor = new_test_user(cls.env, 'visitor', 'base.group_portal')
        now = fields.Datetime.now()
        cls.soon = f'{now:%Y-%m-%dT%H:%M}'
        cls.later = f'{now + timedelta(days=3):%Y-%m-%d}T09:30'

    def _open(self, url, login='wang'):
        self.authenticate(login, login)
        return self.url_open(url)

    def _do(self, order, action, login='wang', **form):
        """Press a button of the order's page as the browser does."""
        self.authenticate(login, login)
        page = self.url_open('/my').text
        token = re.search(r'csrf_token: "([^"]+)"', page)[1]
        return self.url_open(
            f'/my/outlet/{order.id}/{action}', data={'csrf_token': token, **form})

    def _create_assessed(self, **values):
        order = self._create_order(**values)
        order._set_state('assessed')
        order.action_offer_to_outlet()
        return order

    # === WHAT THEY DO === #

    def test_boss_accepts_and_gives_the_order_to_a_technician(self):
        order = self._create_assessed()
        self.assertIn(order.name, self._open('/my/outlet').text)
        page = self._do(order, 'accept')
        self.assertEqual(order.offer_state, 'accepted')
        self.assertEqual(order.offer_id.answered_by_id, self.wang)
        self.assertIn("Choose a Technician", page.text)
        page = self._do(
            order, 'assign', technician_id=self.zhao.id, date_planned=self.soon)
        self.assertRecordValues(order, [{
            'technician_id': self.zhao.id, 'state': 'dispatched'}])
        self.assertEqual(f'{order.date_planned:%Y-%m-%dT%H:%M}', self.soon)
        self.assertEqual(order.visit_ids.technician_id, self.zhao)
        self.assertIn("Given to Zhao of North by Wang of North.",
                      "".join(order.message_ids.mapped('body')))
        self.assertIn("Zhao of North", page.text)
        jobs = self.env['aftersales.visit'].with_user(self.zhao)._get_mobile_jobs()
        self.assertEqual([job['id'] for job in jobs], order.visit_ids.ids)

    def test_time_is_read_in_the_zone_of_the_boss(self):
        self.wang.tz = 'Asia/Shanghai'
        order = self._create_assessed()
        self._do(order, 'accept')
        self._do(order, 'assign', technician_id=self.wang.id, date_planned=self.later)
        self.assertEqual(f'{order.date_planned:%H:%M}', '01:30')
        page = html.fromstring(self._open(f'/my/outlet/{order.id}').text)
        self.assertIn("9:30", page.text_content())
        self.assertIn("Asia/Shanghai", page.text_content())

    def test_boss_declines_with_a_reason_and_the_next_outlet_is_asked(self):
        order = self._create_assessed()
        page = self._do(order, 'decline', reason=" ")
        self.assertIn("Give the reason", page.text)
        self.assertEqual(order.offer_state, 'offered')
        page = self._do(order, 'decline', reason="No ladder truck")
        self.assertEqual(page.url.rstrip('/').split('/my/')[1], 'outlet')
        self.assertNotIn(order.name, page.text)
        self.assertEqual(
            self._get_results(order),
            [("North Station", 'declined'), ("South Station", 'offered')])

    def test_member_takes_and_hands_over(self):
        self.north.write({'is_pull_allowed': True, 'accept_minutes': 0})
        order = self._create_assessed(date_planned='2026-06-02 09:00:00')
        self.assertIn("Take", self._open('/my/outlet', 'zhao').text)
        self._do(order, 'take', 'zhao')
        self.assertEqual((order.technician_id, order.state), (self.zhao, 'dispatched'))
        self._do(order, 'hand_over', 'zhao', technician_id=self.wang.id, reason="Flat tyre")
        self.assertEqual(order.visit_ids.technician_id, self.wang)
        self.assertIn("Flat tyre", "".join(order.message_ids.mapped('body')))

    def test_list_of_who_takes_over_names_the_missing_skill(self):
        self.north.write({'is_pull_allowed': True, 'accept_minutes': 0})
        order = self._create_assessed(date_planned='2026-06-02 09:00:00')
        self.env['aftersales.skill'].create({
            'name': "Gas Licence", 'type_ids': order.type_id.ids, 'user_ids': self.zhao.ids})
        self._do(order, 'take', 'zhao')
        page = html.fromstring(self._open(f'/my/outlet/{order.id}', 'zhao').text)
        [option] = page.xpath(f"//option[@value='{self.wang.id}']")
        self.assertIn("Gas Licence", option.text_content())

    def test_who_takes_an_order_agrees_on_its_time(self):
        self.north.write({'is_pull_allowed': True, 'accept_minutes': 0})
        order = self._create_assessed()
        page = self._do(order, 'take', 'zhao')
        self.assertFalse(order.visit_ids)
        self.assertIn("Agree on a Time", page.text)
        self.assertIn("Agree on a Time", self._open('/my/outlet?section=running', 'zhao').text)
        page = self._do(order, 'agree_time', 'zhao', date_planned=self.soon)
        self.assertEqual(f'{order.date_planned:%Y-%m-%dT%H:%M}', self.soon)
        self.assertRecordValues(order.visit_ids, [{
            'technician_id': self.zhao.id, 'state': 'planned',
            'date_start': order.date_planned}])
        jobs = self.env['aftersales.visit'].with_user(self.zhao)._get_mobile_jobs()
        self.assertEqual([job['id'] for job in jobs], order.visit_ids.ids)
        self.assertIn("Move the Visit", page.text)

    def test_visit_is_moved_for_a_reason(self):
        self.north.accept_minutes = 0
        order = self._create_assessed()
        self._do(order, 'assign', technician_id=self.zhao.id, date_planned=self.soon)
        visit = order.visit_ids
        page = self._do(order, 'agree_time', 'zhao', date_planned=self.later, reason=" ")
        self.assertIn("Give the reason for moving", page.text)
        self._do(order, 'agree_time', 'zhao', date_planned=self.later, reason="Customer is away")
        self.assertEqual(f'{visit.date_start:%Y-%m-%dT%H:%M}', self.later)
        self.assertEqual(order.visit_ids, visit)
        self.assertIn(
            "by Zhao of North: Customer is away", "".join(order.message_ids.mapped('body')))

    def test_time_that_cannot_be_is_refused(self):
        self.north.write({'is_pull_allowed': True, 'accept_minutes': 0})
        order = self._create_assessed()
        for text, words in (
                ('2020-05-01T09:00', "in the past"), ('9999-01-01T09:00', "too far ahead"),
                ('', "Choose the day")):
            for action, login, values in (
                    ('assign', 'wang', {'technician_id': self.zhao.id}), ('take', 'zhao', {}),
                    ('agree_time', 'wang', {})):
                if not text and action != 'agree_time':
                    continue  # the time is agreed on later
                with self.subTest(text=text, action=action):
                    page = self._do(order, action, login, date_planned=text, **values)
                    self.assertIn(words, page.text)
                    self.assertRecordValues(
                        order, [{'technician_id': False, 'date_planned': False}])

    def test_begun_work_is_not_moved_nor_that_of_a_colleague(self):
        self.north.accept_minutes = 0
        order = self._create_assessed()
        self._do(order, 'assign', technician_id=self.wang.id, date_planned=self.soon)
        page = self._do(order, 'agree_time', 'zhao', date_planned=self.later, reason="x")
        self.assertIn("These are not your orders", page.text)
        order.visit_ids.with_user(self.wang).sudo()._set_state('on_way')
        page = self._do(order, 'agree_time', date_planned=self.later, reason="x")
        self.assertIn("on the way", page.text)
        order._set_state('on_site')
        page = self._do(order, 'agree_time', date_planned=self.later, reason="x")
        self.assertIn("The work has begun", page.text)
        self.assertEqual(f'{order.date_planned:%Y-%m-%dT%H:%M}', self.soon)

    def test_map_opens_on_each_phone(self):
        order, company = self._create_order(), self.env.company
        company.aftersales_map_link = False
        company.country_id = self.env.ref('base.cn')
        self.assertTrue(order._get_outlet_map_link().startswith('https://uri.amap.com/'))
        company.country_id = self.env.ref('base.us')
        self.assertTrue(order._get_outlet_map_link().startswith('https://www.google.com/maps/'))
        company.aftersales_map_link = 'https://map.example.com/{address}'
        company.country_id = self.env.ref('base.cn')
        self.assertTrue(order._get_outlet_map_link().startswith('https://map.example.com/'))

    def test_order_that_is_handed_back_leaves_the_phone(self):
        self.north.accept_minutes = 0
        order = self._create_assessed(date_planned='2026-06-02 09:00:00')
        self._do(order, 'assign', technician_id=self.zhao.id)
        self.assertTrue(order.visit_ids)
        self._do(order, 'hand_over', 'zhao', technician_id='', reason="Ill")
        self.assertRecordValues(order, [{'technician_id': False, 'state': 'scheduled'}])
        self.assertFalse(order.visit_ids)
        self.assertIn(order.name, self._open('/my/outlet?section=waiting').text)

    def test_order_on_site_is_not_handed_over(self):
        self.north.accept_minutes = 0
        order = self._create_assessed(date_planned='2026-06-02 09:00:00')
        self._do(order, 'assign', technician_id=self.zhao.id)
        order._set_state('on_site')
        page = self._do(order, 'hand_over', 'zhao', technician_id='', reason="Ill")
        self.assertIn("The work has begun", page.text)
        self.assertEqual(order.technician_id, self.zhao)

    def test_nonsense_gets_a_sentence(self):
        self.north.accept_minutes = 0
        order = self._create_assessed()
        for form in (
                {'technician_id': "x", 'date_planned': self.later},
                {'technician_id': self.chen.id, 'date_planned': self.later},
                {'technician_id': self.zhao.id, 'date_planned': "tomorrow"}):
            with self.subTest(form=form):
                page = self._do(order, 'assign', **form)
                self.assertIn('alert-danger', page.text)
                self.assertFalse(order.technician_id)
        self.assertEqual(self._do(order, 'action_cancel').status_code, 404)

    def test_second_answer_is_notified(self):
        order = self._create_assessed()
        self._do(order, 'accept')
        page = self._do(order, 'accept')  # a second tap of the same person changes nothing
        self.assertNotIn("not offered to you any more", page.text)
        page = self._do(order, 'decline', reason="No ladder")
        self.assertIn("not offered to you any more", page.text)

    # === WHO IS REFUSED === #

    def test_technician_of_the_outlet_does_not_give_out_orders(self):
        self.north.accept_minutes = 0
        order = self._create_assessed(date_planned='2026-06-02 09:00:00')
        self.assertNotIn('name="assign"', self._open(f'/my/outlet/{order.id}', 'zhao').text)
        page = self._do(order, 'assign', 'zhao', technician_id=self.zhao.id)
        self.assertIn("These are not your orders", page.text)
        self.assertFalse(order.technician_id)

    def test_other_outlet_customer_and_stranger_find_nothing(self):
        order = self._create_assessed()
        missing = self.env['aftersales.order'].browse(order.id + 1000)
        for login in 'chen', 'visitor':
            texts = set()
            for record in order, missing:
                page = self._open(f'/my/outlet/{record.id}', login)
                self.assertEqual(page.status_code, 404)
                texts.add(page.text.replace(f'/my/outlet/{record.id}', ''))
                for action in ACTIONS:
                    answer = self._do(record, action, login, reason="x")
                    self.assertEqual(answer.status_code, 404, action)
            self.assertEqual(len({re.sub(r'csrf_token: "[^"]+"', '', text)
                                  for text in texts}), 1)
        self.assertEqual(self._get_results(order), [("North Station", 'offered')])

    def test_customer_has_no_outlet_page(self):
        order = self._create_assessed(
            partner_id=self.visitor.partner_id.id, site_id=self.customer.id)
        self.assertEqual(self._open('/my/outlet', 'visitor').status_code, 404)
        self.assertEqual(self._open(f'/my/outlet/{order.id}', 'visitor').status_code, 404)
        self.assertNotIn('href="/my/outlet', self._open('/my', 'visitor').text)

    def test_anonymous_is_asked_to_log_in(self):
        order = self._create_assessed()
        for url in PAGES:
            self.assertIn('/web/login', self.url_open(url.format(id=order.id)).url)

    def test_who_left_the_outlet_finds_nothing(self):
        order = self._create_assessed()
        self.north.write({'manager_id': False, 'member_ids': [(3, self.wang.id)]})
        for url in PAGES:
            self.assertEqual(self._open(url.format(id=order.id)).status_code, 404)

    def test_outlet_does_not_act_as_the_customer(self):
        order = self._create_assessed()
        self.assertEqual(self._open(f'/my/service/{order.id}').status_code, 404)
        token = re.search(r'csrf_token: "([^"]+)"', self.url_open('/my').text)[1]
        for action in 'cancel', 'remind':
            answer = self.url_open(f'/my/service/{order.id}/{action}', data={
                'csrf_token': token, 'reason': "I do not want to"})
            self.assertEqual(answer.status_code, 404)
        self.assertEqual((order.state, order.reminder_count), ('assessed', 0))

    def test_outlet_may_have_an_order_as_a_customer(self):
        order = self._create_order(partner_id=self.wang.partner_id.id)
        self.assertEqual(self._open(f'/my/service/{order.id}').status_code, 200)

    def test_actions_refuse_the_stranger_without_the_page(self):
        order = self._create_assessed()
        for user in self.chen, self.visitor:
            for method, arguments in (
                    ('action_accept_offer', ()), ('action_decline_offer', ("x",)),
                    ('action_take', ()), ('action_hand_over', ("x",)),
                    ('action_dispatch_to', (user.id,)),
                    ('action_agree_time', (self.later.replace('T', ' ') + ':00',))):
                with self.subTest(method=method), self.assertRaises(AccessError):
                    getattr(order.with_user(user), method)(*arguments)

    # === WHAT THEY SEE === #

    def test_customer_is_named_only_after_the_offer_is_accepted(self):
        self.customer.street = "7 Pier Road"
        order = self._create_assessed(phone='+1 650 555 0100')
        offered = self._open(f'/my/outlet/{order.id}').text
        self.assertIn("94107", offered)
        self.assertNotIn("Li Na", offered)
        self.assertNotIn("555 0100", offered)
        self.assertNotIn("Pier Road", offered)
        accepted = self._do(order, 'accept').text
        self.assertIn("Li Na", accepted)
        self.assertIn("555 0100", accepted)
        self.assertIn("Pier Road", accepted)

    def test_sections_hold_the_orders_of_the_outlet_only(self):
        mine = self._create_assessed()
        foreign = self._create_order(outlet_id=self.south.id)
        foreign.action_offer_to_outlet()
        for section in 'offers', 'waiting', 'running', 'done', 'all':
            text = self._open(f'/my/outlet?section={section}').text
            self.assertNotIn(foreign.name, text)
        counts = mine.with_user(self.wang)._count_for_outlet()
        self.assertEqual(counts, {'offers': 1, 'waiting': 0, 'running': 0, 'done': 0})
        self.assertEqual(mine.with_user(self.visitor)._count_for_outlet(), {})
        self.assertEqual(mine.with_user(self.wang).sudo()._get_outlet_actions(),
                         ['accept', 'decline'])
        mine.date_done = '2026-06-02 09:00:00'  # by our own workshop
        self.assertEqual(mine.with_user(self.wang)._count_for_outlet()['offers'], 0)
        self.assertEqual(mine.with_user(self.wang).sudo()._get_outlet_actions(), [])

    def test_home_counts_offers_and_open_orders(self):
        self._create_assessed()
        self.assertIn('href="/my/outlet"', self._open('/my').text)
        counts = self.make_jsonrpc_request('/my/counters', {
            'counters': ['outlet_offer_count', 'outlet_order_count']})
        self.assertEqual(counts['outlet_offer_count'], 1)
        self.assertEqual(counts['outlet_order_count'], 0)
        self.assertIn('href="/my/jobs"', self._open('/my', 'zhao').text)
        self.assertEqual(self._open('/my/jobs', 'zhao').status_code, 200)

    def test_page_speaks_the_users_language(self):
        self.env['res.lang']._activate_lang('zh_CN')
        self.wang.lang = 'zh_CN'
        order = self._create_assessed()
        order.type_id.with_context(lang='zh_CN').name = "上门维修"
        self.assertIn("上门维修", self._open(f'/my/outlet/{order.id}').text)

    def test_input_times_are_read_or_refused(self):
        orders = self.env['aftersales.order'].with_user(self.wang)
        self.assertFalse(orders._read_input_time(''))
        for text in "tomorrow", "2026-13-01T00:00", "9999999999999":
            with self.subTest(text=text), self.assertRaisesRegex(UserError, "no date"):
                orders._read_input_time(text)

    def test_list_costs_the_same_for_few_and_many(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders = self.env['aftersales.order'].with_user(self.wang)
            for order in orders._search_for_outlet('offers'):
                order._get_outlet_actions()
                order._get_outlet_address()
            return self.env.cr.sql_log_count - before

        for __ in range(2):
            self._create_assessed()
        few = count()
        for __ in range(8):
            self._create_assessed()
        self.assertLessEqual(count(), few)
