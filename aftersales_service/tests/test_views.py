from collections import Counter

from lxml import etree

from odoo.tests import TransactionCase, tagged
from odoo.tests.common import new_test_user
from odoo.tools.safe_eval import safe_eval

from .test_tours import ALL_GROUPS, give_all_roles


@tagged('post_install', '-at_install')
class TestViews(TransactionCase):
    """What every page of the module keeps: labels, keys, words for an empty page, a way back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.views = cls.env['ir.ui.view'].search(
            [('model', '=like', 'aftersales.%'), ('mode', '=', 'primary')])

    def _get_archs(self, kind):
        for view in self.views.filtered(lambda view: view.type == kind):
            yield view, etree.fromstring(view.get_combined_arch())

    def test_pages_say_what_to_do_when_empty(self):
        actions = self.env['ir.actions.act_window'].search(
            [('res_model', '=like', 'aftersales.%'), ('target', '=', 'current')])
        silent = actions.filtered(
            lambda action: action.get_external_id()[action.id]
            and not (action.help and action.path))
        self.assertFalse(silent.mapped('name'))

    def test_pages_that_begin_with_their_document_type_have_no_words(self):
        """Core translates no such page: its words are in another template, or values."""
        doctype, field = '&lt;!DOCTYPE html&gt;', self.env['ir.ui.view']._fields['arch_db']
        pages = self.env['ir.ui.view'].search(
            [('type', '=', 'qweb'), ('key', '=like', 'aftersales%')]).filtered(
                lambda view: doctype in view.arch_db)
        self.assertTrue(pages)
        untranslated = {
            page.key: words for page in pages
            if (words := field.get_trans_terms(page.arch_db.replace(doctype, '')))}
        self.assertFalse(untranslated)

    def test_first_button_has_a_key(self):
        keyless = [
            f"{view.name}: {button.get('string')}"
            for view, arch in self._get_archs('form') for button in arch.iterfind('header/button')
            if 'btn-primary' in button.get('class', '') and not button.get('data-hotkey')]
        self.assertFalse(keyless)

    def test_archived_records_can_be_found(self):
        hidden = [
            view.name for view, arch in self._get_archs('search')
            if 'active' in self.env[view.model]._fields
            and not self.env[view.model]._abstract
            and not any("'active'" in node.get('domain', '') for node in arch.iter('filter'))]
        self.assertFalse(hidden)

    def test_fields_of_forms_have_labels(self):
        """A field beside groups, not in one, is drawn without its label."""
        bare = [
            f"{view.name}: {field.get('name')}"
            for view, arch in self._get_archs('form') for group in arch.iter('group')
            if group.find('group') is not None
            for field in group.iterfind('field')
            if field.get('invisible') not in ('1', 'True') and not field.get('nolabel')]
        self.assertFalse(bare)

    def test_what_is_chosen_in_a_list_is_no_badge(self):
        """A badge shows a value and takes none, also in the row that is edited."""
        env = self.env(user=new_test_user(self.env, 'badge_user', ','.join(ALL_GROUPS)))
        dead = []
        for view in self.views.filtered(lambda view: view.type in ('list', 'form')):
            arch = etree.fromstring(view.get_combined_arch())
            for node in arch.iterfind(".//list[@editable]/field[@widget='badge']"):
                model = env[view.model]
                for parent in reversed(list(node.iterancestors('field'))):
                    model = env[model._fields[parent.get('name')].comodel_name]
                field = model._fields[node.get('name')]
                if not (field.readonly or node.get('readonly')) and model._has_field_access(
                        field, 'write'):
                    dead.append(f"{view.name}: {field}")
        self.assertFalse(dead)

    def test_a_click_saves_no_form(self):
        """A new record is saved, and its customer is notified, when its writer says so."""
        widgets = ('boolean_toggle', 'boolean_favorite', 'priority', 'state_selection', 'color')
        saving = [
            f"{view.name}: {field.get('name')}"
            for view, arch in self._get_archs('form') for field in arch.iter('field')
            if field.get('widget') in widgets and not field.get('readonly')
            and next(field.iterancestors('form', 'list', 'kanban')).tag == 'form'
            and safe_eval(field.get('options') or '{}').get('autosave', True)]
        self.assertFalse(saving)

    def test_late_is_chosen_among_the_open(self):
        """What stands beside "Open" without a separator widens it: late ones could not be found."""
        beside = [
            f"{view.name}: {following.get('name')}"
            for view, arch in self._get_archs('search') if 'report' not in view.model
            for node in arch.iterfind(".//filter[@string='Open']")
            if (following := node.getnext()) is not None and following.tag == 'filter']
        self.assertFalse(beside)

    def test_mine_are_the_open_ones_of_mine(self):
        """Two filters without a separator are alternatives: other people's open ones would show."""
        beside = [
            view.name for view, arch in self._get_archs('search')
            for node in arch.iterfind(".//filter[@name='mine']")
            if (following := node.getnext()) is not None and following.get('name') == 'open']
        self.assertFalse(beside)

    def test_settings_have_labels(self):
        """A setting is named after its first field: a hidden one leaves it without a name."""
        view = self.env.ref('base.res_config_settings_view_form')
        arch = etree.fromstring(self.env['res.config.settings'].get_view(view.id)['arch'])
        settings = arch.findall(".//app[@name='aftersales_service']//setting")
        self.assertTrue(settings)
        nameless = [
            setting.get('id') for setting in settings
            if not setting.get('string') and setting.find('field').get('invisible') == '1']
        self.assertFalse(nameless)

    def test_no_group_has_a_label_twice(self):
        """Two fields of one name beside each other cannot be distinguished, in Chinese neither."""
        if not self.env['res.lang']._get_data(code='zh_CN'):
            self.env['res.lang']._activate_and_install_lang('zh_CN')
        boss = give_all_roles(new_test_user(self.env, 'boss_of_labels', ','.join(ALL_GROUPS)))
        twice = []
        for lang in ('en_US', 'zh_CN'):
            for view in self.views.filtered(lambda view: view.type == 'form'):
                model = self.env[view.model].with_user(boss).with_context(lang=lang)
                arch = etree.fromstring(model.get_view(view.id)['arch'])
                labels = model.fields_get(attributes=['string'])
                twice += [
                    f"{view.name}: {', '.join(doubles)}" for group in arch.iter('group')
                    if group.xpath('not(ancestor::field)')  # no form of lines
                    and (doubles := self._get_double_labels(group, labels))]
        self.assertFalse(twice)

    @staticmethod
    def _get_double_labels(group, labels):
        """Return what stands twice in ``group`` and is not shown by turns."""
        found = Counter(
            field.get('string') or labels[field.get('name')]['string']
            for field in group.iterfind('field')
            if not field.get('invisible') and not field.get('nolabel'))
        return [label for label, number in found.items() if number > 1]

    def test_records_are_named_in_words(self):
        """No key of a selection, no number of the database, and no "False" before it is saved."""
        for name, model in self.env.items():
            if (not name.startswith('aftersales.') or model._abstract or model._transient
                    or not self.views.filtered(
                        lambda view, name=name: view.model == name and view.type == 'form')):
                continue
            with self.subTest(model=name):
                self.assertNotEqual(model._fields.get(model._rec_name, model._fields['id']).type,
                                    'selection')
                new = model.new(model.default_get(list(model._fields))).display_name
                self.assertNotIn('False', new or '')
                self.assertNotIn(f'{name},', new or '')

    def _get_buttons(self, model, user):
        arch = etree.fromstring(self.env[model].with_user(user).get_view(view_type='form')['arch'])
        return {button.get('name'): button for button in arch.iterfind('header/button')}

    def test_policies_are_published_by_who_may_write_them(self):
        lead = new_test_user(
            self.env, 'lead_of_views', 'aftersales_service.group_aftersales_team_lead')
        boss = new_test_user(self.env, 'boss_of_views', ','.join(ALL_GROUPS))
        buttons = {'action_publish', 'action_new_version'}
        self.assertFalse(buttons & self._get_buttons('aftersales.warranty.policy', lead).keys())
        self.assertLessEqual(
            buttons, self._get_buttons('aftersales.warranty.policy', boss).keys())

    def test_carried_in_articles_need_no_other_appointment(self):
        agent = new_test_user(
            self.env, 'agent_of_views', 'aftersales_service.group_aftersales_agent')
        button = self._get_buttons('aftersales.order', agent)['action_open_plan_again']
        hidden = button.get('invisible')
        for is_on_site in (True, False):
            with self.subTest(is_on_site=is_on_site):
                self.assertEqual(
                    safe_eval(hidden, {'state': 'in_repair', 'is_on_site': is_on_site}),
                    not is_on_site)
