from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged, users

from ..common import PartsCommon


@tagged('post_install', '-at_install')
class TestOrderParts(PartsCommon):

    @users('technician')
    def test_first_part_makes_a_draft_repair(self):
        order = self.order.with_user(self.env.user)
        with Form(order) as form, form.part_ids.new() as line:
            line.product_id = self.capacitor
        self.assertRecordValues(order.repair_ids, [{
            'state': 'draft', 'partner_id': self.customer.id, 'product_id': False}])
        self._add_part(self.compressor)
        self.assertEqual(len(order.repair_ids), 1)
        self.assertEqual(order.part_ids.mapped('repair_line_type'), ['add', 'add'])

    @users('technician')
    def test_conversation_stays_on_the_order(self):
        self._add_part(self.capacitor)
        repair = self.order.repair_ids
        self.assertFalse(repair.message_follower_ids)
        self.assertFalse(repair.message_ids)
        self.assertNotIn('mail_create_nolog', repair.env.context)
        self._move_to(self.order, 'done')
        self.assertEqual(repair.state, 'done')
        self._run_precommit()
        self.assertFalse(repair.message_ids)

    @users('technician')
    def test_what_somebody_does_with_a_repair_stands_in_its_chatter(self):
        self._add_part(self.capacitor)
        repair = self.order.repair_ids
        self._run_precommit()  # what is new has no earlier state
        repair.sudo().action_repair_cancel()
        self._run_precommit()
        self.assertTrue(repair.message_ids.sudo().tracking_value_ids)

    def _run_precommit(self):
        self.env.flush_all()
        self.env.cr.precommit.run()

    @users('technician')
    def test_repair_names_the_unit_that_stock_knows(self):
        lot = self.env['stock.lot'].sudo().create(
            {'name': 'AC-77', 'product_id': self.conditioner.id})
        self.env['stock.quant'].sudo()._update_available_quantity(
            self.conditioner, self.stock_location, 1, lot_id=lot)
        order = self._create_order(serial='AC-77', product_id=self.conditioner.id)
        self._add_part(
            self.capacitor, aftersales_order_id=order.id, is_aftersales_covered=True,
            aftersales_cover_reason="Our fault")
        self.assertRecordValues(
            order.repair_ids, [{'product_id': self.conditioner.id, 'lot_id': lot.id}])
        self._move_to(order, 'done')
        self.assertEqual(order.repair_ids.state, 'done')

    @users('technician')
    def test_order_without_parts_costs_no_repair(self):
        order = self._create_order()
        self._move_to(order, 'done')
        self.assertFalse(order.repair_ids)

    @users('technician')
    def test_finishing_the_order_consumes_the_parts(self):
        part = self._add_part(self.capacitor, product_uom_qty=2.0)
        order = self.order.with_user(self.env.user)
        self._move_to(order, 'done')
        self.assertRecordValues(part, [{'state': 'done', 'quantity': 2.0}])
        self.assertEqual(order.repair_ids.state, 'done')
        self.assertEqual(self.env['stock.quant']._get_available_quantity(
            self.capacitor, self.stock_location), 18.0)

    @users('technician')
    def test_used_part_stays_as_it_was_decided(self):
        part = self._add_part(self.capacitor)
        self._move_to(self.order.with_user(self.env.user), 'done')
        self.assertEqual(part.aftersales_cover_facts['code'], 'covered')
        self.order.sudo().write({'charge_kind': 'goodwill', 'goodwill_reason': "Waited"})
        self.assertEqual(part.aftersales_cover_facts['code'], 'covered')

    @users('technician')
    def test_part_without_a_quantity_is_one(self):
        part = self.env['stock.move'].create({
            'aftersales_order_id': self.order.id, 'product_id': self.capacitor.id})
        order = self.order.with_user(self.env.user)
        self._move_to(order, 'done')
        self.assertRecordValues(part, [{'state': 'done', 'quantity': 1.0}])

    @users('technician')
    def test_ended_order_takes_no_more_parts_and_labour(self):
        order = self.order.with_user(self.env.user)
        labour = self.env['aftersales.labour'].create(
            {'order_id': order.id, 'product_id': self.hour.id})
        order.close_reason = "Customer moved away"
        order.action_cancel()
        for name, change in {
                'part': lambda: self._add_part(self.capacitor),
                'labour': lambda: labour.copy({'order_id': order.id}),
                'hours': lambda: labour.write({'quantity': 9}),
                'less': labour.unlink}.items():
            with self.subTest(change=name), self.cr.savepoint(), (
                    self.assertRaisesRegex(UserError, f"is finished; .*{order.name}")):
                change()

    @users('technician')
    def test_cancelling_the_order_frees_the_parts(self):
        self._add_part(self.capacitor)
        order = self.order.with_user(self.env.user)
        order.close_reason = "Customer moved away"
        order.action_cancel()
        self.assertEqual(order.repair_ids.state, 'cancel')

    @users('technician')
    def test_parts_are_judged_by_the_card(self):
        part = self._add_part(self.capacitor)
        self.assertTrue(part.is_aftersales_covered)
        self.assertRegex(part.aftersales_cover_reason, "Whole unit")

    @freeze_time('2028-06-01 12:00:00')
    @users('technician')
    def test_main_part_outlives_the_whole_unit(self):
        self.order.date_event = '2028-06-01 12:00:00'
        capacitor, compressor = self._add_part(self.capacitor), self._add_part(self.compressor)
        self.assertRecordValues(capacitor | compressor, [
            {'is_aftersales_covered': False}, {'is_aftersales_covered': True}])
        self.assertRegex(capacitor.aftersales_cover_reason, "expired on")

    @users('technician')
    def test_a_reasoned_decision_is_kept(self):
        part = self._add_part(
            self.capacitor, is_aftersales_covered=False, aftersales_cover_reason="Lightning")
        self.assertFalse(part.is_aftersales_covered)

    @freeze_time('2028-06-01 12:00:00')
    @users('technician')
    def test_parts_follow_a_change_of_charge(self):
        self.order.date_event = '2028-06-01 12:00:00'
        part = self._add_part(self.capacitor)
        self.assertFalse(part.is_aftersales_covered)
        self.order.sudo().write({
            'charge_kind': 'goodwill', 'goodwill_reason': "Waited for three weeks"})
        self.assertRecordValues(part, [
            {'is_aftersales_covered': True, 'aftersales_cover_reason': "Goodwill"}])

    @users('agent')
    def test_desk_books_no_stock(self):
        order = self._create_order(product_id=self.conditioner.id)
        with self.assertRaises(AccessError):
            self.env['stock.move'].create({
                'aftersales_order_id': order.id, 'product_id': self.capacitor.id,
                'product_uom_qty': 1.0})

    @users('employee')
    def test_plain_repair_needs_no_after_sales_rights(self):
        self.employee.sudo().group_ids = [
            Command.link(self.env.ref('stock.group_stock_user').id)]
        repair = self.env['repair.order'].create({'product_id': self.capacitor.id})
        part = self.env['stock.move'].create({
            'repair_id': repair.id, 'repair_line_type': 'add',
            'product_id': self.compressor.id, 'product_uom_qty': 1.0})
        self.assertFalse(part.aftersales_order_id)

    @users('other_agent')
    def test_stranger_adds_no_part(self):
        self.order.sudo().user_id = self.agent
        self.other_agent.sudo().group_ids = [
            Command.link(self.env.ref('stock.group_stock_user').id)]
        with self.assertRaisesRegex(AccessError, "Service Order"):
            self._add_part(self.capacitor)
