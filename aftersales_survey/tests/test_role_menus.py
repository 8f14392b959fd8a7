from lxml import etree

from odoo.tests import tagged

from .common import SurveyCommon


@tagged('post_install', '-at_install')
class TestRoleMenus(SurveyCommon):
    """What a role finds in the menu it can open: views, lists of choices and names."""

    def _find_unreadable(self, user):
        """Return ``{(menu, field, model)}`` of what the views of a user's menus cannot read."""
        menus = self.env['ir.ui.menu'].with_user(user)
        shown = menus.browse(menus.load_menus(False).keys() - {'root'})
        names = shown.get_external_id()
        mine = shown.filtered(lambda menu: (
            names[menu.id].startswith('aftersales_survey.') and menu.action
            and menu.action._name == 'ir.actions.act_window'))
        self.assertGreater(len(mine), 5)
        missing = set()
        for menu in mine:
            action = menu.action.sudo()
            model = self.env[action.res_model].with_user(user)
            views = [(view, kind) for view, kind in action.views] + [
                (action.search_view_id.id, 'search')]
            for view in model.get_views(views)['views'].values():
                self._add_unreadable(missing, menu, model, etree.fromstring(view['arch']))
        return missing

    def _add_unreadable(self, missing, menu, model, node):
        if not model.has_access('read'):
            missing.add((menu.name, '', model._name))
        for child in node:
            field = model._fields.get(child.get('name')) if child.tag == 'field' else None
            # of a many2one the form needs the name alone, which needs no right
            if not field or field.type not in ('one2many', 'many2many'):
                self._add_unreadable(missing, menu, model, child)
                continue
            comodel = self.env[field.comodel_name].with_user(menu.env.user)
            if not comodel.has_access('read'):
                missing.add((menu.name, field.name, comodel._name))
            self._add_unreadable(missing, menu, comodel, child)

    def test_each_role_reads_what_its_menus_show(self):
        for user in self.survey_manager, self.interviewer:
            with self.subTest(user.login):
                self.assertEqual(self._find_unreadable(user), set())
