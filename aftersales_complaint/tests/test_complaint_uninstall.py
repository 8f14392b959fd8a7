from odoo.tests import TransactionCase, tagged

from odoo.addons.aftersales_complaint import uninstall_hook


@tagged('post_install', '-at_install')
class TestComplaintUninstall(TransactionCase):

    def test_people_stay_in_the_departments_that_were_shipped(self):
        shipped = self.env['ir.model.data'].search([
            ('module', '=', 'aftersales_complaint'), ('model', '=', 'hr.department')])
        used, *others = shipped
        department = self.env['hr.department'].browse(used.res_id)
        self.env['hr.employee'].create({'name': "Qi", 'department_id': department.id})
        free = [data for data in others if not self.env['hr.employee'].search_count(
            [('department_id', '=', data.res_id)])]
        uninstall_hook(self.env)
        self.assertFalse(used.exists())
        self.assertTrue(department.exists())
        self.assertTrue(free and all(data.exists() for data in free))
