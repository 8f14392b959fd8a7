from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestOrderIntake(AftersalesCommon):

    @users('agent')
    def test_serial_number_fills_the_order(self):
        card = self._create_card()
        form = Form(self.env['aftersales.order'])
        form.serial = 'AC-0001'
        order = form.save()
        self.assertRecordValues(order, [{
            'warranty_id': card.id, 'product_id': self.conditioner.id,
            'partner_id': self.customer.id, 'phone': '+1 650 555 0100'}])

    def test_national_number_finds_a_customer_abroad(self):
        self.env.company.country_id = self.env.ref('base.us')
        zhao = self.env['res.partner'].create({
            'name': "Zhao Min", 'phone': '+86 136 0000 0027',
            'country_id': self.env.ref('base.cn').id})
        orders = self.env['aftersales.order'].with_user(self.agent)
        for phone in '136 0000 0027', '13600000027', '136-0000-0027', '+8613600000027':
            with self.subTest(phone=phone):
                form = Form(orders)
                form.phone = phone
                self.assertEqual(form.partner_id, zhao)
        form = Form(orders)
        form.phone = '136 0000 0028'
        self.assertFalse(form.partner_id)

    @users('agent')
    def test_card_fills_the_serial_number(self):
        card = self._create_card()
        form = Form(self.env['aftersales.order'])
        form.warranty_id = card
        self.assertEqual(form.serial, 'AC-0001')

    @users('agent')
    def test_serial_number_is_found_as_scanned_and_in_small_letters(self):
        card = self._create_card()
        for typed in ('AC-0001\n', ' AC-0001 ', 'ac-0001'):
            with self.subTest(typed=typed):
                self.assertEqual(self._create_order(serial=typed).warranty_id, card)
        self.assertFalse(self._create_order(serial='AC-0002').warranty_id)

    @users('agent')
    def test_unknown_serial_number_is_kept(self):
        order = self._create_order(serial='UNKNOWN-1')
        self.assertRecordValues(order, [{
            'serial': 'UNKNOWN-1', 'warranty_id': False, 'cover_state': 'none'}])

    @users('agent')
    def test_serial_number_in_stock_links_its_lot(self):
        lot = self.env['stock.lot'].sudo().create(
            {'name': 'AC-77', 'product_id': self.conditioner.id})
        order = self._create_order(serial='AC-77', product_id=self.conditioner.id)
        self.assertEqual(order.lot_id, lot)

    @users('agent')
    def test_card_of_another_product_is_refused(self):
        card = self._create_card()
        with self.assertRaisesRegex(ValidationError, card.name):
            self._create_order(warranty_id=card.id, product_id=self.capacitor.id)

    @freeze_time('2027-01-11 12:00:00')
    @users('agent')
    def test_warranty_is_judged_on_the_day_of_the_call(self):
        card = self._create_card()
        orders = self._create_order(
            warranty_id=card.id, date_event='2027-01-10 12:00:00') | self._create_order(
            warranty_id=card.id, date_event='2027-01-11 12:00:00')
        self.assertRecordValues(orders, [
            {'cover_state': 'covered', 'charge_kind': 'free'},
            {'cover_state': 'expired', 'charge_kind': 'paid'}])

    @users('agent')
    def test_finished_orders_keep_their_verdict(self):
        card = self._create_card().with_user(self.env.user)
        open_order = self._create_order(
            warranty_id=card.id, date_event='2026-06-01 12:00:00')
        done = self._create_order(warranty_id=card.id, date_event='2026-06-01 12:00:00')
        self._move_to(done, 'done')
        card.delivery_date = '2024-01-10'
        self.assertRecordValues(open_order | done, [
            {'cover_state': 'expired', 'charge_kind': 'paid'},
            {'cover_state': 'covered', 'charge_kind': 'free'}])

    @users('agent')
    def test_decision_against_the_card_is_kept(self):
        order = self._create_order(
            warranty_id=self._create_card().id, date_event='2026-06-01 12:00:00')
        labour = self.env['aftersales.labour'].create(
            {'order_id': order.id, 'product_id': self.hour.id})
        self.assertTrue(labour.is_covered)
        order.charge_kind = 'paid'
        self.assertRecordValues(labour, [{'is_covered': False, 'cover_reason': "Paid"}])

    @users('agent')
    def test_serial_number_taken_away_takes_the_card(self):
        self._create_card()
        form = Form(self.env['aftersales.order'])
        form.serial = 'AC-0001'
        form.serial = False
        self.assertFalse(form.warranty_id)

    @users('agent')
    def test_numbers_follow_one_another(self):
        orders = self.env['aftersales.order'].create([{}, {}, {}])
        numbers = [int(order.name.rsplit('/', 1)[1]) for order in orders]
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + 3)))
        self.assertRegex(orders[0].name, r'^SV/\d{4}/\d{2}/\d{5}$')

    @users('agent')
    def test_missing_sequence_does_not_block(self):
        self.env['ir.sequence'].sudo().search([('code', '=', 'aftersales.order')]).unlink()
        self.assertFalse(self._create_order().name)

    @users('manager')
    def test_order_with_documents_is_not_deleted(self):
        order = self._create_order(product_id=self.conditioner.id)
        order._get_or_create_repairs()
        with self.assertRaisesRegex(UserError, "archive them"):
            order.unlink()
        empty = self._create_order()
        empty.unlink()
        self.assertFalse(empty.exists())

    def test_a_whole_number_finds_its_order_and_a_part_all_that_have_it(self):
        first, second = self._create_order(), self._create_order()
        first.name, second.name = 'SV/7', 'SV/70'
        self.assertEqual(self.env['aftersales.order'].name_search('SV/7'), [(first.id, 'SV/7')])
        self.assertEqual(
            {found for found, __ in self.env['aftersales.order'].name_search('V/7')},
            {first.id, second.id})
