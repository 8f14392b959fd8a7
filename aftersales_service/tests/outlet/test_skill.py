from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from .common import OutletCommon

WARNINGS = 'odoo.tests.form.onchange'
MISSING = "the skill “Cooling licence” is missing"


@tagged('post_install', '-at_install')
class TestSkill(OutletCommon):
    """Who has the skill goes first; who lacks it is warned of, never forbidden."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north.write({'accept_minutes': 0, 'manager_id': cls.wang.id})
        cls.cooling = cls.env['product.category'].create({'name': "Cooling"})
        cls.conditioner.categ_id = cls.env['product.category'].create(
            {'name': "Split", 'parent_id': cls.cooling.id})
        cls.licence = cls.env['aftersales.skill'].create({
            'name': "Cooling licence", 'category_ids': [Command.set(cls.cooling.ids)],
            'user_ids': [Command.set(cls.zhao.ids)]})

    def _create_waiting(self, **values):
        return self._create_offered(
            product_id=self.conditioner.id, date_planned='2026-06-02 09:00:00', **values)

    def _get_words(self, order, technician):
        return [
            reason.words for reason in order._get_unqualified(technician)[order][technician]]

    def test_category_below_and_type_ask_for_the_skill(self):
        order = self._create_order(product_id=self.conditioner.id)
        self.assertEqual(self._get_words(order, self.wang), [MISSING])
        self.assertEqual(self._get_words(order, self.zhao), [])
        other = self._create_order(product_id=self.capacitor.id)
        self.assertEqual(self._get_words(other, self.wang), [])
        self.licence.type_ids = other.type_id
        self.assertEqual(self._get_words(other, self.wang), [MISSING])

    def test_archived_skill_and_that_of_another_company_are_not_asked_for(self):
        order = self._create_order(product_id=self.conditioner.id)
        self.licence.company_id = self.env['res.company'].create({'name': "Second Company"})
        self.assertEqual(self._get_words(order, self.wang), [])
        self.licence.write({'company_id': False, 'active': False})
        self.assertEqual(self._get_words(order, self.wang), [])

    @users('dispatcher')
    def test_skilled_technician_is_suggested_before_the_idle_one(self):
        orders = self._create_waiting() | self._create_waiting()
        orders.action_assign_technician()
        self.assertEqual(orders.technician_id, self.zhao)

    def test_without_a_skilled_one_the_idle_goes(self):
        self.licence.user_ids = False
        # of two customers: the orders of one, at one place, are one visit
        orders = self._create_waiting() | self._create_waiting(
            partner_id=self.customer.copy({'name': "Another"}).id)
        orders.action_assign_technician()
        self.assertEqual(orders.technician_id, self.wang | self.zhao)

    @users('dispatcher')
    def test_form_warns_and_saves(self):
        order = self._create_waiting()
        form = Form(order)
        with self.assertLogs(WARNINGS, 'WARNING') as logs:
            form.technician_id = self.wang
        self.assertIn("Wang of North lacks what this work asks for", logs.output[0])
        self.assertIn("Cooling licence", logs.output[0])
        self.assertEqual(form.save().technician_id, self.wang)
        with self.assertNoLogs(WARNINGS, 'WARNING'):
            Form(order).technician_id = self.zhao

    @users('dispatcher')
    def test_bulk_dispatch_warns_and_does_it(self):
        order = self._create_waiting()
        wizard = self.env['aftersales.dispatch'].create({
            'order_ids': [Command.set(order.ids)], 'technician_choice': 'person',
            'technician_id': self.wang.id})
        self.assertIn("Cooling licence", wizard.skill_note)
        wizard.action_dispatch()
        self.assertEqual(order.technician_id, self.wang)
        wizard.technician_id = self.zhao
        self.assertFalse(wizard.skill_note)

    @users('dispatcher')
    def test_bulk_dispatch_lists_the_refused_and_goes_on(self):
        self.env.company.sudo().aftersales_unqualified_technician = 'refuse'
        skilled = self._create_waiting() | self._create_waiting()
        free = self.env['aftersales.order'].union(*(self._create_offered(
            product_id=self.capacitor.id, date_planned='2026-06-02 09:00:00')
            for __ in range(3)))
        wizard = self.env['aftersales.dispatch'].create({
            'order_ids': [Command.set((skilled | free).ids)], 'technician_choice': 'person',
            'technician_id': self.wang.id})
        wizard.action_dispatch()
        self.assertEqual((wizard.done_count, wizard.refusal_ids.order_id), (3, skilled))
        self.assertIn("“Cooling licence” is missing", wizard.refusal_ids[0].reason)
        self.assertEqual((free.technician_id, skilled.technician_id.ids), (self.wang, []))

    @users('dispatcher')
    def test_company_warns_or_refuses(self):
        order = self._create_waiting()
        order.technician_id = self.wang
        self.assertIn("lacks what this work asks for", order.message_ids[0].body)
        order.technician_id = False
        self.env.company.sudo().aftersales_unqualified_technician = 'refuse'
        with self.assertRaisesRegex(UserError, "may not do"), self.cr.savepoint():
            order.technician_id = self.wang
        with self.assertRaisesRegex(UserError, "may not do"), self.cr.savepoint():
            order.sudo()._give_to(self.wang)
        order.sudo().technician_id = self.wang  # code that checked before
        self.assertEqual(order.technician_id, self.wang)

    def test_a_warning_is_noted_once_by_whatever_door_the_technician_was_chosen(self):
        order = self._create_waiting()
        order.sudo()._give_to(self.wang)  # from the board and the page of the outlet
        self.assertEqual(sum(
            "lacks what this work asks for" in body
            for body in order.message_ids.mapped('body')), 1)

    def test_the_law_binds_everybody(self):
        self.licence.is_statutory = True
        order = self._create_waiting()
        for act in (
                lambda: order.sudo().write({'technician_id': self.wang.id}),
                lambda: order.with_user(self.dispatcher).write({'technician_id': self.wang.id}),
                lambda: self._create_waiting(technician_id=self.wang.id),
                lambda: order.sudo().with_context(
                    default_technician_id=self.wang.id).create({
                        'partner_id': self.customer.id, 'product_id': self.conditioner.id})):
            with self.assertRaisesRegex(UserError, "may not do"), self.cr.savepoint():
                act()
        self.licence.user_ids = False
        self.assertFalse(order._suggest_technicians())
        other = self._create_order(product_id=self.capacitor.id, technician_id=self.wang.id)
        with self.assertRaisesRegex(UserError, "may not do"), self.cr.savepoint():
            other.product_id = self.conditioner

    def test_manager_of_the_outlet_sees_the_skilled_first(self):
        order = self._create_waiting().with_user(self.wang).sudo()
        people = [technician for technician, __ in order._get_outlet_technicians()]
        self.assertEqual(people, [self.zhao, self.wang])

    def test_administrators_say_who_has_a_skill(self):
        self.licence.with_user(self.manager).user_ids = [Command.link(self.wang.id)]
        self.assertIn(self.wang, self.licence.user_ids)
        self.assertTrue(self.licence.with_user(self.agent).name)
        for user in (self.dispatcher, self.wang):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.licence.with_user(user).user_ids = [Command.link(user.id)]
        with self.assertRaises(AccessError):
            self.licence.with_user(self.wang).read(['name'])
