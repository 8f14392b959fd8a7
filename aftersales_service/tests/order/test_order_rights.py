from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged, users
from odoo.tests.common import new_test_user

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestOrderRights(AftersalesCommon):
    """What each role may see and do, and where it is refused."""

    def _create_as_manager(self, vals):
        return self.env['aftersales.order'].with_user(self.manager).create(vals)

    @users('agent')
    def test_agent_sees_own_and_unassigned_orders(self):
        orders = self._create_as_manager(
            [{'user_id': user.id} for user in (self.agent, self.other_agent)]
            + [{'user_id': False}])
        orders.invalidate_recordset()
        seen = self.env['aftersales.order'].search([('id', 'in', orders.ids)])
        self.assertEqual(seen, orders[0] | orders[2])
        with self.assertRaises(AccessError):
            orders[1].with_user(self.env.user).read(['name'])

    @users('technician')
    def test_technician_sees_own_dispatched_orders(self):
        order = self._create_as_manager(
            {'user_id': self.agent.id, 'technician_id': self.technician.id})
        other = self._create_as_manager({'user_id': self.agent.id})
        seen = self.env['aftersales.order'].search([('id', 'in', (order | other).ids)])
        self.assertEqual(seen, order)

    def test_who_handles_an_order_follows_it(self):
        """Core's search for followers is left out only where it finds who registers."""
        people = self.agent | self.other_agent
        for handler, followers in ((self.agent, self.agent), (self.other_agent, people)):
            with self.subTest(handler=handler.login):
                order = self.env['aftersales.order'].with_user(self.agent).with_context(
                    tracking_disable=False).create({'user_id': handler.id})
                self.assertEqual(order.sudo().message_partner_ids, followers.partner_id)
        order = self.env['aftersales.order'].with_context(tracking_disable=False).create(
            {'user_id': False})
        order.with_user(self.agent).user_id = self.agent
        self.assertIn(self.agent.partner_id, order.message_partner_ids)

    @users('dispatcher')
    def test_dispatcher_sees_all(self):
        order = self._create_as_manager({'user_id': self.agent.id})
        order.with_user(self.env.user).technician_id = self.technician
        self.assertEqual(order.technician_id, self.technician)

    @users('agent')
    def test_staff_may_take_a_call_about_anothers_unit(self):
        """A neighbour calls: the form warns, nothing is forbidden."""
        card = self._create_card()
        neighbour = self.env['res.partner'].create({'name': "Neighbour"})
        order = self._create_order(partner_id=neighbour.id, warranty_id=card.id)
        self.assertEqual(order.warranty_id, card)

    def test_customers_and_outlets_never_link_anothers_card(self):
        card = self._create_card()
        outsider = new_test_user(self.env, 'outsider', 'base.group_portal', tz='UTC')
        outlet = self.env['aftersales.outlet'].create({
            'name': "Station", 'partner_id': self.env['res.partner'].create(
                {'name': "Station"}).id,
            'member_ids': [Command.set(outsider.ids)], 'manager_id': outsider.id,
            'accept_minutes': 0})
        outlet.action_activate()
        own = self._create_order(partner_id=outsider.partner_id.id)
        served = self._create_order(
            partner_id=self.env['res.partner'].create({'name': "Stranger"}).id,
            outlet_id=outlet.id)
        served.action_offer_to_outlet()
        orders = self.env['aftersales.order'].with_user(outsider)
        for values in ({'warranty_id': card.id}, {'serial': card.serial}):
            with self.subTest(values=values):
                with self.assertRaises(AccessError):
                    orders.create({'partner_id': outsider.partner_id.id, **values})
                for order in own | served:
                    with self.assertRaises(AccessError):
                        order.with_user(outsider).write(values)
        asked = orders._create_from_portal(outsider.partner_id, {
            'description': "It leaks", 'serial': card.serial, 'warranty_id': card.id})
        self.assertFalse((asked | own | served).warranty_id)
        self.assertEqual(asked.serial, card.serial)

    @users('employee')
    def test_employee_sees_nothing(self):
        for model in ('aftersales.order', 'aftersales.labour', 'aftersales.stage',
                      'aftersales.order.type'):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].search([])

    @users('dispatcher')
    def test_only_administrators_delete(self):
        order = self._create_order()
        with self.assertRaises(AccessError):
            order.unlink()
        order.with_user(self.manager).unlink()
        self.assertFalse(order.exists())

    @users('dispatcher')
    def test_only_administrators_configure(self):
        with self.assertRaises(AccessError):
            self.env['aftersales.stage'].create({'name': "Mine", 'state': 'done'})
        with self.assertRaises(AccessError):
            self.type_on_site.with_user(self.env.user).name = "Mine"

    def test_orders_stay_in_their_company(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        foreign = self.env['aftersales.order'].create({'company_id': company.id})
        labour = self.env['aftersales.labour'].create(
            {'order_id': foreign.id, 'product_id': self.hour.id})
        with self.assertRaises(AccessError):
            foreign.with_user(self.manager).read(['name'])
        with self.assertRaises(AccessError):
            labour.with_user(self.manager).read(['name'])
        insider = new_test_user(
            self.env, 'insider', 'aftersales_service.group_aftersales_manager',
            company_id=company.id, company_ids=[(6, 0, company.ids)])
        self.assertTrue(foreign.with_user(insider).read(['name']))

    @users('manager')
    def test_who_pays_is_not_typed(self):
        order = self._create_order()
        for vals in ({'is_excluded': False}, {'campaign_id': False}, {'cover_state': 'covered'},
                     {'event_day': '2020-01-01'}, {'date_done': False}, {'date_closed': False}):
            with self.subTest(vals=vals):
                with self.assertRaisesRegex(UserError, "is protected"):
                    order.write(vals)
                with self.assertRaisesRegex(UserError, "is protected"):
                    self._create_order(**vals)

    @users('agent')
    def test_what_happened_is_not_typed(self):
        order = self._create_order()
        for vals in ({'date_deadline': '2030-01-01 00:00:00'}, {'is_paused': True},
                     {'reminder_count': 0}, {'date_use_explained': '2026-01-01 00:00:00'},
                     {'use_explained_user_id': self.agent.id}, {'has_accident': False},
                     {'has_damage': False}, {'date_follow_up': '2030-01-01'},
                     {'name': 'SV/1'}, {'access_token': 'known-to-me'}):
            with self.subTest(vals=vals):
                with self.assertRaisesRegex(UserError, "is protected"):
                    order.write(vals)
                with self.assertRaisesRegex(UserError, "is protected"):
                    self._create_order(**vals)
        self.assertTrue(order._portal_ensure_token())  # the system makes it
        proposed = self.env['aftersales.order'].with_context(
            default_access_token='known-to-me', default_reminder_count=9,
            default_caller_name="Neighbour").create({'partner_id': self.customer.id})
        self.assertRecordValues(proposed.sudo(), [{
            'access_token': False, 'reminder_count': 0, 'caller_name': "Neighbour"}])
        order.action_remind()
        order.use_explained = True
        self.assertRecordValues(order, [{
            'reminder_count': 1, 'use_explained_user_id': self.agent.id}])

    def test_notes_of_the_desk_are_read_by_the_desk(self):
        customer = new_test_user(self.env, 'customer', 'base.group_portal')
        order = self.env['aftersales.order'].create({
            'partner_id': customer.partner_id.id, 'user_id': self.agent.id,
            'follow_up_note': "Shouts"})
        self.assertTrue(order.with_user(customer).read(['name', 'state']))
        for name in (
                'bench_shelf', 'check_note', 'decline_reason', 'disposal_reason', 'duplicate_ids',
                'follow_up_note', 'goodwill_reason', 'escalation_answer',
                'escalation_question', 'lead_id', 'open_orders', 'pasted_address',
                'pasted_contact'):
            with self.subTest(name=name):
                with self.assertRaises(AccessError):
                    order.with_user(customer).read([name])
                if order._fields[name].store:
                    with self.assertRaises(AccessError):
                        order.with_user(customer).search([(name, '!=', False)])
                self.assertTrue(order.with_user(self.agent).read([name]))

    @users('agent')
    def test_partner_counts_are_for_the_desk(self):
        contact = self.env['res.partner'].sudo().create(
            {'name': "Li's flat", 'parent_id': self.customer.id})
        self._create_order(partner_id=contact.id)
        self.assertEqual(
            self.customer.with_user(self.env.user).aftersales_order_count, 1)
        with self.assertRaises(AccessError):
            self.customer.with_user(self.employee).read(['aftersales_order_count'])
