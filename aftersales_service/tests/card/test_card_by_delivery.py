from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestCardByDelivery(AftersalesCommon):
    """A done move to a customer makes cards: for units with a policy, and only then."""

    def _deliver(self, product, quantity, uom=None, lots=()):
        """Sell and deliver; return the sale order."""
        if not lots:
            self.env['stock.quant']._update_available_quantity(
                product, self.stock_location, quantity * (uom.factor if uom else 1))
        for lot in lots:
            self.env['stock.quant']._update_available_quantity(
                product, self.stock_location, 1, lot_id=lot)
        sale = self.env['sale.order'].create({
            'partner_id': self.customer.id,
            'order_line': [Command.create({
                'product_id': product.id, 'product_uom_qty': quantity,
                'product_uom_id': (uom or product.uom_id).id})]})
        sale.action_confirm()
        sale.picking_ids.button_validate()
        self.assertEqual(sale.picking_ids.state, 'done')
        return sale

    def _get_cards(self, sale):
        return self.env['aftersales.warranty'].search(
            [('sale_line_id', 'in', sale.order_line.ids)])

    def _create_fan(self, **values):
        return self.env['product.product'].create({
            'name': "Fan", 'is_storable': True, 'warranty_policy_id': self.policy.id, **values})

    @freeze_time('2026-01-10 12:00:00')
    def test_each_serial_number_gets_its_card(self):
        lots = self.env['stock.lot'].create([
            {'name': name, 'product_id': self.conditioner.id} for name in ('S-1', 'S-2')])
        sale = self._deliver(self.conditioner, 2, lots=lots)
        cards = self._get_cards(sale)
        self.assertEqual(set(cards.mapped('serial')), {'S-1', 'S-2'})
        self.assertEqual(cards.partner_id, self.customer)
        self.assertEqual(str(cards[0].date_end), '2027-01-10')
        self.assertEqual(sale.with_user(self.manager).sudo().warranty_count, 2)

    def test_units_without_serial_number_get_cards_too(self):
        cards = self._get_cards(self._deliver(self._create_fan(), 3))
        self.assertEqual(len(cards), 3)
        self.assertFalse(any(cards.mapped('serial')))

    def test_a_dozen_makes_twelve_cards(self):
        dozen = self.env.ref('uom.product_uom_dozen')
        self.assertEqual(len(self._get_cards(self._deliver(self._create_fan(), 1, dozen))), 12)

    def test_screws_do_not_flood_the_register(self):
        self.env.company.aftersales_card_cap = 5
        self.assertEqual(len(self._get_cards(self._deliver(self._create_fan(), 400))), 5)

    def test_product_without_policy_gets_no_card(self):
        self.assertFalse(self._get_cards(self._deliver(self._create_fan(
            warranty_policy_id=False), 1)))

    def test_policy_comes_from_the_nearest_category(self):
        far = self.env['product.category'].create(
            {'name': "Appliances", 'warranty_policy_id': self.policy.id})
        near = self.env['product.category'].create({'name': "Fans", 'parent_id': far.id})
        fan = self._create_fan(warranty_policy_id=False, categ_id=near.id)
        self.assertEqual(self._get_cards(self._deliver(fan, 1)).policy_id, self.policy)

    def test_policy_of_another_company_makes_no_card(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        policy = self.policy.copy({'company_id': company.id})
        fan = self._create_fan(warranty_policy_id=policy.id)
        self.assertFalse(self._get_cards(self._deliver(fan, 1)))

    def test_goods_coming_back_make_no_card(self):
        sale = self._deliver(self._create_fan(), 1)
        form = Form(self.env['stock.return.picking'].with_context(
            active_id=sale.picking_ids.id, active_model='stock.picking'))
        wizard = form.save()
        wizard.product_return_moves.quantity = 1.0
        result = wizard.action_create_returns()
        self.env['stock.picking'].browse(result['res_id']).button_validate()
        self.assertEqual(len(self._get_cards(sale)), 1)

    def test_stock_user_delivers_without_after_sales_rights(self):
        self.employee.group_ids = [Command.link(self.env.ref('stock.group_stock_user').id)]
        fan = self._create_fan()
        self.env['stock.quant']._update_available_quantity(fan, self.stock_location, 1)
        sale = self.env['sale.order'].create({
            'partner_id': self.customer.id,
            'order_line': [Command.create({'product_id': fan.id, 'product_uom_qty': 1})]})
        sale.action_confirm()
        sale.picking_ids.with_user(self.employee).button_validate()
        self.assertEqual(len(self._get_cards(sale)), 1)

    def test_goods_without_policy_ask_the_cards_nothing(self):
        fan = self._create_fan(warranty_policy_id=False)
        self._deliver(fan, 1)
        moves = self.env['stock.move'].search([('product_id', '=', fan.id)])
        moves._create_warranties()  # fills the cache as core's delivery does
        with self.assertQueryCount(0):
            self.assertFalse(moves._create_warranties())

    def test_hundred_cards_cost_few_queries(self):
        fan = self._create_fan()
        self._deliver(fan, 1)
        move = self.env['stock.move'].search([('product_id', '=', fan.id)])
        vals_list = [
            dict(vals) for vals in move._prepare_warranty_vals_list(self.policy) * 101]
        cards = self.env['aftersales.warranty'].with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True)
        cards.create(vals_list.pop())  # fills what a running server has cached
        self.env.flush_all()
        # the insert of 100 cards and of their covers, what is read for them once, their numbers
        with self.assertQueryCount(9):
            cards.create(vals_list)
            self.env.flush_all()

    def test_who_packs_the_goods_follows_no_cards(self):
        cards = self._get_cards(self._deliver(self._create_fan(), 2))
        self.assertFalse(cards.message_follower_ids)

    def test_changed_term_is_promised_from_now_on(self):
        old = self._get_cards(self._deliver(self._create_fan(), 1))
        term = self.policy.term_ids.filtered(lambda term: term.kind == 'labour')
        term.write({'months': 6, 'name': "Half a year of labour"})
        new = self._get_cards(self._deliver(self._create_fan(), 1))
        old, new = (cards.cover_ids.filtered(lambda cover: cover.term_id == term)
                    for cards in (old, new))
        self.assertEqual((old.months, old.name), (12, "Labour"))
        self.assertEqual((new.months, new.name), (6, "Half a year of labour"))
        self.policy.start_event = 'invoice'
        later = self._get_cards(self._deliver(self._create_fan(), 1))
        self.assertEqual(set(later.cover_ids.mapped('start_event')), {'invoice'})

    def test_team_that_sells_at_a_distance_marks_its_units(self):
        team = self.env['crm.team'].create({'name': "Phone Sales"})
        for is_distant in (False, True, False):
            team.is_distance_sale = is_distant
            sale = self.env['sale.order'].new({'team_id': team.id})
            self.assertEqual(sale._is_distance_sale(), is_distant)
        online = self.env['crm.team'].create({'name': "Online", 'is_distance_sale': True})
        self.assertTrue(self.env['sale.order'].new({'team_id': online.id})._is_distance_sale())
