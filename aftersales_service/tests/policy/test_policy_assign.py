from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestPolicyAssign(AftersalesCommon):
    """Policies are given to product categories, and none is lost in silence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['product.category'].search([]).warranty_policy_id = False
        cls.fridges, cls.tools = cls.env['product.category'].create(
            [{'name': "Fridges"}, {'name': "Hand Tools"}])
        cls.draft = cls.policy.copy({
            'name': "Cooling", 'keywords': "fridge, freezer", 'active': False})
        cls.env['product.template'].create([
            {'name': "Fridge", 'categ_id': cls.fridges.id},
            {'name': "Hammer", 'categ_id': cls.tools.id},
            {'name': "Big Fridge", 'categ_id': cls.fridges.id,
             'warranty_policy_id': cls.policy.id}])

    def _open(self):
        wizard = self.env['aftersales.policy.assign'].create({})
        return wizard, {line.category_id: line for line in wizard.line_ids}

    @users('manager')
    def test_names_of_categories_propose_policies(self):
        __, lines = self._open()
        self.assertRecordValues(lines[self.fridges], [{
            'policy_id': self.draft.id, 'is_chosen': True, 'is_draft': True, 'state': 'new',
            'product_count': 2, 'own_count': 1}])
        self.assertRecordValues(
            lines[self.tools], [{'policy_id': False, 'is_chosen': False, 'state': 'new'}])

    @users('manager')
    def test_policies_of_other_countries_are_not_proposed(self):
        self.draft.sudo().country_ids = self.env.ref('base.cn')
        __, lines = self._open()
        self.assertNotEqual(lines[self.fridges].policy_id, self.draft)

    @users('manager')
    def test_categories_without_goods_are_left_out(self):
        empty = self.env['product.category'].sudo().create({'name': "Empty"})
        self.assertNotIn(empty, self._open()[1])

    @users('manager')
    def test_choosing_a_policy_ticks_and_assigning_says_how_many(self):
        wizard, lines = self._open()
        line = lines[self.tools]
        line.policy_id = self.draft
        line._onchange_policy_id()
        self.assertTrue(line.is_chosen)
        (wizard.line_ids - line).is_chosen = False
        action = wizard.action_assign()
        self.assertIn("1 product categories", action['params']['message'])

    @users('manager')
    def test_assigning_publishes_drafts(self):
        wizard, __ = self._open()
        wizard.action_assign()
        self.assertEqual(self.fridges.warranty_policy_id, self.draft)
        self.assertTrue(self.draft.active)
        self.assertFalse(self.tools.warranty_policy_id)

    @users('manager')
    def test_present_policy_is_kept_until_replacing_is_said(self):
        self.fridges.sudo().warranty_policy_id = self.policy
        wizard, lines = self._open()
        line = lines[self.fridges]
        self.assertFalse(line.is_chosen)
        self.assertEqual((line.state, line.current_policy_id), ('replaced', self.policy))
        line.is_chosen = True
        self.assertTrue(wizard.has_replaced)
        with self.assertRaisesRegex(UserError, "have a policy already: Fridges"):
            wizard.action_assign()
        self.assertEqual(self.fridges.warranty_policy_id, self.policy)
        wizard.is_replacing = True
        wizard.action_assign()
        self.assertEqual(self.fridges.warranty_policy_id, self.draft)

    @users('manager')
    def test_category_without_a_proposal_keeps_its_policy(self):
        self.tools.sudo().warranty_policy_id = self.policy
        __, lines = self._open()
        self.assertRecordValues(lines[self.tools], [{'state': 'same', 'is_chosen': False}])

    @users('manager')
    def test_policy_of_the_parent_is_notified(self):
        self.fridges.sudo().parent_id = self.tools
        self.tools.sudo().warranty_policy_id = self.policy
        __, lines = self._open()
        self.assertRecordValues(lines[self.fridges], [{
            'state': 'inherited', 'current_policy_id': self.policy.id, 'is_chosen': False}])

    @users('manager')
    def test_sub_category_may_have_another_policy_than_its_parent(self):
        small = self.env['product.category'].sudo().create(
            {'name': "Small Fridges", 'parent_id': self.fridges.id})
        product = self.env['product.product'].sudo().create(
            {'name': "Minibar", 'categ_id': small.id})
        own = self.env['product.product'].sudo().create({
            'name': "Wine Fridge", 'categ_id': small.id, 'warranty_policy_id': self.policy.id})
        other = self.draft.sudo().copy({'name': "Small", 'active': True, 'keywords': False})
        wizard, lines = self._open()
        lines[small].policy_id = other
        wizard.action_assign()
        self.assertEqual(product._get_warranty_policy(self.env.company), other)
        self.assertEqual(own._get_warranty_policy(self.env.company), self.policy)
        self.assertEqual(self.fridges.warranty_policy_id, self.draft)

    @users('manager')
    def test_second_time_nothing_is_left_to_assign(self):
        self._open()[0].action_assign()
        wizard, lines = self._open()
        self.assertRecordValues(lines[self.fridges], [{'state': 'same', 'is_chosen': False}])
        wizard.line_ids.is_chosen = False
        with self.assertRaisesRegex(UserError, "Choose the categories"):
            wizard.action_assign()

    @users('manager')
    def test_policy_that_has_ended_is_not_assigned(self):
        self.draft.sudo().write({'date_from': '2020-01-01', 'date_to': '2020-12-31'})
        wizard, lines = self._open()
        lines[self.fridges].write({'policy_id': self.draft.id, 'is_chosen': True})
        with self.assertRaisesRegex(UserError, "bind no unit sold from today on: Cooling"):
            wizard.action_assign()
        self.assertFalse(self.draft.active)

    @users('manager')
    def test_version_that_holds_today_is_proposed(self):
        self.draft.sudo().write({'code': 'COOL', 'date_to': '2020-12-31'})
        later = self.draft.sudo().copy({
            'code': 'COOL', 'name': "Cooling", 'version': '2021', 'date_from': '2021-01-01',
            'date_to': False, 'active': False})
        __, lines = self._open()
        self.assertEqual(lines[self.fridges].policy_id, later)

    @users('manager')
    def test_choice_without_a_policy_is_refused(self):
        wizard, lines = self._open()
        lines[self.tools].is_chosen = True
        with self.assertRaisesRegex(UserError, "Choose a policy for: Hand Tools"):
            wizard.action_assign()
        wizard.line_ids.is_chosen = False
        with self.assertRaisesRegex(UserError, "Choose the categories"):
            wizard.action_assign()

    @users('agent')
    def test_agent_assigns_nothing(self):
        with self.assertRaises(AccessError):
            self.env['aftersales.policy.assign'].create({})
