"""Odoo's own robot opens every menu, view and filter of the suite in a browser."""
import pytest

from odoo.tests import HttpCase, new_test_user, tagged

ROBOT = "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"

pytestmark = pytest.mark.slow


@tagged('post_install', '-at_install')
class TestClickEverywhere(HttpCase):
    allow_end_on_form = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a new database starts without outlets: their menus would stay unseen
        cls.env['res.config.settings'].create({'group_aftersales_outlets': True}).execute()

    def _click_everywhere(self, login):
        menus = self.env['ir.ui.menu'].with_user(
            self.env['res.users'].search([('login', '=', login)])).load_menus(False)
        apps = [menus[app]['xmlid'] for app in menus['root']['children']]
        ours = [xmlid for xmlid in apps if xmlid.startswith('aftersales_')]
        self.assertTrue(ours, "the suite shows no application")
        for xmlid in ours:
            self.browser_js(
                '/odoo', f"{ROBOT}.startClickEverywhere('{xmlid}');", 'odoo.isReady === true',
                login=login, timeout=600, success_signal='clickbot test succeeded')

    def test_the_administrator_can_open_everything(self):
        groups = self.env['res.groups'].search([('privilege_id', '!=', False)]).filtered(
            lambda group: group.get_external_id()[group.id].startswith('aftersales_'))
        user = new_test_user(self.env, 'robot', groups='base.group_user,base.group_system')
        user.group_ids |= groups
        self.assertFalse(self._get_hidden_menus(user).mapped('complete_name'))
        self._click_everywhere('robot')

    def _get_hidden_menus(self, user):
        """Return the menus of the suite that the robot would pass by."""
        ids = self.env['ir.model.data'].search([
            ('model', '=', 'ir.ui.menu'), ('module', '=like', 'aftersales\\_%')]).mapped('res_id')
        seen = self.env['ir.ui.menu'].with_user(user)._visible_menu_ids()
        return self.env['ir.ui.menu'].browse(set(ids) - set(seen)).exists()
