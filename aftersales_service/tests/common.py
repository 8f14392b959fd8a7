from odoo import fields, http
from odoo.tests.common import HttpCase, TransactionCase, new_test_user

from . import people

SIGNATURE = (
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==')


class AftersalesCommon(TransactionCase):
    """One maker of air conditioners, a customer, a person of each role.

    Every record that a test reads is created here or in the test.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({
            'stock_text_confirmation': False,  # core would ask before a text message
            'country_id': cls.env.ref('base.us').id,
        })
        cls._create_users()
        cls._create_goods()
        cls.customer = cls.env['res.partner'].create({
            'name': "Li Na", 'phone': '+1 650 555 0100', 'email': 'li.na@example.com'})
        cls.type_on_site = cls.env.ref('aftersales_service.aftersales_order_type_repair_on_site')
        cls.type_carry_in = cls.env.ref(
            'aftersales_service.aftersales_order_type_repair_carry_in')
        cls.type_consultation = cls.env.ref(
            'aftersales_service.aftersales_order_type_consultation')

    @classmethod
    def _create_users(cls):
        for login, (role, name) in people.COLLEAGUES.items():
            setattr(cls, login, cls._create_person(login, role, name))
        cls.employee = people.get_employee(cls.env)

    @classmethod
    def _create_person(cls, login, role, name):
        """Return a colleague with a role of the module, such as ``team_lead``."""
        return people.get_colleague(cls.env, login, role, name)

    @classmethod
    def _create_goods(cls):
        product = cls.env['product.product']
        cls.capacitor = product.create({
            'name': "Capacitor", 'is_storable': True, 'list_price': 50.0, 'standard_price': 20.0})
        cls.main_part = cls.env['aftersales.main.part'].create({'name': "Compressors"})
        cls.compressor = product.create({
            'name': "Compressor", 'is_storable': True, 'list_price': 900.0,
            'aftersales_main_part_id': cls.main_part.id})
        cls.hour = product.create({
            'name': "Repair Hour", 'type': 'service', 'list_price': 80.0})
        cls.policy = cls.env['aftersales.warranty.policy'].create({
            'name': "Air conditioners",
            'term_ids': [
                fields.Command.create({
                    'name': "Whole unit", 'kind': 'whole_unit', 'months': 12}),
                fields.Command.create({
                    'name': "Labour", 'kind': 'labour', 'months': 12}),
                fields.Command.create({
                    'name': "Compressor", 'kind': 'component', 'months': 36,
                    'main_part_ids': [fields.Command.set(cls.main_part.ids)]}),
            ]})
        cls.conditioner = product.create({
            'name': "Air Conditioner", 'is_storable': True, 'tracking': 'serial',
            'list_price': 3000.0, 'warranty_policy_id': cls.policy.id})
        cls.stock_location = cls.env['stock.warehouse'].search(
            [('company_id', '=', cls.env.company.id)], limit=1).lot_stock_id
        for part in cls.capacitor, cls.compressor:
            cls.env['stock.quant']._update_available_quantity(part, cls.stock_location, 20)

    @classmethod
    def _create_card(cls, **values):
        """Write a card by hand for a unit delivered on 10 January 2026."""
        return cls.env['aftersales.warranty'].create({
            'product_id': cls.conditioner.id, 'partner_id': cls.customer.id,
            'serial': 'AC-0001', 'delivery_date': '2026-01-10', **values})

    def _create_order(self, **values):
        """Register an order of the customer, as the current user."""
        return self.env['aftersales.order'].create({
            'partner_id': self.customer.id, 'description': "It does not cool", **values})

    def _move_to(self, order, state):
        """Walk an order along its type's usual line up to ``state``, meeting every rule."""
        if not order.date_done:  # what was signed stays
            order.write({
                'date_planned': '2026-06-02 08:00:00', 'technician_id': self.technician.id,
                'signature': SIGNATURE})
        while order.state != state:
            self.assertTrue(order.next_state, f"{state} is not on the line of the type")
            order.checklist_ids.filtered('is_mandatory').result = 'ok'
            order.action_next()

    def _count_queries(self, action):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        self.env.cr.precommit.run()
        return self.env.cr.sql_log_count - before


class PartsCommon(AftersalesCommon):
    """An order in the field on a unit with a card; each test adds what the work needs."""

    def setUp(self):
        super().setUp()
        self.card = self._create_card()
        self.order = self._create_order(
            warranty_id=self.card.id, date_event='2026-06-01 12:00:00',
            technician_id=self.technician.id).with_user(self.env.user)

    def _add_part(self, product, **values):
        return self.env['stock.move'].create({
            'aftersales_order_id': self.order.id, 'product_id': product.id,
            'product_uom_qty': 1.0, **values})


class PortalCommon(HttpCase, AftersalesCommon):
    """A customer who owns what a test makes, and another one who does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        portal = 'base.group_portal'
        cls.owner = new_test_user(
            cls.env, 'owner', portal, password='owner-secret', name="Wang Fang")
        cls.stranger = new_test_user(cls.env, 'stranger', portal, password='stranger-secret')

    def _post(self, url, files=None, **values):
        return self.url_open(
            url, data={'csrf_token': http.Request.csrf_token(self), **values}, files=files)
