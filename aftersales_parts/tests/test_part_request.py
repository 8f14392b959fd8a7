from datetime import date

from freezegun import freeze_time
from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .request_common import RequestCommon


@tagged('post_install', '-at_install')
class TestPartRequest(RequestCommon):
    """From the order to the van and back: who does which step, and what core books."""

    # === THE WAY OF A PART === #

    @freeze_time('2026-06-02 09:00:00')
    def test_part_goes_from_the_centre_over_the_van_into_the_unit(self):
        request = self._request(quantity=2.0)
        self.assertTrue(request.name)
        line = request.line_ids
        self.assertRecordValues(line, [{
            'free_van': 0.0, 'free_centre': 2.0, 'is_ordered': False,
            'location_id': self.stock_location.id}])
        store = request.with_user(self.storekeeper)
        store.action_reserve()
        self.assertRecordValues(request, [{
            'state': 'reserved', 'date_expected': date(2026, 6, 4),
            'location_dest_id': self.van.id, 'kind': 'work'}])
        self.assertEqual(line.free_centre, 0.0)
        store.action_send()
        self.assertEqual(request.sender_id, self.storekeeper)
        self.assertEqual(self._read_stock(self.board, self.stock_location), 2.0)
        request.with_user(self.technician).action_receive()
        self.assertRecordValues(request, [{
            'state': 'handed_over', 'receiver_id': self.technician.id}])
        self.assertEqual(self._read_stock(self.board, self.van), 2.0)
        # one is used, the other comes back
        self._use(self.board)
        self._move_to(self.order, 'done')
        self.assertRecordValues(request, [{
            'state': 'used', 'quantity_to_return': 1.0, 'date_return_due': date(2026, 6, 9)}])
        self.assertEqual(request.activity_ids.user_id, self.technician)
        request.with_user(self.technician).action_give_back()
        self.assertEqual(request.state, 'returning')
        self.assertEqual(self._read_stock(self.board, self.van), 1.0)
        store.action_close()
        self.assertEqual(self._read_stock(self.board, self.van), 0.0)
        self.assertEqual(self._read_stock(self.board, self.stock_location), 1.0)
        self.assertRecordValues(request, [{'state': 'closed', 'quantity_to_return': 0.0}])
        self.assertFalse(request.activity_ids)

    def test_desk_sees_the_button_on_each_kind_of_order(self):
        """In the page of parts where there is one, else above; never on both."""
        view = self.env.ref('aftersales_service.aftersales_order_view_form')
        form = etree.fromstring(self.env['aftersales.order'].with_user(self.agent).get_view(
            view.id, 'form')['arch'])
        buttons = form.xpath("//button[@name='action_request_part']")
        for has_repair in True, False:
            facts = {'has_repair': has_repair, 'id': 1, 'date_done': False, 'is_closed': False}
            seen = [button for button in buttons if not any(
                safe_eval(node.get('invisible') or 'False', facts)
                for node in (button, *button.iterancestors())
                if node.tag in ('button', 'page', 'header'))]
            self.assertEqual(len(seen), 1)

    def test_desk_asks_for_a_part_on_an_order_without_a_repair(self):
        order = self.env['aftersales.order'].with_user(self.agent).create({
            'partner_id': self.customer.id, 'description': "A second remote",
            'type_id': self.env['aftersales.order.type'].search(
                [('has_repair', '=', False)], limit=1).id})
        action = order.action_request_part()
        request = Form(self.env['aftersales.part.request'].with_user(self.agent).with_context(
            **action['context']))
        with request.line_ids.new() as line:
            line.product_id = self.board
        self.assertEqual(request.save().order_id, order)

    def test_all_used_closes_the_request(self):
        request = self._hand_over(self._request())
        self._use(self.board)
        self._move_to(self.order, 'done')
        self.assertEqual(request.state, 'closed')

    def test_one_piece_is_noted_as_used_once(self):
        first, second = (self._hand_over(self._request()) for __ in range(2))
        self._use(self.board)
        first.with_user(self.technician).action_use()
        second.with_user(self.technician).action_use()
        self.assertRecordValues(first | second, [
            {'state': 'closed', 'quantity_to_return': 0.0},
            {'state': 'used', 'quantity_to_return': 1.0}])

    def test_store_may_leave_unused_parts_in_the_van(self):
        request = self._hand_over(self._request())
        self._move_to(self.order, 'done')
        with self.assertRaisesRegex(AccessError, "storekeeper takes parts back"):
            request.with_user(self.technician).action_close()
        request.with_user(self.storekeeper).action_close()
        self.assertEqual(self._read_stock(self.board, self.van), 1.0)

    def test_missing_part_stays_in_the_books_of_the_store(self):
        request = self._request(quantity=2.0)
        store = request.with_user(self.storekeeper)
        store.action_reserve()
        store.action_send()
        request.line_ids.with_user(self.technician).quantity_missing = 1.0
        request.with_user(self.technician).action_receive()
        self.assertEqual(self._read_stock(self.board, self.van), 1.0)
        self.assertEqual(self._read_stock(self.board, self.stock_location), 1.0)
        self.assertIn(self.storekeeper, request.activity_ids.user_id)

    def test_lost_parts_are_not_booked(self):
        request = self._request()
        store = request.with_user(self.storekeeper)
        store.action_reserve()
        store.action_send()
        request.line_ids.with_user(self.technician).quantity_missing = 1.0
        request.with_user(self.technician).action_receive()
        self.assertEqual(self._read_stock(self.board, self.van), 0.0)
        self.assertEqual(request.line_ids.quantity_received, 0.0)
        self._move_to(self.order, 'done')
        self.assertEqual(request.state, 'closed')

    def test_technician_without_van_gets_one_and_the_request_says_so(self):
        self.van.active = False
        request = self._hand_over(self._request())
        bag = self.technician.sudo().aftersales_van_ids
        self.assertEqual(request.location_dest_id, bag)
        self.assertIn("had no van", "".join(request.message_ids.mapped('body')))
        self.assertEqual(self.order._get_parts_location(), bag)

    def test_administrator_does_the_whole_flow_alone(self):
        request = self._request(user=self.manager).with_user(self.manager)
        for step in ('reserve', 'send', 'receive', 'give_back', 'close'):
            getattr(request, f'action_{step}')()
        self.assertEqual(request.state, 'closed')

    # === PLACES === #

    def test_stores_and_vans_are_not_the_centre(self):
        outlet = self.env['aftersales.outlet'].create({
            'name': "North", 'partner_id': self.customer.copy().id, 'keeps_stock': True})
        outlet._create_stock_locations()
        self._stock(self.compressor, 3, outlet.stock_location_id)
        self._stock(self.compressor, 4, self._create_van(self.manager))
        line = self._request(self.compressor).line_ids
        self.assertRecordValues(line, [{
            'free_centre': 20.0, 'free_outlet': 0.0, 'free_elsewhere': 7.0,
            'location_id': self.stock_location.id}])

    def test_part_of_another_van_is_never_reserved_for_the_centre(self):
        [part] = self._create_parts("Valve")
        # even if it stands in the stock, where core would take it
        self._stock(part, 1, self._create_van(
            self.manager, location_id=self.stock_location.id))
        request = self._request(part)
        self.assertTrue(request.line_ids.is_ordered)
        request.line_ids.with_user(self.storekeeper).is_ordered = False
        with self._refused(UserError, "has too few of .*Valve: 1 missing"):
            request.with_user(self.storekeeper).action_reserve()
        self.assertFalse(request.sudo().picking_ids)

    def test_second_request_for_the_last_piece_is_refused(self):
        first, second = (self._request(quantity=2.0) for __ in range(2))
        first.with_user(self.storekeeper).action_reserve()
        with self._refused(UserError, "too few of"):
            second.with_user(self.storekeeper).action_reserve()
        self.assertEqual(second.state, 'requested')

    def test_source_is_not_the_destination(self):
        self._stock(self.board, 1, self.van)
        request = self._request()
        request.line_ids.with_user(self.storekeeper).location_id = self.van
        with self._refused(UserError, "already: use it"):
            request.with_user(self.storekeeper).action_reserve()

    # === BUYING === #

    @freeze_time('2026-06-02 20:00:00')
    def test_day_of_arrival_follows_the_policy_where_the_company_works(self):
        """In Shanghai 3 June has begun; the policy of a small town gives daily parts four days."""
        company = self.env.company
        company.resource_calendar_id.tz = 'Asia/Shanghai'
        self.env['aftersales.part.policy']._get_policy(company).write(
            {'days_daily': 4, 'days_urgent': 1})
        daily, urgent = self._request(), self._request(urgency='urgent')
        (daily | urgent).with_user(self.storekeeper).action_reserve()
        self.assertEqual(daily.date_expected, date(2026, 6, 7))
        self.assertEqual(urgent.date_expected, date(2026, 6, 4))

    @freeze_time('2026-06-02 09:00:00')
    def test_what_lies_nowhere_is_bought_and_goes_on_when_it_comes(self):
        [part] = self._create_parts("Valve")
        part.write({
            'seller_ids': [Command.create({
                'partner_id': self.env['res.partner'].create({'name': "Valves Ltd."}).id,
                'delay': 5, 'price': 10.0})],
            'route_ids': [Command.link(self.env.ref(
                'purchase_stock.route_warehouse0_buy').id)]})
        request = self._request(part)
        request.with_user(self.storekeeper).action_reserve()
        self.assertEqual(request.state, 'ordered')
        purchase = request.sudo().line_ids.move_ids.created_purchase_line_ids.order_id
        self.assertEqual(purchase.order_line.product_qty, 1.0)
        bought_on = purchase.order_line.date_planned.date()
        self.assertEqual(bought_on, date(2026, 6, 7))  # the vendor needs five days
        self.assertEqual(request.date_expected, date(2026, 6, 9))
        purchase.order_line.date_planned = '2026-06-20 12:00:00'
        self.assertEqual(request.date_expected, date(2026, 6, 22))
        self.assertEqual(self.order.date_parts_expected, date(2026, 6, 22))
        purchase.button_confirm()
        receipt = purchase.picking_ids
        receipt.move_ids.write({'quantity': 1.0, 'picked': True})
        receipt._action_done()
        self.assertEqual(request.state, 'reserved')

    def test_part_without_supplier_is_not_bought_silently(self):
        [part] = self._create_parts("Valve")
        request = self._request(part)
        with self._refused(UserError, "."):
            request.with_user(self.storekeeper).action_reserve()
        self.assertEqual(request.state, 'requested')

    # === WHO === #

    def test_each_step_belongs_to_one_side(self):
        request = self._request()
        with self.assertRaisesRegex(AccessError, "storekeeper reserves and hands out"):
            request.with_user(self.technician).action_reserve()
        store = request.with_user(self.storekeeper)
        store.action_reserve()
        with self.assertRaisesRegex(AccessError, "storekeeper reserves and hands out"):
            request.with_user(self.technician).action_send()
        store.action_send()
        with self.assertRaisesRegex(AccessError, "Who gets the parts confirms"):
            store.action_receive()
        with self.assertRaisesRegex(UserError, "cannot become"):
            store.action_cancel()

    def test_strangers_read_no_van_requests_and_change_none(self):
        other = self._create_person('other_technician', 'technician', "Technician Theo")
        request = self._request(order_id=False, location_dest_id=self.van.id)
        self.assertEqual(request.kind, 'stock')
        self.assertFalse(request.with_user(other).search([('id', '=', request.id)]))
        of_order = self._request()
        self.assertTrue(of_order.with_user(other).search([('id', '=', of_order.id)]))
        with self.assertRaises(AccessError):
            of_order.with_user(other).action_cancel()
        with self.assertRaises(AccessError):
            request.with_user(self.employee).read(['name'])

    def test_stock_is_asked_for_the_own_van_only(self):
        other = self._create_person('other_technician', 'technician', "Technician Theo")
        for values in ({'user_id': other.id}, {'location_dest_id': self.stock_location.id},
                       {'location_dest_id': self._create_van(other).id}):
            with self.subTest(values), self._refused(AccessError, "stock of your own van"):
                self._request(order_id=False, kind='stock', **values)
        self.assertEqual(self._request(order_id=False, kind='stock').state, 'requested')
        self.assertEqual(self._request(
            order_id=False, kind='stock', user=self.storekeeper,
            user_id=other.id).state, 'requested')

    def test_quantities_beyond_any_store_are_refused(self):
        for quantity in (1e308, 1e6, float('nan'), float('inf')):
            with self.subTest(quantity), self._refused(UserError, "below 1,000,000 pieces"):
                self._request(quantity=quantity)
        line = self._request().line_ids.with_user(self.storekeeper)
        with self._refused(UserError, "below 1,000,000 pieces"):
            line.write({'quantity_missing': 1e308})

    def test_refill_of_the_van_is_closed_by_its_receipt(self):
        request = self._request(order_id=False)
        self._hand_over(request)
        self.assertEqual(request.state, 'closed')
        self.assertEqual(self._read_stock(self.board, self.van), 1.0)

    def test_part_in_another_persons_van_is_not_consumed(self):
        other = self._create_person('other_technician', 'technician', "Technician Theo")
        foreign = self._create_van(other)
        self._stock(self.capacitor, 1, foreign)
        self._stock(self.capacitor, 1, self.van)
        self._use(self.capacitor)
        self._move_to(self.order, 'on_site')
        self.order.checklist_ids.filtered('is_mandatory').result = 'ok'
        repair = self.order.repair_ids
        repair.location_id = foreign
        with self._refused(UserError, "lies in the van of Technician Theo"):
            self.order.action_done()
        repair.location_id = self.van
        self.order.action_done()
        self.assertEqual(self._read_stock(self.capacitor, self.van), 0.0)

    # === BAD INPUT === #

    def test_request_needs_parts_an_open_order_and_whole_numbers(self):
        requests = self.env['aftersales.part.request'].with_user(self.technician)
        with self.assertRaisesRegex(UserError, "Enter the parts first"):
            requests.create({'order_id': self.order.id}).action_request()
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), (
                self.env.cr.savepoint()):
            self._request(quantity=0.0)
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), (
                self.env.cr.savepoint()):
            requests.create({'order_id': self.order.id, 'line_ids': [
                Command.create({'product_id': self.board.id}) for __ in range(2)]})
        self._move_to(self.order, 'done')
        with self.assertRaisesRegex(UserError, "work on the service order is done"):
            self._request()

    def test_what_the_store_has_is_not_changed_any_more(self):
        request = self._request()
        with self.assertRaisesRegex(UserError, "store has these parts already"):
            request.line_ids.with_user(self.technician).quantity = 5.0
        with self.assertRaisesRegex(UserError, "store has this request already"):
            request.with_user(self.technician).write({'line_ids': [
                Command.create({'product_id': self.capacitor.id})]})
        with self.assertRaisesRegex(UserError, "store has this request already"):
            request.line_ids.with_user(self.technician).unlink()
        with self.assertRaisesRegex(AccessError, "protected"):
            request.with_user(self.technician).state = 'handed_over'

    def test_foreign_order_is_not_named(self):
        order = self.order.with_user(self.employee)
        with self.assertRaises(AccessError):
            self._request(user=self.employee, order_id=order.id)

    def test_steps_alone_link_transfers_and_counts_to_their_persons(self):
        request = self._request()
        request.with_user(self.storekeeper).action_reserve()
        picking = request.sudo().picking_ids
        quant = self.env['stock.quant'].search([('product_id', '=', self.board.id)], limit=1)
        for record, vals in (
                (picking, {'aftersales_request_id': False}),
                (picking.move_ids, {'aftersales_request_line_id': False}),
                (quant, {'aftersales_counter_id': self.planner.id})):
            with self.subTest(record._name), self.assertRaisesRegex(AccessError, "protected"):
                record.with_user(self.storekeeper).write(vals)

    # === PAPERS === #

    def test_request_and_slip_are_printed(self):
        request = self._hand_over(self._request(kind='loan'))
        for report, words in (('report_part_request', "Part Request"),
                              ('report_part_slip', "Loan Slip")):
            with self.subTest(report):
                page, __ = self.env['ir.actions.report'].with_user(
                    self.storekeeper)._render_qweb_html(f'aftersales_parts.{report}', request.ids)
                for text in (words, request.name, "PCB-2", self.order.name, "AC-0001"):
                    self.assertIn(text, page.decode())

    # === THE SCREEN === #

    def test_request_is_made_with_three_fields(self):
        with Form(self.env['aftersales.part.request'].with_user(self.agent)) as form:
            self.assertEqual((form.kind, form.user_id), ('stock', self.agent))
            form.order_id = self.order
            self.assertEqual((form.kind, form.user_id), ('work', self.technician))
            with form.line_ids.new() as line:
                line.product_id = self.board
                self.assertEqual((line.quantity, line.free_centre), (1.0, 2.0))
        request = form.record
        request.action_request()
        self.assertRecordValues(request, [{
            'state': 'requested', 'user_id': self.technician.id, 'kind': 'work'}])

    def test_each_role_opens_the_form(self):
        request = self._request()
        for user in self.agent, self.technician, self.storekeeper, self.planner, self.manager:
            with self.subTest(user.login):
                self.assertEqual(Form(request.with_user(user)).order_id.id, self.order.id)

    def test_board_of_the_store_begins_with_what_is_asked_for(self):
        self._request()
        groups = self.env['aftersales.part.request'].with_user(self.storekeeper).with_context(
            read_group_expand=True).formatted_read_group([], ['state'], ['__count'])
        self.assertEqual([group['state'] for group in groups], [
            'requested', 'ordered', 'reserved', 'in_transit', 'handed_over', 'returning'])

    # === THE CLICK ON THE ORDER === #

    def test_one_click_asks_for_what_the_van_lacks(self):
        self._use(self.board)
        self._use(self.capacitor)
        self._stock(self.capacitor, 1, self.van)
        action = self.order.with_user(self.agent).action_request_part()
        [command] = action['context']['default_line_ids']
        self.assertEqual(command[2], {'product_id': self.board.id, 'quantity': 1.0})
        request = self.env['aftersales.part.request'].with_user(self.agent).with_context(
            **action['context']).create({})
        self.assertRecordValues(request, [{
            'order_id': self.order.id, 'user_id': self.technician.id, 'kind': 'work'}])
        self.assertEqual(self.order.part_request_count, 1)
