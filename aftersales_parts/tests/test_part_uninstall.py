from odoo.tests import TransactionCase, tagged

from odoo.addons.aftersales_parts import uninstall_hook


@tagged('post_install', '-at_install')
class TestPartUninstall(TransactionCase):

    def test_lists_of_a_module_that_goes_alone_go_with_it(self):
        """Old parts have their photos by a mixin of the service module, which stays."""
        table = self.env['ir.model.relation'].search(
            [('name', '=', 'aftersales_old_part_ir_attachment_rel')])
        self.assertEqual(table.module.name, 'aftersales_service')
        parts = self.env['ir.module.module'].search([('name', '=', 'aftersales_parts')])
        (parts | parts.downstream_dependencies()).state = 'to remove'
        uninstall_hook(self.env)
        self.assertEqual(table.module, parts)
