"""Forms of Odoo that show a field of the suite open for people without a role of the suite."""
import re
from functools import partial

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.aftersales_service.tests.returns.common import ReturnsCommon

from bench.views import form_specification

CORE_ROLES = {
    'stock': 'stock.group_stock_user',
    'stock manager': 'stock.group_stock_manager',
    'sales': 'sales_team.group_sale_salesman_all_leads',
    'accountant': 'account.group_account_manager',
    'employee': 'base.group_user',
    # of applications that some of our modules extend
    'buyer': 'purchase.group_purchase_user',
    'personnel': 'hr.group_hr_user',
    'surveys': 'survey.group_survey_user',
}


def _is_ours(name):
    return bool(name) and name.startswith('aftersales')


@tagged('post_install', '-at_install')
class TestCoreForms(ReturnsCommon):
    """Core's documents of a service order, for users who perhaps may not read the order."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            role: new_test_user(cls.env, f'core_{role.replace(" ", "_")}', groups)
            for role, groups in CORE_ROLES.items()
            if cls.env.ref(groups, raise_if_not_found=False)}
        cls.people |= {
            role.name: new_test_user(cls.env, f'ours_{role.name}', role.complete_name)
            for role in cls._get_our_roles()}
        cls._sell_units(['CORE-1', 'CORE-2'])
        cls._serve_one_unit()
        with freeze_time('2026-01-12 12:00:00'):
            cls.returned = cls._create_return(cls, cls.sale, cards=cls.cards[1])
            cls.returned.action_authorise()
        cls.env.flush_all()

    @classmethod
    def _get_our_roles(cls):
        """Return the roles of all our modules; they have none of stock, sales, accounting."""
        data = cls.env['ir.model.data'].search(
            [('model', '=', 'res.groups'), ('module', '=like', r'aftersales\_%')])
        roles = cls.env['res.groups'].search(
            [('id', 'in', data.mapped('res_id')), ('privilege_id', '!=', False)])
        return data.filtered(lambda row: row.res_id in roles.ids)

    @classmethod
    def _serve_one_unit(cls):
        """Make each document of a service order: repair, move, quotation, payment, lead."""
        lead = cls.env['crm.lead'].create({'name': "Noise", 'partner_id': cls.customer.id})
        order = cls.env['aftersales.order'].create({
            'warranty_id': cls.card.id, 'charge_kind': 'paid', 'lead_id': lead.id,
            'technician_id': cls.technician.id, 'part_ids': [Command.create(
                {'product_id': cls.capacitor.id, 'product_uom_qty': 1})]})
        order.action_create_quotation()
        order.sale_order_ids.action_confirm()
        journal = cls.env['account.journal'].create(
            {'name': "Technicians' Cash", 'code': 'TCASH', 'type': 'cash'})
        cls.env['account.payment'].create({
            'partner_id': cls.customer.id, 'amount': 50, 'journal_id': journal.id,
            'aftersales_order_id': order.id})
        cls.order = order

    @classmethod
    def _get_forms(cls):
        """Return ``{form: its fields of ours}`` of core's models."""
        forms = {}
        for view in cls.env['ir.ui.view'].search(
                [('type', '=', 'form'), ('mode', '=', 'primary')], order='model, id'):
            model = cls.env.get(view.model)
            if model is None or model._abstract or _is_ours(view.model):
                continue
            shown = set(re.findall(r'<field name="(\w+)"', view.get_combined_arch()))
            # also on the lines of the form
            ours = {name for name in shown if 'aftersales' in name or _is_ours(
                model._fields[name]._module if name in model._fields else '')}
            if ours:
                forms[view] = ours
        return forms

    def _find_records(self, model, ours):
        """Return a record for each link with a document of ours, else any that is at hand."""
        found = model.browse()
        for name in ours & model._fields.keys():
            field = model._fields[name]
            if _is_ours(field.comodel_name) and field._description_searchable:
                found |= model.search([(name, '!=', False)], order='id desc', limit=1)
        known = {'res.partner': self.customer, 'product.product': self.conditioner,
                 'product.template': self.conditioner.product_tmpl_id,
                 'stock.lot': self.card.lot_id, 'sale.order': self.sale}
        return found or known.get(model._name) or (
            model.browse() if model._transient else model.search([], order='id desc', limit=1))

    def _get_refusal(self, ask, model, screen):
        """Return what a form answers instead of its values, if it opens without our fields."""
        cores = self._strip(model, screen)
        if cores == screen:
            return ''  # it shows this person nothing of ours
        if (words := self._try(ask, screen)) and not self._try(ask, cores):
            return words
        return ''

    def _try(self, ask, screen):
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                ask(screen)
        except AccessError as error:
            return str(error).partition('\n')[0]
        return ''

    def _strip(self, model, screen):
        """Return what core's own form asks for."""
        stripped = {}
        for name, part in screen.items():
            field = model._fields[name]
            if _is_ours(field._module) or _is_ours(field.comodel_name):
                continue
            lines = field.comodel_name and part.get('fields')
            stripped[name] = part | {
                'fields': self._strip(self.env[field.comodel_name], lines)} if lines else part
        return stripped

    def test_forms_of_core_open_as_for_their_users(self):
        forms = self._get_forms()
        self.assertLessEqual(
            {'repair.order', 'sale.order', 'account.payment', 'stock.picking', 'stock.lot',
             'crm.lead', 'res.partner', 'product.template'}, {view.model for view in forms})
        refused, opened = [], set()
        for view, ours in forms.items():
            records = self._find_records(self.env[view.model], ours)
            for role, person in self.people.items():
                model = self.env[view.model].with_user(person)
                asks = [(f"old {view.model}", record.web_read)
                        for record in records.with_user(person) if record.has_access('read')]
                opened |= {(view.model, role) for __ in asks}
                if model.has_access('create'):
                    asks.append((f"new {view.model}", partial(model.onchange, {}, [])))
                screen = asks and form_specification(model.env, view.model, view.id)
                refused += [f"{what} in {view.xml_id}, {role}: {words}" for what, ask in asks
                            if (words := self._get_refusal(ask, model, screen))]
        self.assertEqual(refused, [])
        self.assertLessEqual({
            ('repair.order', 'stock'), ('sale.order', 'sales'), ('account.payment', 'accountant'),
            ('stock.picking', 'stock'), ('res.partner', 'group_aftersales_agent')}, opened)

    def test_forms_of_every_module_are_among_them(self):
        """A module that adds a field to a form of core is asked by the test above."""
        views = self.env['ir.ui.view'].search([
            ('type', '=', 'form'), ('mode', '=', 'extension'), ('inherit_id', '!=', False)])
        extended = {
            view.model for view in views if _is_ours((view.xml_id or '').partition('.')[0])
            and re.search(r'<field name="\w*aftersales', view.arch or '')
            and not _is_ours(view.model) and not self.env[view.model]._transient}
        self.assertGreater(len(extended), 8)
        self.assertLessEqual(extended, {view.model for view in self._get_forms()})

    def test_an_employee_still_reads_no_service_order(self):
        order = self.order.with_user(self.people['employee'])
        with self.assertRaises(AccessError):
            order.web_read({'name': {}})
