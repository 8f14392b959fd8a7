from base64 import b64encode
from io import BytesIO

from PIL import Image, ImageDraw

from odoo import http
from odoo.tests.common import HttpCase, TransactionCase

from . import goods, people

DOT = (
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==')


def draw_signature():
    """Return a line across a small picture, as text."""
    image, content = Image.new('RGB', (40, 12), 'white'), BytesIO()
    ImageDraw.Draw(image).line((2, 10, 38, 2), fill='black', width=1)
    image.save(content, 'PNG')
    return b64encode(content.getvalue()).decode()


SIGNATURE = draw_signature()


class AftersalesCommon(TransactionCase):
    """One maker of air conditioners, a customer, a person of each role.

    Every record that a test reads is created here or in the test.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        goods.set_up_company(cls.env)
        cls._create_users()
        cls._get_goods()
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
    def _get_goods(cls):
        for name, record in goods.get_goods(cls.env).items():
            setattr(cls, name, record)
        cls.stock_location = goods.get_stock_location(cls.env)

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
        cls.owner = people.get_visitor(cls.env, 'owner')
        cls.stranger = people.get_visitor(cls.env, 'stranger')

    def _post(self, url, files=None, **values):
        return self.url_open(
            url, data={'csrf_token': http.Request.csrf_token(self), **values}, files=files)
