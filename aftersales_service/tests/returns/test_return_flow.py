from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged, users

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-10 12:00:00')
class TestReturnFlow(ReturnsCommon):
    """From the request to the settlement: stock, money and card follow one another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_units(['R-1', 'R-2'])

    @users('agent')
    def test_refund_of_a_faulty_unit_on_day_five(self):
        with freeze_time('2026-01-15 12:00:00'):
            record = self._create_return(self.sale, self.card)
            self.assertRecordValues(record.line_ids, [{
                'basis': 'warranty', 'article': "Art. 9", 'refund_limit': 3000.0,
                'refund_amount': 3000.0, 'last_day': fields.Date.to_date('2026-01-17'),
                'product_id': self.conditioner.id, 'lot_id': self.card.lot_id.id}])
            self.assertFalse(record.rma)
            record.action_authorise()
            self.assertRegex(record.rma, r"^RMA26\d{6}$")
            picking = record.sudo().picking_ids
            self.assertEqual(picking.return_id, self.sale.picking_ids - picking)
            self.assertEqual(picking.move_line_ids.lot_id, self.card.lot_id)

            self._receive(record)
            returns_location = self.company.aftersales_return_location_id
            self.assertEqual(record.state, 'received')
            self.assertEqual(self._get_stock(self.conditioner, returns_location), 1.0)
            self.assertEqual(self._get_stock(self.conditioner, self.stock_location), 0.0)

            self._inspect(record)
            self.assertEqual(record.line_ids.disposition_id, self.ways['restock'])
            record.action_settle()
        self.assertEqual(record.state, 'settled')
        self.assertEqual(self._get_stock(self.conditioner, returns_location), 0.0)
        self.assertEqual(self._get_stock(self.conditioner, self.stock_location), 1.0)
        self.assertEqual(self.sale.order_line.qty_delivered, 1.0)
        refund = record.sudo().refund_id
        self.assertRecordValues(refund, [{
            'move_type': 'out_refund', 'state': 'draft', 'amount_total': 3000.0,
            'reversed_entry_id': self.sale.invoice_ids.filtered(
                lambda move: move.move_type == 'out_invoice').id,
            'partner_id': self.customer.id}])
        self.assertEqual(refund.invoice_line_ids.sale_line_ids, self.sale.order_line)
        self.assertEqual(self.sale.order_line.qty_invoiced, 1.0)
        self.assertEqual(str(self.card.void_date), '2026-01-15')

    @users('agent')
    def test_two_returns_of_one_delivery_expect_their_own_units(self):
        records = self.env['aftersales.return']
        for card in self.cards:
            records |= self._create_return(self.sale, card)
        records.action_authorise()
        records |= self._create_return(self._sell(serials=['R-3']))
        records[-1].action_authorise()
        for record, serial in zip(records, ('R-1', 'R-2', 'R-3'), strict=True):
            with self.subTest(serial=serial):
                self.assertEqual(
                    record.sudo().picking_ids.move_line_ids.lot_id.name, serial)
                self._receive(record)
                self.assertRecordValues(record.line_ids, [{'quantity_received': 1.0}])
        self.assertEqual(set(records.mapped('state')), {'received'})

    @users('agent')
    def test_exchange_on_day_twelve(self):
        with freeze_time('2026-01-22 12:00:00'):
            self.assertIn("within 7 days - it is day 12", self._create_return(
                self.sale, self.cards[1]).line_ids.verdict)
            record = self._create_return(self.sale, self.card, kind='exchange')
            self.assertEqual(record.line_ids.article, "Art. 10")
            self._walk_to_inspected(record, grade='C')
            record.action_settle()
            order = record.sudo().exchange_sale_order_id
            self.assertRecordValues(order, [{'amount_total': 0.0, 'state': 'sale'}])
            self.assertFalse(record.sudo().refund_ids)
            self.assertFalse(self.card.void_date)
            # the sale stays as it was delivered and invoiced
            self.assertEqual(self.sale.order_line.qty_delivered, 2.0)

            lot = self.env['stock.lot'].sudo().create(
                {'name': 'R-9', 'product_id': self.conditioner.id})
            self.env['stock.quant'].sudo()._update_available_quantity(
                self.conditioner, self.stock_location, 1, lot_id=lot)
            order.picking_ids.action_assign()
            order.picking_ids.button_validate()
        card = self._get_cards(order)
        self.assertEqual(card.serial, 'R-9')
        # the warranty goes over to the new unit when it is handed over
        self.assertEqual(str(self.card.void_date), '2026-01-22')
        self.assertEqual(str(card.date_end), '2027-01-22')

    @users('agent')
    def test_no_more_remedy_on_day_forty(self):
        with freeze_time('2026-02-19 12:00:00'):
            record = self._create_return(self.sale, self.card)
            with self.assertRefused("Art. 9: within 7 days - it is day 40"):
                record.action_authorise()
        self.assertEqual(record.state, 'request')

    @users('agent')
    def test_unwanted_goods_come_under_the_return_policy(self):
        with freeze_time('2026-01-20 12:00:00'):
            record = self._create_return(self.sale, self.card, reason=self.unwanted)
            self.assertRecordValues(record.line_ids, [{
                'basis': 'policy', 'article': "Shop Returns", 'restocking_charge': 300.0,
                'refund_amount': 2700.0, 'policy_id': self.shop_policy.id}])
            self.assertEqual(record.freight_payer, 'customer')
            self._walk_to_inspected(record)
            record.action_settle()
            lines = record.sudo().refund_id.invoice_line_ids
            self.assertEqual(lines.mapped('price_total'), [3000.0, -300.0])
        with freeze_time('2026-01-21 12:00:00'):
            late = self._create_return(self.sale, self.cards[1], reason=self.unwanted)
            with self.assertRefused("Shop Returns: the last day was 01/20/2026"):
                late.action_authorise()

    @users('agent')
    def test_team_lead_takes_back_for_goodwill(self):
        with freeze_time('2026-02-19 12:00:00'):
            record = self._create_return(self.sale, self.card)
            with self.assertRefused("Goodwill is decided by a team lead", AccessError):
                record.goodwill_reason = "A good customer"
            record.with_user(self.lead).goodwill_reason = "A good customer"
            record.action_judge()
            record.action_authorise()
        self.assertRecordValues(record.line_ids, [{
            'basis': 'goodwill', 'article': "A good customer", 'refund_amount': 3000.0}])
        self.assertEqual(record.goodwill_user_id, self.lead)
        # the customer reads the verdict
        self.assertNotIn("A good customer", record.line_ids.verdict)

    @users('agent')
    def test_quantity_without_serial_numbers(self):
        sale = self._sell(self.capacitor, 10)
        record = self._create_return(sale, lines=[
            {'move_id': sale.picking_ids.move_ids.id, 'quantity': 4}], reason=self.unwanted)
        self.assertEqual(record.line_ids.refund_amount, 180.0)
        record.action_authorise()
        move = record.sudo().picking_ids.move_ids
        move.quantity = 3  # one is missing in the parcel
        move.picked = True
        move.picking_id.with_context(cancel_backorder=True)._action_done()
        self.assertEqual(record.state, 'received')
        self.assertRecordValues(record.line_ids, [
            {'quantity_received': 3.0, 'refund_amount': 135.0}])
        self._inspect(record)
        record.action_settle()
        self.assertEqual(record.sudo().refund_id.amount_total, 135.0)
        self.assertEqual(sale.order_line.qty_delivered, 7.0)

    @users('agent')
    def test_goods_that_are_not_accepted_go_back_to_their_owner(self):
        record = self._create_return(self.sale, self.card)
        record.action_authorise()
        self._receive(record)
        self._inspect(record, 'D', is_accepted=False)
        self.assertRecordValues(record.line_ids, [{
            'disposition_id': self.ways['customer'].id, 'refund_amount': 0.0}])
        record.action_settle()
        self.assertFalse(record.sudo().refund_ids)
        back = record.sudo().picking_ids.filtered(
            lambda picking: picking.picking_type_code == 'outgoing')
        self.assertEqual(back.move_line_ids.lot_id, self.card.lot_id)
        back.button_validate()
        self.assertEqual(len(self._get_cards(self.sale)), 2)  # no card for an old unit
        self.assertFalse(self.card.void_date)
        self.assertEqual(self.sale.order_line.qty_delivered, 2.0)
        again = self._create_return(self.sale, self.card)  # it may break once more
        again.action_authorise()
        self.assertEqual(again.state, 'authorised')

    @users('agent')
    def test_unit_whose_sale_is_not_known(self):
        card = self._create_card(serial='OLD-1', invoice_date='2026-01-08', price=2000)
        record = self._create_return(cards=card)
        record.action_authorise()
        self.assertEqual(record.sudo().picking_ids.picking_type_code, 'incoming')
        record.sudo().picking_ids.move_line_ids.lot_name = 'OLD-1'
        self._receive(record)
        self._inspect(record, 'A')
        record.action_settle()
        self.assertRecordValues(record.sudo().refund_id, [{
            'amount_total': 2000.0, 'reversed_entry_id': False}])

    @users('agent')
    def test_sale_that_was_not_invoiced_is_credited_nothing(self):
        self.conditioner.invoice_policy = 'delivery'
        sale = self._sell(serials=['R-7'], invoice=False)
        record = self._create_return(sale)
        self._walk_to_inspected(record)
        record.action_settle()
        self.assertFalse(record.sudo().refund_ids)
        self.assertTrue(record.has_uninvoiced)
        self.assertEqual(sale.order_line.qty_to_invoice, 0.0)

    @users('agent')
    def test_warranty_return_of_the_shop_to_the_maker(self):
        maker = self.env['res.partner'].create({'name': "Cool Works"})
        lot = self.env['stock.lot'].sudo().create(
            {'name': 'V-1', 'product_id': self.conditioner.id})
        location = self.ways['vendor'].sudo()._get_location(self.company)
        self.env['stock.quant'].sudo()._update_available_quantity(
            self.conditioner, location, 1, lot_id=lot)
        record = self._create_return(kind='vendor', partner_id=maker.id, lines=[{
            'product_id': self.conditioner.id, 'lot_id': lot.id, 'price_unit': 1800}])
        self._walk_to_inspected(record)
        record.line_ids.refund_amount = 1700
        record.action_settle()
        self.assertRecordValues(record.sudo().refund_id, [{
            'move_type': 'in_refund', 'partner_id': maker.id, 'amount_total': 1700.0}])
        self.assertEqual(self._get_stock(self.conditioner, location), 0.0)

    @users('agent')
    def test_recall_takes_back_whatever_the_age(self):
        with freeze_time('2029-06-01 12:00:00'):
            with self.assertRefused("no running recall names this unit"):
                self._create_return(self.sale, self.card, kind='recall').action_authorise()
            self.env['aftersales.return'].search(
                [('line_ids.warranty_id', '=', self.card.id)]).sudo().unlink()
            campaign = self.env['aftersales.campaign'].sudo().create({
                'title': "Capacitor may overheat", 'kind': 'recall', 'severity': '3',
                'reason': "It may overheat.", 'risk': "Fire", 'advice': "Switch it off",
                'instruction': "Take it back", 'type_id': self.type_on_site.id,
                'serial_from': self.card.serial, 'serial_to': self.card.serial})
            campaign.action_start()
            campaign.action_add_units()
            record = self._create_return(self.sale, self.card, kind='recall')
            self.assertRecordValues(record.line_ids, [
                {'basis': 'recall', 'settlement': 'exchange'}])
            record.action_authorise()
        self.assertEqual(record.freight_payer, 'company')
