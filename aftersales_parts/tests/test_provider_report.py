from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PartsCommon


@tagged('post_install', '-at_install')
class TestProviderReport(PartsCommon):
    """A carrier with two damages and a bill, who also sells boxes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.carrier, cls.vendor = cls.env['res.partner'].create(
            [{'name': "Fast Freight"}, {'name': "Not a Carrier"}])
        cls.driver = cls.env['res.partner'].create(
            {'name': "Driver", 'parent_id': cls.carrier.id})

    def _damage(self, state='reported', **values):
        damage = self.env['aftersales.delivery.damage'].create({
            'order_id': self._create_order().id, 'description': "Dented",
            'date_found': '2026-06-10 08:00:00', 'carrier_id': self.carrier.id, **values})
        damage.sudo().state = state
        return damage

    def _bill(self, partner, amount, move_type='in_invoice', is_posted=True):
        move = self.env['account.move'].create({
            'move_type': move_type, 'partner_id': partner.id, 'invoice_date': '2026-06-20',
            'invoice_line_ids': [(0, 0, {'name': "Freight", 'price_unit': amount,
                                         'tax_ids': False})]})
        if is_posted:
            move.action_post()

    def _receive(self, partner, planned, quantity):
        order = self.env['purchase.order'].create({
            'partner_id': partner.id, 'order_line': [(0, 0, {
                'product_id': self.board.id, 'product_qty': quantity,
                'date_planned': planned})]})
        order.button_confirm()
        order.order_line.date_planned = planned
        move = order.picking_ids.move_ids
        move.write({'quantity': quantity, 'picked': True})
        order.picking_ids.button_validate()

    def _read(self, *aggregates, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env['aftersales.provider.report'].with_user(user or self.planner)._read_group(
            [('partner_id', 'in', (self.carrier | self.vendor).ids)], ['partner_id'], aggregates)

    def test_damages_claims_and_bills_of_a_carrier(self):
        self._damage(allowance=80.0)
        self._damage(carrier_id=self.driver.id, claim_state='refused', claim_number='C-1')
        self._damage(state='draft')
        self._bill(self.carrier, 500)
        self._bill(self.driver, 100, 'in_refund')
        self._bill(self.carrier, 900, is_posted=False)
        self._bill(self.vendor, 700)
        self.assertEqual(
            self._read('damage_count:sum', 'refused_count:sum', 'allowance:sum', 'cost:sum',
                       'on_time_rate:avg'),
            [(self.carrier, 2, 1, 80, 400, False)])

    def test_on_time_rate_is_core_s(self):
        self._damage()
        self._receive(self.carrier, '2999-01-01', 3)
        self._receive(self.carrier, '2020-01-01', 1)
        self.assertEqual(self._read('on_time_rate:avg'), [(self.carrier, 0.75)])
        self.assertEqual(self.carrier.on_time_rate, 75)

    def test_other_companies_are_not_seen(self):
        other = self.env['res.company'].create({'name': "Other Company"})
        order = self.env['aftersales.order'].with_company(other).create({
            'partner_id': self.customer.id, 'description': "Dented", 'company_id': other.id})
        self._damage(order_id=order.id)
        self.assertEqual(self._read('damage_count:sum'), [])

    def test_only_planners_read_it(self):
        for user in self.storekeeper, self.agent:
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._read('cost:sum', user=user)
