from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .common import DeliveryCommon


@tagged('post_install', '-at_install')
class TestFloorFee(DeliveryCommon):
    """Stairs without a lift are a line of the quotation: so many floors at a price."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['aftersales.floor.fee'].search([]).active = False
        cls.carrying = cls.env['product.product'].create({
            'name': "Carrying Upstairs", 'type': 'service', 'list_price': 12.0})
        cls.fee = cls.env['aftersales.floor.fee'].create({
            'service_id': cls.carrying.id, 'min_weight': 20.0, 'free_floor': 1})

    def _mine(self, **values):
        return self._create_delivery(floor=5, **values).with_user(self.env.user)

    @users('agent')
    def test_fee_counts_the_floors_and_gets_on_the_quotation(self):
        """Fifth floor, the first is free: four floors at 12."""
        order = self._mine()
        order.action_add_floor_fee()
        self.assertRecordValues(order.labour_ids, [{
            'product_id': self.carrying.id, 'quantity': 4.0, 'is_covered': False}])
        order.action_create_quotation()
        line = order.sudo().sale_order_ids.order_line
        self.assertEqual(line.price_subtotal, 48.0)

    @users('agent')
    def test_warranty_does_not_carry_upstairs_but_goodwill_does(self):
        card = self._create_card(product_id=self.fridge.id, delivery_date='2026-06-01')
        self.fridge.warranty_policy_id = self.policy
        order = self._mine(warranty_id=card.id, date_event='2026-06-02 08:00:00')
        order.action_add_floor_fee()
        self.assertFalse(order.labour_ids.is_covered)
        self.assertIn("floor 5", order.labour_ids.cover_reason)
        order.with_user(self.manager).write({
            'charge_kind': 'goodwill', 'goodwill_reason': "Waited for three weeks"})
        self.assertTrue(order.labour_ids.is_covered)

    @users('agent')
    def test_fee_is_renewed_not_doubled(self):
        order = self._mine()
        order.action_add_floor_fee()
        order.floor = 3
        order.action_add_floor_fee()
        self.assertEqual(order.labour_ids.mapped('quantity'), [2.0])

    @users('agent')
    def test_quoted_fee_stays(self):
        order = self._mine()
        order.action_add_floor_fee()
        order.action_create_quotation()
        with self.assertRaisesRegex(UserError, "quoted already"):
            order.action_add_floor_fee()

    @users('agent')
    def test_lift_ground_and_light_goods_cost_nothing(self):
        for values, sentence in (
                ({'has_lift': True}, "No floor fee is due"),
                ({'floor': 1}, "No floor fee is due"),
                ({'product_id': self.kettle.id}, "No floor fee is set up")):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, sentence):
                order = self._create_delivery(**{'floor': 5, **values})
                order.with_user(self.env.user).action_add_floor_fee()

    @users('agent')
    def test_first_fitting_rule_counts(self):
        category = self.env['product.category'].sudo().create({'name': "White Goods"})
        self.fridge.categ_id = category
        self.fee.copy({'category_id': category.id, 'free_floor': 3, 'sequence': 1})
        order = self._mine()
        order.action_add_floor_fee()
        self.assertEqual(order.labour_ids.quantity, 2.0)

    def test_fees_are_written_by_administrators_only(self):
        with self.assertRaises(AccessError):
            self.fee.with_user(self.dispatcher).free_floor = 0
        self.fee.with_user(self.manager).free_floor = 0
