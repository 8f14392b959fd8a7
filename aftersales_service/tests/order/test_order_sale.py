from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
@freeze_time('2028-06-01 12:00:00')
class TestOrderSale(AftersalesCommon):

    def _create_order_with_lines(self, date_event, charge_kind=None):
        """An order of the technician with one capacitor and one hour of labour."""
        values = {'charge_kind': charge_kind} if charge_kind else {}
        order = self._create_order(
            warranty_id=self._create_card().id, date_event=date_event,
            technician_id=self.technician.id, **values)
        self.part = self.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': self.capacitor.id,
            'product_uom_qty': 1.0})
        self.labour = self.env['aftersales.labour'].create({
            'order_id': order.id, 'product_id': self.hour.id, 'quantity': 2.0})
        return order

    @users('technician')
    def test_quotation_holds_parts_and_labour(self):
        order = self._create_order_with_lines('2028-06-01 12:00:00')
        order.action_create_quotation()
        sale = order.sale_order_ids
        self.assertEqual(sale.partner_id, self.customer)
        self.assertEqual(
            {line.product_id: (line.product_uom_qty, line.price_unit)
             for line in sale.order_line},
            {self.capacitor: (1.0, 50.0), self.hour: (2.0, 80.0)})

    def test_quotation_names_labour_in_the_customers_language(self):
        self.env['res.lang']._activate_lang('fr_FR')
        self.hour.with_context(lang='fr_FR').name = "Heure de main-d'œuvre"
        self.customer.lang = 'fr_FR'
        order = self._create_order_with_lines('2028-06-01 12:00:00')
        order.labour_ids = [(0, 0, {'product_id': self.hour.id, 'name': "Two floors up"})]
        order.action_create_quotation()
        names = [labour.sale_line_id.name for labour in order.labour_ids]
        self.assertIn("Heure de main-d'œuvre", names[0])
        self.assertEqual(names[1], "Two floors up")
        lines = order.with_context(lang='fr_FR')._get_sheet_lines()
        self.assertIn("Heure de main-d'œuvre", [line['name'] for line in lines])

    @users('technician')
    def test_button_is_there_while_something_waits_for_a_quotation(self):
        order = self._create_order(technician_id=self.technician.id)
        self.assertFalse(order.is_quotable)
        order = self._create_order_with_lines('2028-06-01 12:00:00')
        self.assertTrue(order.is_quotable)
        order.action_create_quotation()
        self.assertFalse(order.is_quotable)
        self.env['aftersales.labour'].create({'order_id': order.id, 'product_id': self.hour.id})
        self.assertTrue(order.is_quotable)

    @users('agent')
    def test_desk_quotes_but_opens_no_quotation(self):
        order = self._create_order()
        self.env['aftersales.labour'].create({'order_id': order.id, 'product_id': self.hour.id})
        action = order.action_create_quotation()
        self.assertEqual(action['tag'], 'display_notification')
        self.assertEqual(action['params']['message'], order.sudo().sale_order_ids.name)

    def _open(self, action):
        """Read what the client would, by the form that an action names; return the form."""
        self.env.flush_all()
        self.env.invalidate_all()
        [(view_id, __)] = action['views']
        return Form(self.env[action['res_model']].browse(action['res_id']), view=view_id or None)

    @users('technician')
    def test_technician_opens_what_he_quoted(self):
        order = self._create_order_with_lines('2028-06-01 12:00:00')
        for action in order.action_create_quotation(), order.action_view_sale_orders():
            form = self._open(action)
            self.assertEqual(form.name, order.sale_order_ids.name)
            self.assertEqual(
                [form.order_line.edit(index).price_unit for index in range(2)], [80.0, 50.0])

    @users('technician')
    def test_technician_makes_no_sales_beside_own_orders(self):
        with self.assertRaises(AccessError):
            self.env['sale.order'].create({'partner_id': self.customer.id})

    def test_salesperson_opens_cores_form(self):
        self.technician.group_ids += self.env.ref('sales_team.group_sale_salesman')
        order = self._create_order_with_lines('2028-06-01 12:00:00').with_user(self.technician)
        self.assertEqual(order.action_create_quotation()['views'], [(False, 'form')])

    @users('agent')
    def test_quotation_takes_nothing_from_its_callers_context(self):
        order = self._create_order()
        self.env['aftersales.labour'].create({'order_id': order.id, 'product_id': self.hour.id})
        order.with_context(
            default_state='sale', default_client_order_ref="Mine").action_create_quotation()
        self.assertRecordValues(order.sudo().sale_order_ids, [{
            'state': 'draft', 'client_order_ref': False}])

    @users('technician')
    def test_covered_lines_cost_nothing_whatever_their_quantity(self):
        order = self._create_order_with_lines('2026-06-01 12:00:00')
        order.action_create_quotation()
        self.part.product_uom_qty = 5.0
        line = self.part.sale_line_id
        self.assertRecordValues(line, [{'product_uom_qty': 5.0, 'price_unit': 0.0}])
        self.assertEqual(order.sale_order_ids.amount_total, 0.0)

    @users('technician')
    def test_cover_withdrawn_prices_the_line_again(self):
        order = self._create_order_with_lines('2026-06-01 12:00:00')
        order.action_create_quotation()
        self.part.write({
            'is_aftersales_covered': False, 'aftersales_cover_reason': "Liquid inside"})
        self.assertEqual(self.part.sale_line_id.price_unit, 50.0)

    @users('technician')
    def test_paid_work_waits_for_the_customers_yes(self):
        order = self._create_order_with_lines('2028-06-01 12:00:00')
        order.action_create_quotation()
        self._move_to(order, 'on_site')
        with self.assertRaisesRegex(UserError, "quotation must be accepted"):
            order.action_done()
        order.sale_order_ids.sudo().action_confirm()
        order.action_done()
        self.assertEqual(order.state, 'done')

    @users('technician')
    def test_covered_work_does_not_wait(self):
        order = self._create_order_with_lines('2026-06-01 12:00:00')
        self._move_to(order, 'done')
        self.assertFalse(order.sale_order_ids)

    @users('technician')
    def test_nothing_is_quoted_twice(self):
        order = self._create_order_with_lines('2028-06-01 12:00:00')
        order.action_create_quotation()
        with self.assertRaisesRegex(UserError, "not quoted yet"):
            order.action_create_quotation()

    @users('technician')
    def test_quotation_needs_a_customer(self):
        order = self._create_order_with_lines('2028-06-01 12:00:00')
        order.partner_id = False
        with self.assertRaisesRegex(UserError, "needs a customer"):
            order.action_create_quotation()

    @users('technician')
    def test_orders_of_two_customers_are_quoted_apart(self):
        first = self._create_order_with_lines('2028-06-01 12:00:00')
        other = self.env['res.partner'].create({'name': "Wang"})
        second = self._create_order_with_lines('2028-06-01 12:00:00')
        second.partner_id = other
        (first | second).action_create_quotation()
        self.assertEqual(
            [first.sale_order_ids.partner_id, second.sale_order_ids.partner_id],
            [self.customer, other])
        self.assertEqual(first.sale_order_count, 1)

    @users('technician')
    def test_invoice_bills_what_was_used(self):
        order = self._create_order_with_lines('2028-06-01 12:00:00')
        order.action_create_quotation()
        sale = order.sale_order_ids.sudo()
        sale.action_confirm()
        self._move_to(order, 'done')
        sale.order_line.filtered(
            lambda line: line.product_id == self.hour).qty_delivered = 2.0
        invoice = sale._create_invoices()
        self.assertEqual(invoice.amount_untaxed, 50.0 + 2 * 80.0)

    @users('other_agent')
    def test_stranger_quotes_nothing(self):
        order = self.env['aftersales.order'].with_user(self.agent).create(
            {'partner_id': self.customer.id})
        with self.assertRaisesRegex(Exception, "access|not allowed"):
            order.with_user(self.env.user).action_create_quotation()
