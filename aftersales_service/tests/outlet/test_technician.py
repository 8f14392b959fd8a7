from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged, users
from odoo.tests.common import new_test_user
from odoo.tools.safe_eval import safe_eval

from .common import OutletCommon


@tagged('post_install', '-at_install')
class TestTechnician(OutletCommon):
    """Who does an order: suggested, taken, handed over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north.write({'accept_minutes': 0, 'is_pull_allowed': True})

    def _create_accepted(self, **values):
        return self._create_offered(date_planned='2026-06-02 09:00:00', **values)

    def _create_given_to_wang(self):
        return self._create_order(
            technician_id=self.wang.id, outlet_id=self.north.id,
            date_planned='2026-06-02 09:00:00')

    @users('dispatcher')
    def test_least_loaded_member_is_suggested(self):
        self._create_given_to_wang()
        orders = self.env['aftersales.order'].union(*(
            self._create_accepted(partner_id=self.customer.sudo().copy({'phone': False}).id)
            for __ in range(3)))
        orders.action_assign_technician()
        self.assertEqual(
            [order.technician_id for order in orders], [self.zhao, self.wang, self.zhao])
        # units that stand at one place are one visit
        at_one_place = self._create_accepted() | self._create_accepted()
        at_one_place.action_assign_technician()
        self.assertEqual(len(at_one_place.technician_id), 1)

    def test_finished_work_is_no_load(self):
        self._create_given_to_wang().date_done = '2026-06-02 08:00:00'
        order = self._create_accepted()
        order.action_assign_technician()
        self.assertEqual(order.technician_id, self.wang)

    def test_load_of_another_day_does_not_count(self):
        for __ in range(2):
            self._create_given_to_wang()
        order = self._create_offered(date_planned='2026-06-03 09:00:00')
        order.action_assign_technician()
        self.assertEqual(order.technician_id, self.wang)

    def test_order_without_outlet_goes_to_own_technicians(self):
        order = self._create_order(outlet_id=False)
        self.assertIn(self.technician, order._get_eligible_technicians())
        self.assertNotIn(self.wang, order._get_eligible_technicians())

    @users('dispatcher')
    def test_leads_are_given_orders_only_where_no_technician_goes(self):
        orders = self.env['aftersales.order'].union(
            *(self._create_order(outlet_id=False) for __ in range(3)))
        orders.action_assign_technician()
        role = self.env.ref('aftersales_service.group_aftersales_technician').sudo()
        self.assertLessEqual(orders.technician_id, role.user_ids)
        role.user_ids = False
        small_firm = self._create_order(outlet_id=False)
        small_firm.action_assign_technician()
        self.assertIn(small_firm.technician_id, role.all_user_ids)

    @freeze_time('2026-06-01 09:00:00')
    def test_absent_people_are_left_out(self):
        resource = self.env['resource.resource'].create(
            {'name': "Wang", 'user_id': self.wang.id, 'resource_type': 'user', 'tz': 'UTC'})
        self.env['resource.calendar.leaves'].create({
            'name': "Holiday", 'resource_id': resource.id,
            'date_from': '2026-06-02 00:00:00', 'date_to': '2026-06-02 23:59:59'})
        orders = self._create_accepted() | self._create_accepted()
        orders.action_assign_technician()
        self.assertEqual(orders.technician_id, self.zhao)
        self.north.member_ids -= self.zhao
        order = self._create_accepted()
        with self.assertRaisesRegex(UserError, order.name):
            order.action_assign_technician()

    def test_member_takes_an_order(self):
        order = self._create_accepted()
        self.assertTrue(order.with_user(self.wang).can_be_taken)
        order.with_user(self.wang).action_take()
        self.assertEqual(order.technician_id, self.wang)

    def test_open_orders_of_the_own_outlet_are_there_to_take(self):
        order = self._create_accepted(close_reason="It works again")

        def may_take(user):
            order.invalidate_recordset(['can_be_taken'])
            return order.with_user(user).sudo().can_be_taken

        self.assertEqual((may_take(self.wang), may_take(self.chen)), (True, False))
        order.action_cancel()
        self.assertFalse(may_take(self.wang))

    def test_second_one_is_notified(self):
        order = self._create_accepted()
        order.with_user(self.wang).action_take()
        with self.assertRaisesRegex(UserError, "Somebody else was faster"):
            order.with_user(self.zhao).action_take()
        self.assertEqual(order.technician_id, self.wang)

    def test_outlet_may_forbid_taking(self):
        self.north.is_pull_allowed = False
        order = self._create_accepted()
        with self.assertRaises(AccessError):
            order.with_user(self.wang).action_take()

    def test_order_that_is_not_accepted_is_not_taken(self):
        self.north.accept_minutes = 30
        order = self._create_accepted()
        with self.assertRaisesRegex(UserError, "not free to be taken"):
            order.with_user(self.wang).action_take()

    def test_own_technician_sees_and_takes_orders_of_the_outlet(self):
        order = self._create_accepted(user_id=self.agent.id)
        with self.assertRaises(AccessError):
            order.with_user(self.technician).read(['name'])
        self.north.member_ids += self.technician
        mine = order.with_user(self.technician)
        self.assertTrue(mine.read(['name']))
        with self.assertRaises(AccessError):
            mine.description = "Mine"
        # refused for the right to it, before any rule of the order speaks
        for act in mine.action_done, mine.action_decide:
            with self.subTest(act=act.__name__), self.assertRaises(AccessError):
                act()
        mine.action_take()
        self.assertEqual(order.technician_id, self.technician)

    def test_technician_hands_over_with_a_reason(self):
        order = self._create_accepted()
        order.with_user(self.wang).action_take()
        with self.assertRaisesRegex(UserError, "reason"):
            order.with_user(self.wang).action_hand_over('', self.zhao.id)
        order.with_user(self.wang).action_hand_over("Flat tyre", self.zhao.id)
        self.assertEqual(order.technician_id, self.zhao)
        self.assertIn("Flat tyre", order.message_ids[0].body)
        order.with_user(self.zhao).action_hand_over("Ill")
        self.assertFalse(order.technician_id)

    def test_colleagues_order_is_not_handed_over(self):
        order = self._create_accepted()
        order.with_user(self.wang).action_take()
        with self.assertRaises(AccessError):
            order.with_user(self.zhao).action_hand_over("I want it", self.zhao.id)
        with self.assertRaisesRegex(UserError, "does not work for the outlet"):
            order.with_user(self.wang).action_hand_over("Far", self.chen.id)

    def test_manager_of_the_outlet_gives_out_its_orders(self):
        order = self._create_accepted()
        with self.assertRaises(AccessError):
            order.with_user(self.wang).action_dispatch_to(self.zhao.id)
        self.north.manager_id = self.wang
        with self.assertRaisesRegex(UserError, "does not work for the outlet"):
            order.with_user(self.wang).action_dispatch_to(self.chen.id)
        order.with_user(self.wang).action_dispatch_to(self.zhao.id)
        self.assertEqual(order.technician_id, self.zhao)
        with self.assertRaisesRegex(UserError, "have a technician"):
            order.with_user(self.wang).action_dispatch_to(self.wang.id)

    def test_manager_of_the_centre_gives_out_the_orders_of_its_teams(self):
        self.south.write({'parent_id': self.north.id, 'accept_minutes': 0})
        order = self._create_order(outlet_id=self.south.id)
        order.action_offer_to_outlet()
        with self.assertRaises(AccessError):
            order.with_user(self.wang).action_dispatch_to(self.chen.id)
        self.north.manager_id = self.wang
        order.with_user(self.wang).action_dispatch_to(self.chen.id)
        self.assertEqual(order.technician_id, self.chen)

    @users('dispatcher')
    def test_own_technician_helps_every_outlet(self):
        order = self._create_accepted()
        order.action_hand_over("Two are needed", self.technician.id)
        self.assertEqual(order.technician_id, self.technician)

    def test_outlets_people_hand_over_within_their_outlet_only(self):
        order = self._create_accepted()
        order.with_user(self.wang).action_take()
        self.north.manager_id = self.wang
        for user in (self.agent, self.technician, self.employee, self.manager, self.chen):
            with self.subTest(user=user.name), self.assertRaisesRegex(
                    UserError, "does not work for the outlet"), self.cr.savepoint():
                order.with_user(self.wang).action_hand_over("Far", user.id)
        order.with_user(self.wang).action_hand_over("Far", self.zhao.id)
        self.assertEqual(order.technician_id, self.zhao)

    def test_own_technician_hands_over_to_own_technicians(self):
        order = self._create_order(
            technician_id=self.technician.id, outlet_id=False, user_id=self.technician.id)
        order.outlet_id = False
        mine = order.with_user(self.technician)
        for user in self.employee, self.agent, self.wang:
            with self.subTest(user=user.name), self.assertRaisesRegex(
                    UserError, "is no technician"), self.cr.savepoint():
                mine.action_hand_over("Ill", user.id)
        colleague = new_test_user(
            self.env, 'colleague', 'aftersales_service.group_aftersales_technician')
        mine.action_hand_over("Ill", colleague.id)
        self.assertEqual(order.technician_id, colleague)

    @users('dispatcher')
    def test_no_order_is_handed_to_who_is_no_technician(self):
        order = self._create_accepted()
        with self.assertRaisesRegex(UserError, "is no technician"):
            order.action_hand_over("Two are needed", self.employee.id)

    def test_an_order_goes_to_technicians_and_people_of_its_outlet_only(self):
        order = self._create_order(outlet_id=False, user_id=self.agent.id)
        company = self.env['res.company'].sudo().create({'name': "Second Company"})
        stranger = new_test_user(
            self.env, 'elsewhere', 'aftersales_service.group_aftersales_technician',
            company_id=company.id, company_ids=[Command.set(company.ids)])
        robot = self.env.ref('base.user_root')
        for person in (self.employee, self.agent, self.dispatcher, stranger, robot, self.wang):
            for chosen_by in (order.with_user(self.agent), order.with_user(self.dispatcher),
                              order.sudo()):
                for name in ('technician_id', 'helper_id'):
                    with self.subTest(person=person.login, user=chosen_by.env.uid, field=name), \
                            self.assertRaises(UserError), self.env.cr.savepoint():
                        chosen_by.write({name: person.id})
        with self.assertRaisesRegex(
                ValidationError, "Employee Ed is neither a technician"):
            self._create_order(technician_id=self.employee.id)
        for person in (self.technician, self.manager):
            order.with_user(self.dispatcher).technician_id = person
        order.outlet_id = self.north
        order.with_user(self.dispatcher).write(
            {'technician_id': self.wang.id, 'helper_id': self.technician.id})
        with self.assertRaisesRegex(ValidationError, "Wang of North is neither"):
            order.with_user(self.dispatcher).outlet_id = self.south

    @users('dispatcher')
    def test_outsider_never_gets_the_order_of_another_outlet(self):
        order = self._create_accepted()
        with self.assertRaisesRegex(ValidationError, "Chen of South"):
            order.technician_id = self.chen

    @users('dispatcher')
    def test_choosing_a_technician_answers_the_offer(self):
        self.north.accept_minutes = 30
        order = self._create_accepted()
        self.assertEqual(order.offer_state, 'offered')
        order.technician_id = self.wang
        self.assertEqual(order.offer_state, 'accepted')

    @users('dispatcher')
    def test_technician_from_outside_sees_what_he_is_given_without_an_offer(self):
        order = self._create_order()
        order.technician_id = self.wang
        self.assertEqual(self._get_results(order), [("North Station", 'accepted')])
        self.assertTrue(order.with_user(self.wang).read(['name']))
        self.assertEqual(self._create_given_to_wang().offer_state, 'accepted')

    @users('dispatcher')
    def test_helping_hand_of_the_company_does_not_pass_for_an_offer(self):
        order = self._create_order(technician_id=self.technician.id)
        self.assertEqual(order.outlet_id, self.north)
        self.assertFalse(order.offer_ids)

    @users('dispatcher')
    def test_board_of_an_outlet_shows_its_idle_people(self):
        order = self._create_given_to_wang()
        self.assertEqual(order.technician_id, self.wang)
        board = self.env['aftersales.order'].with_context(read_group_expand=True)
        columns = board.web_read_group(
            [('outlet_id', '=', self.north.id)], ['technician_id'], ['__count'])['groups']
        self.assertEqual(
            {group['technician_id'][0] for group in columns}, {self.wang.id, self.zhao.id})

    @users('dispatcher')
    def test_board_shows_own_technicians_without_orders(self):
        waiting = self._create_order(outlet_id=False)
        board = self.env['aftersales.order'].with_context(
            read_group_expand=True, open_unassigned=True)
        columns = board.web_read_group(
            [('id', '=', waiting.id)], ['technician_id'], ['__count'])['groups']
        people = {group['technician_id'] and group['technician_id'][0] for group in columns}
        self.assertLessEqual({False, self.technician.id}, people)
        self.assertNotIn(self.wang.id, people)
        self.assertNotIn(self.manager.id, people)

    @users('dispatcher')
    def test_board_opens_with_the_unassigned_orders(self):
        waiting = self._create_order(outlet_id=self.north.id)
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_order_action_dispatch')
        board = self.env['aftersales.order'].with_context(**safe_eval(action['context']))

        def read_unassigned(**options):
            [unassigned] = (group for group in board.web_read_group(
                [('id', '=', waiting.id)], ['technician_id'], ['__count'], auto_unfold=True,
                unfold_read_specification={'name': {}}, **options)['groups']
                if not group['technician_id'])
            return unassigned.get('__records')

        self.assertEqual([line['id'] for line in read_unassigned()], waiting.ids)
        self.assertIsNone(
            read_unassigned(opening_info=[{'value': False, 'folded': True}]),
            "who folds the column keeps it folded")

    @freeze_time('2026-06-02 12:00:00')
    @users('dispatcher')
    def test_planning_tells_late_from_today_and_later(self):
        times = ['2026-06-02 11:00:00', '2026-06-02 18:00:00', '2026-06-04 08:00:00', False]
        orders = self.env['aftersales.order'].create(
            [{'partner_id': self.customer.id, 'date_planned': time} for time in times])
        states = ['late', 'today', 'planned', 'unplanned']
        self.assertEqual(orders.mapped('planning_state'), states)
        mine = [('id', 'in', orders.ids)]
        for order, state in zip(orders, states, strict=True):
            with self.subTest(state=state):
                self.assertEqual(
                    orders.search([*mine, ('planning_state', '=', state)]), order)
        groups = orders._read_group(mine, ['planning_state'], ['__count'])
        self.assertEqual(dict(groups), dict.fromkeys(states, 1))
