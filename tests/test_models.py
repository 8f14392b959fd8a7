"""Every model of the suite is guarded and explained."""
import re
from contextlib import suppress

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, TransactionCase, new_test_user, tagged

from odoo.addons.aftersales_service.tests.test_tours import ALL_GROUPS, give_all_roles


@tagged('post_install', '-at_install')
class TestModels(TransactionCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.models = [model for name, model in cls.env.items()
                      if name.startswith('aftersales.') and not model._abstract]
        cls.stored = [model for model in cls.models if not model._transient]

    def _ir_model(self, model):
        return self.env['ir.model']._get(model._name)

    def test_every_model_has_access_rows(self):
        bare = [model._name for model in self.models
                if not self._ir_model(model).access_ids.filtered('perm_read')]
        self.assertEqual(bare, [])

    def test_only_administrators_delete(self):
        """A record that people may delete is a record that cannot be relied on."""
        granted = self.env['ir.model.access'].search([
            ('model_id.model', 'in', [model._name for model in self.stored]),
            ('perm_unlink', '=', True)])
        loose = granted.filtered(
            lambda row: not row.group_id or row.group_id == self.env.ref('base.group_user'))
        self.assertEqual(loose.mapped('name'), [])

    def test_models_with_a_company_have_a_global_company_rule(self):
        bare = []
        for model in self.stored:
            if 'company_id' not in model._fields:
                continue
            rules = self._ir_model(model).rule_ids.filtered(lambda rule: not rule.groups)
            if not any('company_id' in (rule.domain_force or '') for rule in rules):
                bare.append(model._name)
        self.assertEqual(bare, [])

    def test_every_model_has_a_description_and_a_docstring(self):
        bare = []
        for model in self.models:
            own = [cls for cls in type(model).__mro__
                   if cls.__module__.startswith('odoo.addons.aftersales_')
                   and cls.__dict__.get('_name') == model._name]
            if not any(cls.__doc__ for cls in own) or model._description == model._name:
                bare.append(model._name)
        self.assertEqual(bare, [])

    def test_protected_fields_are_not_copied(self):
        """Who copies a record may not write them; parents may be given again."""
        copied = [f'{name}.{field.name}' for name, model in self.env.items()
                  for field in model._fields.values()
                  if getattr(field, 'protected', None) is True and field.copy]
        self.assertEqual(copied, [])

    def test_core_models_with_checked_links_take_protected_fields(self):
        """A module that names the protected mixin after the link mixin alone has no order."""
        link, protected = (self.env.registry[f'aftersales.{name}.mixin']
                           for name in ('link.access', 'protected'))
        bare = [name for name, model in self.env.items() if not name.startswith('aftersales.')
                and isinstance(model, link) and not isinstance(model, protected)]
        self.assertEqual(bare, [])

    def test_stored_facts_on_core_models_are_protected(self):
        """What views show and users do not type is written by steps alone, not by a call."""
        env = self.env(user=new_test_user(self.env, 'all_roles', ','.join(ALL_GROUPS)))
        loose = [
            f'{name}.{field.name}' for name, model in env.items()
            if not name.startswith('aftersales.') and not model._transient
            for field in model._fields.values()
            if field.store and field.readonly and not field.compute and not field.related
            and field.type not in ('one2many', 'many2many') and field._modules
            and all(module.startswith('aftersales_') for module in field._modules)
            and not getattr(field, 'link_access', None)
            and model._has_field_access(field, 'write')]
        self.assertEqual(loose, [])

    def test_conversations_end_for_those_whom_the_rules_name_no_more(self):
        """Whom a rule lets in by a field of the document follows it no longer than that."""
        mixin = self.env.registry['aftersales.revocation.mixin']
        loose = []
        for model in self.stored:
            if 'message_follower_ids' not in model._fields:
                continue
            rules = self._ir_model(model).rule_ids
            names = set(re.findall(
                r"\('(\w+)', '(?:=|in)', \(?user\.id", "".join(
                    rule.domain_force or '' for rule in rules))) - {'create_uid'}
            known = model._get_reader_fields() if isinstance(model, mixin) else set()
            # what a step has noted stays, and who noted it
            loose += [f'{model._name}.{name}' for name in sorted(names - known)
                      if getattr(model._fields[name], 'protected', None) is not True]
        self.assertEqual(loose, [])

    def test_visitors_get_the_conversation_of_a_document_and_nothing_else(self):
        """Core shows files of notes, activities and followers to each user who opens a thread."""
        visitors = self.env.ref('base.group_portal') | self.env.ref('base.group_public')
        loose = [
            model._name for model in self.stored if 'message_ids' in model._fields
            and not model._is_visited_by_customers and ('access_token' in model._fields or (
                self._ir_model(model).access_ids.filtered(
                    lambda row: row.perm_read and row.group_id in visitors)))]
        self.assertEqual(loose, [])

    def test_lists_are_protected_from_both_sides(self):
        """Who may not write the list of a record may not write it by its lines either."""
        inverses = self.env.registry.field_inverses
        open_sides = [
            str(inverse) for model in self.env.values() for field in model._fields.values()
            if getattr(field, 'protected', None) and field.type in ('one2many', 'many2many')
            for inverse in inverses[field] if not getattr(inverse, 'protected', None)]
        self.assertEqual(open_sides, [])

    def test_fields_for_roles_on_core_models_are_not_copied(self):
        """Who has no role of ours must be able to duplicate a contact, a user, a product."""
        copied = [
            f'{name}.{field.name}' for name, model in self.env.items()
            if not name.startswith('aftersales.') for field in model._fields.values()
            if field.groups and field.copy and field._modules
            and all(module.startswith('aftersales_') for module in field._modules)]
        self.assertEqual(copied, [])

    def test_parent_that_gives_the_company_is_found_by_a_new_record(self):
        """Core searches it in the company of the record, which a new one does not have yet."""
        hidden = []
        for model in self.models:
            company = model._fields.get('company_id')
            if not company or not company.related or not company.related.endswith('.company_id'):
                continue
            parent = model._fields[company.related.split('.')[0]]
            if parent.check_company:
                hidden.append(f'{model._name}.{parent.name}')
        self.assertEqual(hidden, [])

    def test_no_form_takes_a_company_that_its_user_does_not_work_in(self):
        """Stored computes read as superuser: a foreign company would show what it has."""
        boss = give_all_roles(new_test_user(self.env, 'boss_at_home', ','.join(ALL_GROUPS)))
        company = self.env['res.company'].create({'name': "Second Company"})
        asked = 0
        for model in self.models:
            field = model._fields.get('company_id')
            model = model.with_user(boss)
            if not field or field.related or not model.has_access('create') or (
                    not model._has_field_access(field, 'write')):
                continue
            asked += 1
            for way, form in (('typed', lambda model=model: model.onchange(
                    {'company_id': company.id}, ['company_id'], {'company_id': {}})),
                    ('default', lambda model=model: model.with_context(
                        default_company_id=company.id).onchange({}, [], {'company_id': {}}))):
                with self.subTest(model=model._name, way=way), self.assertRaisesRegex(
                        AccessError, "do not work in this company"), self.env.cr.savepoint():
                    form()
        self.assertGreater(asked, 50)

    def test_every_table_can_be_read_by_its_administrator(self):
        """A view or computed field that breaks on an empty database shows here."""
        for model in self.models:
            with self.subTest(model=model._name):
                model.search([], limit=1).read()

    def test_every_form_opens_for_a_new_record(self):
        """A refusal in words is an answer; a trace is none."""
        boss = new_test_user(self.env, 'boss_of_forms', ','.join(ALL_GROUPS))
        views = self.env['ir.ui.view'].search([
            ('model', 'in', [model._name for model in self.models]),
            ('type', '=', 'form'), ('mode', '=', 'primary')])
        self.assertTrue(views)
        for view in views:
            model = self.env[view.model].with_user(boss)
            if model.has_access('create'):
                with self.subTest(view=view.xml_id), suppress(UserError):
                    Form(model, view)
