from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.aftersales_service.uninstall import clean_up


@tagged('post_install', '-at_install')
class TestUninstall(TransactionCase):
    """What Odoo itself would leave behind; ``make test-slow`` removes the suite for real."""

    def _count(self, model, domain):
        return self.env[model].search_count(domain)

    def test_people_whose_only_role_was_ours_stay_users(self):
        agent = new_test_user(
            self.env, 'only_ours', 'aftersales_service.group_aftersales_agent')
        seller = new_test_user(
            self.env, 'seller_too', 'sales_team.group_sale_salesman,'
            'aftersales_service.group_aftersales_agent')
        internal = self.env.ref('base.group_user')
        agent.group_ids -= internal  # as a person who was given the role alone
        self.assertIn(internal, agent.all_group_ids)
        theirs = seller.group_ids
        clean_up(self.env, 'aftersales_service')
        self.assertIn(internal, agent.group_ids)
        self.assertEqual(seller.group_ids, theirs)

    def test_rows_about_what_goes_go_with_it(self):
        charge = self.env.ref('aftersales_service.product_return_charge')
        value = self.env['product.value'].search([('product_id', '=', charge.id)])
        other = self.env['product.product'].create({'name': "Of others", 'standard_price': 3})
        kept = self.env['product.value'].search([('product_id', '=', other.id)])
        self.assertTrue(value)
        self.assertTrue(kept)
        keys = [('module.name', '=', 'aftersales_service'), ('type', '=', 'f')]
        choices = [('model', '=', 'ir.model.fields.selection'), ('module', '=', 'mail')]
        self.assertTrue(self._count('ir.model.constraint', keys))
        ours = self._count('ir.model.data', [*choices, ('name', 'like', '__aftersales_')])
        theirs = self._count('ir.model.data', choices) - ours
        self.assertTrue(ours)
        clean_up(self.env, 'aftersales_service')
        self.assertFalse(value.exists())
        self.assertTrue(kept.exists())
        self.assertFalse(self._count('ir.model.constraint', keys))
        self.assertEqual(self._count('ir.model.data', choices) - self._count(
            'ir.model.data', [*choices, ('name', 'like', '__aftersales_')]), theirs)

    def test_models_of_core_forget_the_parents_that_we_gave_them(self):
        parents = [('model_id.model', '=', 'stock.location'),
                   ('parent_id.model', '=', 'mail.thread')]
        self.assertTrue(self._count('ir.model.inherit', parents))
        modules = self.env['ir.module.module'].search(
            [('name', 'like', 'aftersales_%'), ('state', '=', 'installed')])
        modules.state = 'to remove'
        clean_up(self.env, 'aftersales_service')
        self.assertFalse(self._count('ir.model.inherit', parents))
        self.assertTrue(self._count('ir.model.inherit', [
            ('model_id.model', '=', 'res.partner'),
            ('parent_id.model', '=', 'mail.thread.blacklist')]))

    def test_every_module_of_the_suite_cleans_up(self):
        for module in self.env['ir.module.module'].search(
                [('name', 'like', 'aftersales_%'), ('state', '=', 'installed')]):
            with self.subTest(module=module.name):
                manifest = module.get_module_info(module.name)
                self.assertEqual(manifest['uninstall_hook'], 'uninstall_hook')
