"""Who may do what with each model of the suite, and that each other role is refused.

The table beside this file says it on one screen; ``model_rights.txt`` is read, never made:
who changes a right changes a line of it.
"""
from pathlib import Path

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged
from odoo.tests.common import new_test_user

TABLE = Path(__file__).with_name('model_rights.txt')
ROLES = ('portal', 'employee', 'agent', 'technician', 'dispatcher', 'team_lead', 'manager')
OPERATIONS = ('read', 'write', 'create', 'unlink')
# its read-only fields may be typed too: a comparison of what might be proves nothing
OPEN_MODELS = {'aftersales.cost.scenario'}
# what portal users read: each by a rule that says whose it is
PORTAL_MODELS = {
    'aftersales.appraisal', 'aftersales.complaint', 'aftersales.old.part',
    'aftersales.old.part.box', 'aftersales.order', 'aftersales.outlet.charge',
    'aftersales.return', 'aftersales.warranty'}


@tagged('post_install', '-at_install')
class TestModelRights(TransactionCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {'portal': 'base.group_portal', 'employee': 'base.group_user'}
        cls.users = {
            role: new_test_user(
                cls.env, f'rights_{role}',
                groups.get(role, f'aftersales_service.group_aftersales_{role}'))
            for role in ROLES}
        cls.models = sorted(
            (model for name, model in cls.env.items()
             if name.startswith('aftersales.') and not model._abstract),
            key=lambda model: model._name)
        cls.stored = [model for model in cls.models if not model._transient]

    def _get_rights(self, model, role):
        """Return what a role may do, by the first letters; ``-`` for nothing."""
        records = model.with_user(self.users[role])
        return "".join(
            name[0] for name in OPERATIONS if records.has_access(name)) or '-'

    def test_each_role_may_what_the_table_says_and_no_more(self):
        expected = {}
        for line in TABLE.read_text().splitlines():
            name, *cells = line.split()
            if name[0] != '#':
                expected[name] = dict(zip(ROLES, cells, strict=True))
        self.maxDiff = None
        self.assertEqual(
            {model._name: {role: self._get_rights(model, role) for role in ROLES}
             for model in self.models}, expected)

    def test_portal_users_only_read_and_by_a_rule_of_their_own(self):
        portal = self.env.ref('base.group_portal')
        for model in self.models:
            with self.subTest(model=model._name):
                is_open = model._name in PORTAL_MODELS
                self.assertEqual(self._get_rights(model, 'portal'), 'r' if is_open else '-')
                rules = self.env['ir.model']._get(model._name).rule_ids
                self.assertEqual(is_open, portal in rules.groups)

    def test_records_stay_in_their_company(self):
        """A user of another company sees no record, whatever the role there."""
        home = self.env.company
        abroad = self.env['res.company'].create({'name': "Abroad"})
        for user in self.users.values():
            user.write({'company_ids': [(6, 0, abroad.ids)], 'company_id': abroad.id})
        for model in self.stored:
            if 'company_id' not in model._fields:
                continue
            for role in ROLES[1:]:
                records = model.with_user(self.users[role])
                rule = Domain(self.env['ir.rule'].with_user(
                    self.users[role])._compute_domain(model._name, 'read'))
                with self.subTest(model=model._name, role=role):
                    self.assertFalse(
                        records.sudo().new({'company_id': home.id}).filtered_domain(rule))

    def test_company_of_a_record_is_indexed(self):
        bare = [
            model._name for model in self.stored if model._auto
            and (field := model._fields.get('company_id')) and field.store and not field.index]
        self.assertEqual(bare, [])

    def test_what_follows_from_actions_is_protected(self):
        """Views grey a read-only field out; an import or a call would still write it."""
        typed = set()
        for model in self.stored:
            records = model.with_user(self.users['team_lead']).browse()
            if model._name in OPEN_MODELS or not (model._auto and records.has_access('write')):
                continue
            for name in self._get_read_only_fields(model):
                if getattr(model._fields[name], 'protected', None):
                    continue
                try:
                    records.write({name: False})
                except UserError:
                    continue
                typed.add(f'{model._name}.{name}')
        self.assertEqual(typed - self._get_harmless_fields(), set())

    def test_a_new_record_tells_none_of_it_either(self):
        # the meeting of a visit is made before it
        more = {'visit': {'technician_id': self.users['technician'].id}}
        for name, field in (
                ('order', 'is_excluded'), ('order', 'date_code_accepted'),
                ('order', 'use_explained_user_id'), ('labour', 'sale_line_id'),
                ('labour', 'missed_visit_id'), ('checklist.line', 'user_id'),
                ('liaison', 'date_answered'), ('visit', 'is_second_visit'),
                ('cost.line', 'amount'), ('accident', 'investigator_id'),
                ('delivery.damage', 'decided_by_id'), ('appraisal', 'verdict_id'),
                ('outlet.charge', 'date_settled'), ('return', 'amount_settled'),
                ('return.line', 'verdict'), ('trade.in', 'value_proposed'),
                ('warranty', 'void_reason')):
            records = self.env[f'aftersales.{name}'].with_user(self.users['team_lead'])
            with self.subTest(model=name, field=field), self.assertRaisesRegex(
                    UserError, "is protected"):
                records.create({field: 1, **more.get(name, {})})

    def _get_harmless_fields(self):
        """Return the fields that may be typed: the company, numbers and sales by imports.

        A reminder counts the calls of a customer, and a unit's serial number is its lot's:
        who pays and what is owed follows from neither.
        """
        order = ('lot_id', 'phone_sanitized', 'reminder_count', 'platform_id',
                 'platform_number', 'platform_line')
        return {f'aftersales.order.{name}' for name in order} | {
            f'{name}.name' for name in (
                'aftersales.campaign', 'aftersales.order', 'aftersales.warranty')} | {
            f'{model._name}.company_id' for model in self.stored}

    def _get_read_only_fields(self, model):
        """Return the columns that the suite declares as read-only, core's mixins left out."""
        return [
            name for name, field in model._fields.items()
            if field.store and field.column_type and field.readonly
            and field._module == 'aftersales_service' and name not in models.MAGIC_COLUMNS
            and field.groups != fields.NO_ACCESS]  # core keeps these from all users
