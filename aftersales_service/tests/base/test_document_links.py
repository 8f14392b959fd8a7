from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged, users
from odoo.tests.common import new_test_user

from ..visit.common import VisitCommon

# who names one of these records reads or changes it by what follows
DOCUMENTS = {
    'aftersales.order', 'aftersales.warranty', 'aftersales.visit', 'aftersales.return',
    'aftersales.trade.in', 'aftersales.appraisal', 'aftersales.accident', 'aftersales.late.work',
    'aftersales.delivery.damage', 'aftersales.campaign.unit', 'aftersales.liaison'}
# a card of the company is sold an extension by its salespeople, who read all cards of the
# company
OPEN_LINKS = {'sale.order.line.aftersales_warranty_id'}


@tagged('post_install', '-at_install')
class TestDocumentLinks(VisitCommon):
    """A record names only documents that its writer may read, or change where that follows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls.env['res.partner'].create({
            'name': "Secret Sun", 'phone': '+1 650 555 0199', 'street': "Hidden Street 1"})
        cls.card = cls._create_card(partner_id=cls.secret.id)
        cls.foreign = cls._dispatch(
            user_id=cls.other_agent.id, partner_id=cls.secret.id, warranty_id=cls.card.id,
            technician=cls.other_technician)
        cls.foreign.labour_ids = [Command.create({'product_id': cls.hour.id})]
        reason = cls.env.ref('aftersales_service.aftersales_return_reason_quality')
        template = cls._create_template({'name': "Leak test", 'phase': 'before_work'})
        # model -> what else a user gives; each names its order by order_id
        cls.forms = {
            'aftersales.accident': {'description': "Smell of gas", 'kind': 'gas'},
            'aftersales.delivery.damage': {'description': "Dent"},
            'aftersales.return': {'reason_id': reason.id, 'partner_id': cls.customer.id},
            'aftersales.trade.in': {'description': "Old one", 'partner_id': cls.customer.id},
            'aftersales.appraisal': {
                'warranty_id': cls.card.id, 'company_id': cls.env.company.id},
            'aftersales.liaison': {
                'department': "R&D", 'addressee_id': cls.employee.id, 'subject': "Why?",
                'content': "Please answer"},
            'aftersales.labour': {'product_id': cls.hour.id},
            'aftersales.checklist.line': {
                'template_line_id': template.line_ids.id, 'phase': 'before_work'},
            'aftersales.warranty.usage': {'warranty_id': cls.card.id, 'value': 5.0},
            'aftersales.collection': {'amount': 1.0},
            'aftersales.code.entry': {},
        }

    def _get_model(self, name):
        return self.env[name].with_user(self.env.user)

    @users('agent')
    def test_nothing_is_made_on_an_order_out_of_reach(self):
        with self.assertRaises(AccessError):
            self.foreign.with_user(self.env.user).check_access('read')
        for name, vals in self.forms.items():
            model = self._get_model(name)
            for way, create in (
                    ('value', lambda model=model, vals=vals: model.create(
                        {**vals, 'order_id': self.foreign.id})),
                    ('default', lambda model=model, vals=vals: model.with_context(
                        default_order_id=self.foreign.id).create(vals)),
                    ('form', lambda model=model, vals=vals: model.web_save(
                        {**vals, 'order_id': self.foreign.id}, {}))):
                with self.subTest(model=name, way=way), self.assertRaises(
                        AccessError), self.env.cr.savepoint():
                    create()
        self.assertEqual(self.foreign.severity, '1')
        self.assertFalse(self.foreign.has_damage or self.foreign.has_return)

    @users('agent')
    def test_a_form_shows_nothing_of_an_order_out_of_reach(self):
        for name, vals in self.forms.items():
            model = self._get_model(name)
            spec = {field: {} for field in ('order_id', 'partner_id', 'place', 'serial', 'amount')
                    if field in model._fields}
            for way, fill in (
                    ('typed', lambda model=model, vals=vals, spec=spec: model.onchange(
                        {**vals, 'order_id': self.foreign.id}, ['order_id'], spec)),
                    ('default', lambda model=model, spec=spec: model.with_context(
                        default_order_id=self.foreign.id).onchange({}, [], spec))):
                with self.subTest(model=name, way=way), self.assertRaises(AccessError):
                    fill()

    @users('agent')
    def test_a_saved_default_names_no_order_out_of_reach(self):
        self.env['ir.default'].set(
            'aftersales.accident', 'order_id', self.foreign.id, user_id=True)
        with self.assertRaises(AccessError):
            self._get_model('aftersales.accident').onchange(
                {}, [], {'order_id': {}, 'partner_id': {}, 'place': {}})

    @users('agent')
    def test_what_one_owns_is_not_moved_to_an_order_out_of_reach(self):
        order = self._create_order(warranty_id=self.card.id)
        for name, vals in self.forms.items():
            if name in ('aftersales.collection', 'aftersales.warranty.usage'):
                continue
            record = self._get_model(name).create({**vals, 'order_id': order.id})
            for move in (
                    lambda record=record: record.write({'order_id': self.foreign.id}),
                    lambda record=record: record.web_save({'order_id': self.foreign.id}, {})):
                with self.subTest(model=name), self.assertRaisesRegex(
                        AccessError, "may not"), self.env.cr.savepoint():
                    move()
            self.assertEqual(record.order_id, order)

    @users('agent')
    def test_lines_of_ones_own_order_reach_no_other(self):
        order = self._create_order()
        order.labour_ids = [Command.create({'product_id': self.hour.id})]
        visit = self.foreign.visit_ids
        for values in (
                {'labour_ids': [Command.update(
                    order.labour_ids.id, {'order_id': self.foreign.id})]},
                {'visit_ids': [Command.link(visit.id)]},
                {'visit_ids': [Command.set(visit.ids)]}):
            with self.subTest(values=values), self.assertRaises(
                    AccessError), self.env.cr.savepoint():
                order.web_save(values, {})
        self.assertEqual(visit.order_ids, self.foreign)

    @users('agent')
    def test_ones_own_order_is_named_as_before(self):
        order = self._create_order(warranty_id=self.card.id)
        for name, vals in self.forms.items():
            with self.subTest(model=name):
                record = self._get_model(name).create({**vals, 'order_id': order.id})
                self.assertEqual(record.order_id, order)

    @users('agent')
    def test_what_is_only_read_is_cited_but_not_changed(self):
        member = self.env.user
        self.outlet.sudo().member_ids += member
        self.outlet.sudo().action_activate()
        order = self.env['aftersales.order'].with_user(self.manager).create({
            'partner_id': self.secret.id, 'user_id': self.other_agent.id,
            'outlet_id': self.outlet.id, 'type_id': self.type_plain.id})
        order.action_offer_to_outlet()
        order.offer_id.sudo()._answer('accepted')
        order = order.with_user(member)
        self.assertTrue(order.has_access('read'))
        self.assertFalse(order.has_access('write'))
        slip = self._get_model('aftersales.liaison').create(
            {**self.forms['aftersales.liaison'], 'order_id': order.id})
        self.assertEqual(slip.order_id, order)
        for name in ('aftersales.accident', 'aftersales.delivery.damage', 'aftersales.return'):
            with self.subTest(model=name), self.assertRaisesRegex(
                    AccessError, "may not change"), self.env.cr.savepoint():
                self._get_model(name).create({**self.forms[name], 'order_id': order.id})

    def test_a_form_computes_nothing_for_a_foreign_company(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        self.env['aftersales.warranty'].create({
            'product_id': self.conditioner.id, 'partner_id': self.secret.id,
            'serial': 'FOREIGN-1', 'company_id': company.id})
        orders = self.env['aftersales.order'].with_user(self.agent)
        spec = {name: {} for name in ('company_id', 'serial', 'warranty_id', 'partner_id', 'phone')}
        values = {'company_id': company.id, 'serial': 'FOREIGN-1'}
        for model, given, names in (
                (orders, values, ['serial']),
                (orders.with_context(default_company_id=company.id), {'serial': 'FOREIGN-1'},
                 []),
                (self._get_model('aftersales.trade.in').with_user(self.agent),
                 {'company_id': company.id}, ['company_id'])):
            with self.subTest(names=names), self.assertRaisesRegex(
                    AccessError, "do not work in this company"):
                model.onchange(dict(given), names, {
                    name: item for name, item in spec.items() if name in model._fields})
        order = self._create_order().with_user(self.agent)
        with self.assertRaisesRegex(AccessError, "do not work in this company"):
            order.write(values)
        own = orders.onchange(
            {'company_id': self.env.company.id, 'serial': self.card.serial}, ['serial'], spec)
        self.assertEqual(own['value']['partner_id'], self.secret.id)

    def test_core_documents_name_no_order_out_of_reach(self):
        salesman = new_test_user(
            self.env, 'link_salesman', 'sales_team.group_sale_salesman,stock.group_stock_user')
        for model, vals in (
                ('sale.order', {'partner_id': self.customer.id}),
                ('repair.order', {'product_id': self.conditioner.id})):
            with self.subTest(model=model), self.assertRaises(
                    AccessError), self.env.cr.savepoint():
                self.env[model].with_user(salesman).create(
                    {**vals, 'aftersales_order_id': self.foreign.id})

    def test_nothing_is_taken_off_an_order_out_of_reach(self):
        storekeeper = new_test_user(
            self.env, 'link_storekeeper',
            'aftersales_service.group_aftersales_technician,stock.group_stock_user')
        own = self._dispatch(technician=storekeeper)
        part, own_part = self.env['stock.move'].create([
            {'aftersales_order_id': order.id, 'product_id': self.capacitor.id}
            for order in (self.foreign, own)])
        sale = self.env['sale.order'].create({
            'partner_id': self.secret.id, 'aftersales_order_id': self.foreign.id})
        salesman = new_test_user(
            self.env, 'link_salesman', 'sales_team.group_sale_salesman_all_leads')
        for record, user in (
                (part, storekeeper), (self.foreign.repair_ids, storekeeper), (sale, salesman)):
            for order in (own.browse(), own):
                with self.subTest(model=record._name, order=order), self.assertRaises(
                        AccessError), self.env.cr.savepoint():
                    record.with_user(user).write({'aftersales_order_id': order.id})
            self.assertEqual(record.aftersales_order_id, self.foreign)
        for repair_id in (False, own.repair_ids.id):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                part.with_user(storekeeper).repair_id = repair_id
        # what is one's own is taken off, and a plain move is the warehouse's
        own_part.with_user(storekeeper).aftersales_order_id = False
        own.repair_ids.with_user(storekeeper).aftersales_order_id = False
        part.with_user(storekeeper).product_uom_qty = 2.0

    def test_every_link_that_people_write_says_which_right_it_demands(self):
        silent = set()
        for name, model in self.env.items():
            if model._abstract or not model._auto:
                continue
            if not self.env['ir.model.access'].sudo().search_count(
                    [('model_id.model', '=', name), '|', ('perm_write', '=', True),
                     ('perm_create', '=', True)], limit=1):
                continue
            for field in model._fields.values():
                if (field.type in ('many2one', 'many2many') and field.store and not field.related
                        and field.comodel_name in DOCUMENTS
                        and getattr(field, 'protected', None) is not True
                        and not getattr(field, 'link_access', None)):
                    silent.add(str(field))
        self.assertEqual(silent - OPEN_LINKS, set())
