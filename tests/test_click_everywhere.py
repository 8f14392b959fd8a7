"""Odoo's own robot opens every menu, view and filter of the suite in a browser."""
import pytest

from odoo.tests import HttpCase, new_test_user, tagged

ROBOT = "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"

pytestmark = pytest.mark.long


@tagged('post_install', '-at_install')
class TestClickEverywhere(HttpCase):
    allow_end_on_form = True

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
        user = new_test_user(self.env, 'robot', groups='base.group_user')
        user.group_ids |= groups
        self._click_everywhere('robot')
