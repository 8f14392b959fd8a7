from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tests.common import new_test_user

from .common import OutletCommon

METHODS = [
    ('action_accept_offer', ()), ('action_decline_offer', ("Far",)), ('action_take', ()),
    ('action_hand_over', ("Ill",)), ('action_offer_to_outlet', ()),
    ('action_assign_technician', ()), ('action_next', ()), ('action_cancel', ()),
]


@tagged('post_install', '-at_install')
class TestOutletRights(OutletCommon):
    """What people of an outlet and each role may see and do, and where they are refused."""

    def test_people_see_what_their_outlet_accepted(self):
        order = self._create_order()
        as_wang, as_chen = order.with_user(self.wang), order.with_user(self.chen)
        for user_order in as_wang, as_chen:
            self.assertFalse(user_order.search([('id', '=', order.id)]))
        order.action_offer_to_outlet()
        # an offer is shown by its page, without the customer: nothing is read before accepting
        self.assertFalse(as_wang.search([('id', '=', order.id)]))
        with self.assertRaises(AccessError):
            as_wang.read(['phone'])
        as_wang.action_accept_offer()
        self.assertEqual(as_wang.search([('id', '=', order.id)]), order)
        self.assertTrue(as_wang.read(['name', 'phone', 'offer_state', 'date_offer_deadline']))
        self.assertFalse(as_chen.search([('id', '=', order.id)]))
        with self.assertRaises(AccessError):
            as_chen.read(['name'])

    def test_people_of_another_outlet_are_refused_everywhere(self):
        order = self._create_offered()
        self.south.manager_id = self.chen
        for method, arguments in [*METHODS, ('action_dispatch_to', (self.chen.id,))]:
            with self.subTest(method=method), self.assertRaises(AccessError) as refusal:
                getattr(order.with_user(self.chen), method)(*arguments)
            self.assertNotIn("Li Na", str(refusal.exception))
        self.assertEqual(self._get_results(order), [("North Station", 'offered')])

    def test_people_write_nothing_themselves(self):
        order = self._create_offered().with_user(self.wang)
        for vals in ({'technician_id': self.wang.id}, {'outlet_id': self.south.id},
                     {'offer_state': 'accepted'}, {'description': "x"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                order.write(vals)
        with self.assertRaises(AccessError):
            order.unlink()
        for model in ('aftersales.outlet', 'aftersales.outlet.area', 'aftersales.offer',
                      'aftersales.outlet.capacity', 'aftersales.dispatch'):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.wang).search([])

    def test_people_of_the_outlet_act_through_named_methods_only(self):
        order = self._create_offered()
        for method in ('action_offer_to_outlet', 'action_next', 'action_cancel'):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(order.with_user(self.wang), method)()

    def test_customer_keeps_own_orders_and_sees_no_others(self):
        customer = new_test_user(self.env, 'customer', 'base.group_portal')
        own = self._create_order(partner_id=customer.partner_id.id)
        other = self._create_offered()
        orders = self.env['aftersales.order'].with_user(customer)
        self.assertEqual(orders.search([('id', 'in', (own | other).ids)]), own)
        with self.assertRaises(AccessError):
            other.with_user(customer).action_accept_offer()

    def test_person_of_an_outlet_is_a_customer_as_well(self):
        own = self._create_order(partner_id=self.chen.partner_id.id)
        orders = self.env['aftersales.order'].with_user(self.chen)
        self.assertEqual(orders.search([('id', '=', own.id)]), own)

    def test_who_leaves_an_outlet_loses_its_orders_at_once(self):
        order = self._create_offered()
        order.with_user(self.wang).action_accept_offer()
        self.assertTrue(order.with_user(self.zhao).read(['name']))
        self.north.member_ids -= self.zhao
        with self.assertRaises(AccessError):
            order.with_user(self.zhao).read(['name'])
        self.wang.aftersales_outlet_ids = False
        with self.assertRaises(AccessError):
            order.with_user(self.wang).read(['name'])

    def test_centre_sees_the_orders_of_its_teams(self):
        self.south.parent_id = self.north
        order = self._create_order(outlet_id=self.south.id)
        order.action_offer_to_outlet()
        order.with_user(self.wang).action_accept_offer()
        self.assertTrue(order.with_user(self.wang).read(['name']))
        self.north.parent_id = False
        self.south.parent_id = False
        with self.assertRaises(AccessError):
            order.with_user(self.wang).read(['name'])

    def test_missing_order_answers_like_a_foreign_one(self):
        order = self._create_offered()
        foreign = order.with_user(self.chen)
        missing = foreign.browse(order.id + 1000)
        messages = []
        for record in foreign, missing:
            with self.assertRaises(AccessError) as refusal:
                record.action_accept_offer()
            messages.append(str(refusal.exception))
        self.assertEqual(messages[0], messages[1])

    @users('agent')
    def test_agent_reads_outlets(self):
        self.assertEqual(self.north.with_user(self.env.user).name, "North Station")
        self.assertTrue(self.north.with_user(self.env.user).area_ids.read(['zip_from']))
        for model, vals in [
                ('aftersales.outlet', {'name': "Mine", 'partner_id': self.customer.id}),
                ('aftersales.outlet.area', {'outlet_id': self.north.id}),
                ('aftersales.outlet.capacity',
                 {'outlet_id': self.north.id, 'orders_per_day': 1})]:
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].create(vals)
        with self.assertRaises(AccessError):
            self.north.with_user(self.env.user).action_suspend()

    @users('dispatcher')
    def test_dispatcher_writes_capacity_but_no_outlet(self):
        capacity = self.env['aftersales.outlet.capacity'].create(
            {'outlet_id': self.north.id, 'orders_per_day': 3})
        capacity.orders_per_day = 4
        with self.assertRaises(AccessError):
            self.env['aftersales.outlet'].create(
                {'name': "Mine", 'partner_id': self.customer.id})
        with self.assertRaises(AccessError):
            self.north.with_user(self.env.user).name = "Mine"

    @users('agent')
    def test_agent_sees_offers_of_own_orders(self):
        mine = self._create_offered(user_id=self.env.uid)
        other = self.env['aftersales.order'].with_user(self.manager).create(
            {'partner_id': self.customer.id, 'user_id': self.other_agent.id})
        other.action_offer_to_outlet()
        found = self.env['aftersales.offer'].search(
            [('order_id', 'in', (mine | other).ids)])
        self.assertEqual(found, mine.offer_id)

    def test_outlets_stay_in_their_company(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        foreign = self.env['aftersales.outlet'].create({
            'name': "Foreign", 'company_id': company.id, 'state': 'active',
            'partner_id': self.env['res.partner'].create({'name': "Foreign Ltd"}).id,
            'area_ids': [(0, 0, {'state_id': self.california.id, 'priority': 0})],
            'capacity_ids': [(0, 0, {'orders_per_day': 1})]})
        for records in foreign, foreign.area_ids, foreign.capacity_ids:
            with self.subTest(model=records._name), self.assertRaises(AccessError):
                records.with_user(self.manager).read(['outlet_id' if (
                    'outlet_id' in records._fields) else 'name'])
        self.assertEqual(self._create_order().outlet_id, self.north)
        order = self.env['aftersales.order'].create(
            {'company_id': company.id, 'partner_id': self.customer.id})
        self.assertEqual(order.outlet_id, foreign)
        order.action_offer_to_outlet()
        with self.assertRaises(AccessError):
            order.offer_id.with_user(self.manager).read(['state'])

    @users('employee')
    def test_employee_sees_nothing(self):
        for model in ('aftersales.outlet', 'aftersales.outlet.area', 'aftersales.offer',
                      'aftersales.outlet.capacity', 'aftersales.dispatch'):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].search([])
