from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import HttpCase, new_test_user
from odoo.tools import mute_logger

from .common import VisitCommon


@tagged('post_install', '-at_install')
class TestVisitMeeting(VisitCommon, HttpCase):
    """Each employee reads and writes core's meetings: those of visits give nothing away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.street = "1 Keji Road"
        company = cls.env['res.company'].create({'name': "Second Company"})
        cls.outsider = new_test_user(
            cls.env, 'outsider', 'base.group_user', name="Outsider Oda",
            company_id=company.id, company_ids=[Command.set(company.ids)])

    def _call(self, user, method, *args, **kwargs):
        """Call a method of the meetings as the browser does; return its answer."""
        user.password = f'{user.login}-secret'
        self.authenticate(user.login, f'{user.login}-secret')
        answer = self.url_open('/web/dataset/call_kw', json={
            'jsonrpc': '2.0', 'method': 'call', 'params': {
                'model': 'calendar.event', 'method': method, 'args': args,
                'kwargs': kwargs}}).json()
        return answer.get('error', {}).get('data') or answer['result']

    def test_employees_read_no_customer(self):
        event = self._dispatch(2).visit_ids.event_id
        for user in (self.employee, self.outsider):
            shown = str(self._call(user, 'read', event.ids))
            self.assertIn("Technician Tom", shown)
            for secret in ("Li Na", "Keji", "555 0100"):
                self.assertNotIn(secret, shown)
            for field in ('name', 'location', 'description', 'display_name'):
                self.assertFalse(self._call(
                    user, 'search', [('id', '=', event.id), (field, 'ilike', "Li Na")]))
            with self.assertRaises(AccessError):
                event.with_user(user).read(['aftersales_address'])

    def test_links_to_a_meeting_name_no_customer(self):
        event = self._dispatch(2).visit_ids.event_id
        for user, is_shown in ((self.employee, False), (self.outsider, False),
                               (self.other_technician, False), (self.technician, True)):
            self.env.invalidate_all()
            attendees = self.env['calendar.attendee'].with_user(user)
            domain = [('event_id', 'in', event.ids)]
            for way, answer in (
                    ('name_search', self._call(user, 'name_search', "SV")),
                    ('many2one', attendees.search_read(domain, ['event_id'])),
                    ('web_read', attendees.search(domain).web_read(
                        {'event_id': {'fields': {'display_name': {}}}})),
                    ('group', attendees.formatted_read_group(domain, ['event_id'], ['__count'])),
                    ('superuser', event.with_user(user).sudo().display_name)):
                with self.subTest(user=user.login, way=way):
                    self.assertEqual("Li Na" in str(answer), is_shown)

    def test_those_who_plan_read_customer_and_address(self):
        event = self._dispatch(2).visit_ids.event_id
        for user in (self.technician, self.dispatcher):
            shown = event.with_user(user).read(
                ['display_name', 'aftersales_visit_id', 'aftersales_address'])[0]
            self.assertIn("Li Na", shown['display_name'])
            self.assertIn("1 Keji Road", shown['aftersales_address'])
        other = event.with_user(self.other_technician).read(
            ['display_name', 'aftersales_visit_id', 'aftersales_address'])[0]
        self.assertNotIn("Li Na", str(other))

    def test_defaults_of_the_caller_do_not_open_a_meeting(self):
        orders = self._dispatch(date='2026-06-02 08:00:00')
        orders.date_planned = False
        orders.visit_ids.unlink()
        orders.date_planned = '2026-06-02 09:00:00'
        orders.with_user(self.dispatcher).with_context(
            default_location="1 Keji Road", default_description="Li Na",
            default_privacy='public', default_name="Li Na",
            default_partner_ids=self.employee.partner_id.ids)._create_missing_visits()
        event = orders.visit_ids.event_id
        self.assertEqual(event.privacy, 'confidential')
        self.assertFalse(event.location or event.description)
        self.assertEqual(event.partner_ids, self.technician.partner_id)

    @mute_logger('odoo.http')
    def test_who_may_not_plan_the_order_moves_no_meeting(self):
        orders = self._dispatch(2)
        event = orders.visit_ids.event_id
        for user in (self.employee, self.outsider):
            for vals in (
                    {'start': '2026-06-09 09:00:00', 'stop': '2026-06-09 11:00:00'},
                    {'active': False}, {'user_id': user.id},
                    {'partner_ids': [Command.link(user.partner_id.id)]}):
                refusal = self._call(user, 'write', event.ids, vals)
                self.assertIn("may not plan its service order", refusal['message'])
        self.assertEqual(str(event.start), '2026-06-02 08:00:00')
        self.assertEqual(str(orders[0].date_planned), '2026-06-02 08:00:00')
        self.assertTrue(event.active)

    def test_who_may_plan_the_order_moves_the_meeting(self):
        for user in (self.technician, self.dispatcher):
            orders = self._dispatch(2, date='2026-06-02 08:00:00')
            self.assertTrue(self._call(user, 'write', orders.visit_ids.event_id.ids, {
                'start': '2026-06-03 09:00:00', 'stop': '2026-06-03 11:00:00'}))
            self.env.invalidate_all()
            self.assertEqual(str(orders[1].date_planned), '2026-06-03 09:00:00')

    def test_meetings_of_others_stay_theirs(self):
        meeting = self.env['calendar.event'].with_user(self.employee).create({
            'name': "Lunch", 'start': '2026-06-02 12:00:00', 'stop': '2026-06-02 13:00:00'})
        meeting.start = '2026-06-02 12:30:00'
        self.assertEqual(meeting.display_name, "Lunch")
        self.assertFalse(meeting.with_user(self.technician).aftersales_visit_id)
