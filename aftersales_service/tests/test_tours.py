from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from .common import AftersalesCommon

# the person who sells, delivers, serves and invoices in a small firm
ALL_GROUPS = (
    'aftersales_service.group_aftersales_manager', 'sales_team.group_sale_manager',
    'stock.group_stock_manager', 'stock.group_production_lot', 'account.group_account_invoice')


def give_all_roles(user):
    """Give ``user`` each role of each installed module of the suite; return the user."""
    rows = user.env['ir.model.data'].search(
        [('model', '=', 'res.groups'), ('module', '=like', 'aftersales\\_%')])
    user.group_ids += user.env['res.groups'].search(
        [('id', 'in', rows.mapped('res_id')), ('privilege_id', '!=', False)])
    return user


@tagged('post_install', '-at_install')
class TestTours(HttpCase, AftersalesCommon):
    """People at work in a browser; what they leave behind is asserted here."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = new_test_user(
            cls.env, 'tour_agent', 'aftersales_service.group_aftersales_agent')
        cls.wu_mei = cls.env['res.partner'].create({
            'name': "Wu Mei", 'phone': '+1 650 555 0177', 'email': 'wu.mei@example.com'})
        # names that nothing else in the database has: a tour chooses by what it reads
        cls.conditioner.name = "Tour Conditioner"
        cls.capacitor.name = "Tour Capacitor"
        cls.hour.name = "Tour Hour"

    def test_desk_agent_finds_everything_by_the_serial_number(self):
        card = self._create_card(
            serial='TOUR-7001', partner_id=self.wu_mei.id, delivery_date=fields.Date.today())
        self.start_tour('/odoo/service-orders', 'aftersales_desk_agent', login='tour_agent')
        self.assertRecordValues(card.order_ids, [{
            'partner_id': self.wu_mei.id, 'product_id': self.conditioner.id,
            'user_id': self.agent.id, 'cover_state': 'covered',
            'description': "It hums and does not cool"}])

    def test_call_is_dispatched_in_seven_clicks(self):
        card = self._create_card(
            serial='TOUR-7001', partner_id=self.wu_mei.id, delivery_date=fields.Date.today())
        # of another unit with a card of its own: the phone number shows it nevertheless
        other = self._create_card(serial='TOUR-7002', partner_id=self.wu_mei.id)
        self.env['aftersales.order'].create({'warranty_id': other.id, 'user_id': self.agent.id})
        self.start_tour('/odoo/service-orders', 'aftersales_short_call', login='tour_agent')
        self.assertRecordValues(card.order_ids, [{
            'state': 'dispatched', 'technician_id': self.technician.id,
            'partner_id': self.wu_mei.id}])
        self.assertTrue(card.order_ids.date_planned > fields.Datetime.now())

    def test_customer_asks_again_while_a_colleague_has_the_order(self):
        other = new_test_user(
            self.env, 'anna', 'aftersales_service.group_aftersales_agent', name="Agent Anna")
        order = self.env['aftersales.order'].with_user(other).create(
            {'partner_id': self.wu_mei.id})
        order.action_remind()
        self.start_tour('/odoo/service-orders', 'aftersales_asked_again', login='tour_agent')
        self.assertEqual(order.reminder_count, 2)
        self.assertEqual(self.wu_mei.aftersales_order_count, 1)

    def test_forbidden_stage_is_refused_with_a_sentence(self):
        order = self.env['aftersales.order'].with_user(self.agent).create(
            {'partner_id': self.wu_mei.id})
        with mute_logger('odoo.http'):  # the refusal is what the tour looks for
            self.start_tour(
                '/odoo/service-orders', 'aftersales_forbidden_stage', login='tour_agent')
        self.assertEqual(order.state, 'registered')

    def test_customer_follows_an_order_and_writes(self):
        customer = new_test_user(
            self.env, 'tour_customer', 'base.group_portal', name="Wu Mei at home")
        card = self._create_card(
            serial='TOUR-7001', partner_id=customer.partner_id.id,
            delivery_date=fields.Date.today())
        order = self.env['aftersales.order'].create({'warranty_id': card.id})
        self.start_tour('/my', 'aftersales_portal', login='tour_customer')
        message = order.message_ids.filtered(
            lambda message: message.author_id == customer.partner_id)
        self.assertIn("Please ring the lower bell", message.body)

    def test_whole_life_of_a_unit(self):
        new_test_user(self.env, 'tour_manager', ','.join(ALL_GROUPS))
        # no cover of the whole unit: labour and compressor are free, a capacitor is paid
        self.policy.term_ids.filtered(lambda term: term.kind == 'whole_unit').unlink()
        lots = self.env['stock.lot'].create([
            {'name': name, 'product_id': self.conditioner.id}
            for name in ('TOUR-7001', 'TOUR-7002')])
        for lot in lots:
            self.env['stock.quant']._update_available_quantity(
                self.conditioner, self.stock_location, 1, lot_id=lot)

        self.start_tour(
            '/odoo/action-sale.action_orders/new', 'aftersales_whole_life',
            login='tour_manager', timeout=240)

        order = self.env['aftersales.order'].search([('lot_id', '=', lots[1].id)])
        self.assertRecordValues(order, [{
            'partner_id': self.wu_mei.id, 'state': 'done', 'signed_by': "Wu Mei",
            'technician_id': self.technician.id}])
        self.assertTrue(order.signature)
        self.assertRecordValues(order.warranty_id, [{
            'partner_id': self.wu_mei.id, 'serial': 'TOUR-7002', 'policy_id': self.policy.id}])
        self.assertRecordValues(order.part_ids, [{'state': 'done', 'quantity': 2.0}])
        self.assertEqual(self.capacitor.qty_available, 18.0)
        self.assertRecordValues(order.sale_order_ids.invoice_ids, [{
            'state': 'posted', 'partner_id': self.wu_mei.id,
            'amount_untaxed': 2 * self.capacitor.list_price}])
