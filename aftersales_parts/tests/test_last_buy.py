from freezegun import freeze_time

from odoo.tests import tagged, users

from .common import PartsCommon


@tagged('post_install', '-at_install')
class TestLastBuy(PartsCommon):
    """A board that its supplier stops making: it is kept for three more years."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.aftersales_demand_month = '2026-04-01'
        cls.board.write({'part_phase': 'last_buy', 'keep_until': '2029-05-01'})
        cls.board.product_tmpl_id.criticality = 'desirable'  # 90 %: a last buy keeps 95

    @users('planner')
    @freeze_time('2026-05-01 12:00:00')
    def test_without_cards_the_demand_of_a_year_goes_on(self):
        self.env['aftersales.part.demand'].create([
            {'month': f'2026-{month:02}-01', 'asked_product_id': self.board.id,
             'asked_quantity': 5} for month in (1, 2, 3, 4)])
        self._stock(self.board, 8)
        self.assertAlmostEqual(self.board.last_buy_need, 60, delta=0.1)
        self.assertEqual(self.board.last_buy_stock, 8)
        self.assertEqual(self.board.last_buy_qty, 73 - 8)

    @freeze_time('2026-05-01 12:00:00')
    def test_only_pieces_that_can_be_used_are_counted(self):
        """8 in stock, 3 of them reserved; 40 rejected ones lie in quarantine, 7 are on the way."""
        warehouse = self.env['stock.warehouse'].search(
            [('company_id', '=', self.env.company.id)], limit=1)
        quarantine = warehouse._get_quarantine()
        self._stock(self.board, 8)
        self._stock(self.board, 40, quarantine)
        supplier = self.env.ref('stock.stock_location_suppliers')
        for source, place, quantity in (
                (self.stock_location, self.env.ref('stock.stock_location_customers'), 3),
                (supplier, self.stock_location, 7), (supplier, quarantine, 11)):
            move = self.env['stock.move'].create({
                'product_id': self.board.id, 'product_uom_qty': quantity,
                'location_id': source.id, 'location_dest_id': place.id})
            move._action_confirm()
            move._action_assign()
        self.board.invalidate_recordset()
        self.assertEqual(self.board.with_user(self.planner).last_buy_stock, 8 - 3 + 7)

    @freeze_time('2026-05-01 12:00:00')
    def test_scrapped_and_repaired_pieces_follow_the_demand(self):
        """Of 20 pieces a year, 2 are scrapped and 5 come back repaired; 60 are needed."""
        self.env['aftersales.part.demand'].create([
            {'month': f'2026-{month:02}-01', 'asked_product_id': self.board.id,
             'asked_quantity': 5} for month in (1, 2, 3, 4)])
        self._stock(self.board, 10)
        scrap = self.env['stock.scrap'].create({
            'product_id': self.board.id, 'scrap_qty': 2, 'location_id': self.stock_location.id})
        scrap.do_scrap()
        order = self._create_order(warranty_id=self._create_card(serial='LB-1').id)
        self.env['aftersales.old.part'].create({
            'company_id': self.env.company.id, 'order_id': order.id, 'quantity': 5,
            'product_id': self.board.id, 'date_swapped': '2026-02-01', 'state': 'disposed',
            'disposal_state': 'done', 'outcome': 'restocked',
            'date_disposed': '2026-03-01 08:00:00'})
        self.board.invalidate_recordset()
        self.assertEqual(self.board.last_buy_stock, 8)
        # 95 % of a Poisson demand of 60.03 is 73; 6 are lost, 15 come back, 8 are there
        self.assertEqual(self.board.with_user(self.planner).last_buy_qty, 73 + 6 - 8 - 15)

    @freeze_time('2026-05-01 12:00:00')
    def test_pool_of_a_repairable_part_serves_its_demand(self):
        """36.525 pieces a year, a tenth of a piece a day, are bought within 60 days."""
        self.env['aftersales.part.demand'].create(
            {'month': '2026-04-01', 'asked_product_id': self.board.id, 'asked_quantity': 36.525})
        self.board.seller_ids = [(0, 0, {
            'partner_id': self.env['res.partner'].create({'name': "Boards Ltd"}).id,
            'delay': 60, 'price': 10})]
        policy = self.env['aftersales.part.policy']._get_policy(self.env.company)
        policy.write({'repair_turnaround_days': 20, 'repair_transport_days': 10,
                      'repair_scrap_percent': 20})
        board = self.board.with_user(self.planner)
        self.assertEqual(board.rotable_pool, 0)  # it is not repaired
        self.board.is_repairable = True
        # 0.1 x 30 x 0.8 + 0.1 x 60 x 0.2 = 3.6 pieces are away; 90 % asks for 6
        self.assertRecordValues(board, [
            {'rotable_pool': 6, 'rotable_days': 20, 'rotable_scrap_percent': 20}])

        order = self._create_order(warranty_id=self._create_card(serial='LB-2').id)
        self.env['aftersales.old.part'].create([{
            'company_id': self.env.company.id, 'order_id': order.id, 'product_id': self.board.id,
            'date_swapped': '2026-01-05', 'state': 'disposed', 'disposal_state': 'done',
            'outcome': outcome, 'date_approved': '2026-02-01 08:00:00',
            'date_disposed': f'2026-03-{day} 08:00:00'}
            for outcome, day in (('restocked', 13), ('failed', 23))])
        board.invalidate_recordset()
        # 40 and 50 days were measured, half of them failed: 0.1 x 55 x 0.5 + 0.1 x 60 x 0.5 = 5.75
        self.assertRecordValues(board, [
            {'rotable_pool': 9, 'rotable_days': 45, 'rotable_scrap_percent': 50}])

    @freeze_time('2026-05-01 12:00:00')
    def test_units_in_use_fail_by_their_age(self):
        self.env['aftersales.part.fit'].create({
            'machine_id': self.conditioner.product_tmpl_id.id, 'product_id': self.board.id})
        cards = [self._create_card(serial=f'LB-{number}', delivery_date='2024-03-01')
                 for number in range(20)]
        self._stock(self.board, 5)
        order = self._create_order(warranty_id=cards[0].id)
        self.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': self.board.id, 'product_uom_qty': 2})
        order.sudo()._finish_repairs()
        board = self.board.with_user(self.planner)
        self.assertEqual(board.last_buy_units, 20)
        # 2 of 20 units in a year: 0.1 x 20 x 3 years
        self.assertAlmostEqual(board.last_buy_need, 6, delta=0.05)
        self.assertEqual(board.last_buy_stock, 3)
        self.assertEqual(board.last_buy_qty, 10 - 3)
