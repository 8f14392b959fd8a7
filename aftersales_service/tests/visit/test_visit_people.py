from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged, users
from odoo.tests.common import new_test_user

from .common import VisitCommon


@tagged('post_install', '-at_install')
class TestVisitPeople(VisitCommon):
    """Who may plan an order sends people to it, and only those whose work it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = new_test_user(
            cls.env, 'visit_member', 'aftersales_service.group_aftersales_technician',
            name="Member Max", tz='UTC')
        cls.stranger = new_test_user(cls.env, 'visit_stranger', 'base.group_portal')
        cls.outlet.member_ids += cls.member
        cls.outlet.action_activate()
        cls.waiting = cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'user_id': cls.agent.id,
            'type_id': cls.type_plain.id, 'outlet_id': cls.outlet.id})
        cls.waiting.action_offer_to_outlet()
        cls.waiting.offer_id._answer('accepted')

    def _plan(self, user, order, **values):
        return self.env['aftersales.visit'].with_user(user).create({
            'order_ids': [Command.set(order.ids)], 'technician_id': user.id,
            'date_start': '2026-06-02 08:00:00', **values})

    @users('visit_member')
    def test_a_technician_of_an_outlet_takes_no_order_by_a_visit(self):
        order = self.waiting.with_user(self.env.user)
        self.assertTrue(order.has_access('read'))
        self.assertFalse(order.has_access('write'))
        with self.assertRaisesRegex(AccessError, "may not change"), self.env.cr.savepoint():
            self._plan(self.env.user, order)
        visit = self._plan(self.env.user, order.browse())
        for values in (
                {'order_ids': [Command.link(order.id)]}, {'order_ids': [Command.set(order.ids)]}):
            with self.subTest(values=values), self.assertRaisesRegex(
                    AccessError, "may not change"), self.env.cr.savepoint():
                visit.web_save(values, {})
        self.assertFalse(order.technician_id or order.visit_ids)

    @users('agent')
    def test_only_technicians_are_sent(self):
        order = self._create_order(outlet_id=self.outlet.id, type_id=self.type_plain.id)
        visit = self._plan(self.env.user, order, technician_id=self.technician.id)
        for person in (self.employee, self.dispatcher, self.stranger):
            for values in ({'technician_id': person.id},
                           {'helper_ids': [Command.link(person.id)]}):
                with self.subTest(person=person.login, values=values), self.assertRaisesRegex(
                        AccessError, "may not go on this visit"), self.env.cr.savepoint():
                    visit.write(values)
            with self.subTest(person=person.login), self.assertRaisesRegex(
                    AccessError, "may not go on this visit"), self.env.cr.savepoint():
                self._plan(self.env.user, order, technician_id=person.id)
        visit.write({'technician_id': self.other_technician.id,
                     'helper_ids': [Command.set(self.outlet_technician.ids)]})
        self.assertEqual(visit.technician_id, self.other_technician)

    @users('other_agent')
    def test_a_helper_hands_no_order_on(self):
        visit = self._dispatch(user_id=self.agent.id).visit_ids
        visit.helper_ids = self.other_technician
        visit = visit.with_user(self.other_technician)
        self.assertTrue(visit.has_access('write'))
        with self.assertRaisesRegex(AccessError, "may not change"), self.env.cr.savepoint():
            visit.technician_id = self.other_technician
        self.assertEqual(visit.sudo().order_ids.technician_id, self.technician)

    @users('dispatcher')
    def test_a_dispatcher_plans_for_the_outlet(self):
        visit = self._plan(
            self.env.user, self.waiting.with_user(self.env.user),
            technician_id=self.outlet_technician.id)
        self.assertEqual(visit.technician_id, self.outlet_technician)

    def test_who_leaves_a_visit_follows_its_meeting_no_more(self):
        visit = self._dispatch().visit_ids
        visit.event_id.message_subscribe(self.technician.partner_id.ids)
        visit.with_user(self.dispatcher).technician_id = self.other_technician
        self.assertNotIn(self.technician.partner_id, visit.event_id.partner_ids)
        self.assertNotIn(self.technician.partner_id, visit.event_id.message_partner_ids)
