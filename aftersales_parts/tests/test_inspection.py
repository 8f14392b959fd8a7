from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PartsCommon


class ReceiptCommon(PartsCommon):
    """A supplier of boards, and receipts of them by the storekeeper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.aftersales_inspection_kind = 'sample'
        cls.supplier = cls.env['res.partner'].create({'name': "Board Works", 'is_company': True})
        cls.bolt = cls.env['product.product'].create({'name': "Bolt", 'is_storable': True})
        cls.second_keeper = cls._create_colleague(
            'second_keeper', 'group_parts_store', "Store Sue")

    def _receive(self, quantity, product=None, received=None):
        """Order parts, and return their receipt with what came noted, for the storekeeper."""
        order = self.env['purchase.order'].create({
            'partner_id': self.supplier.id, 'order_line': [Command.create({
                'product_id': (product or self.board).id, 'product_qty': quantity,
                'price_unit': 100.0})]})
        order.button_confirm()
        receipt = order.picking_ids.with_user(self.storekeeper)
        receipt.move_ids.quantity = quantity if received is None else received
        return receipt

    def _inspect(self, receipt):
        """Validate a receipt, and return the inspection that it waits for."""
        action = receipt.button_validate()
        self.assertEqual(action['res_model'], 'aftersales.inspection')
        return self.env['aftersales.inspection'].with_user(self.storekeeper).browse(
            action['res_id'])

    def _find_defects(self, inspection, pieces, **values):
        inspection.defect_ids = [Command.create({
            'name': "Crack", 'quantity': pieces, **values})]

    def _get_state(self, inspection):
        return inspection.state_id.with_user(self.planner)

    def _get_quantity(self, location):
        return self.env['stock.quant']._get_available_quantity(self.board, location)


@tagged('post_install', '-at_install')
class TestInspection(ReceiptCommon):

    def test_storekeeper_reads_what_to_take(self):
        # domain reference 6.1: lot 800, level II, AQL 1.0: letter J, 80 pieces, accept up to 2
        inspection = self._inspect(self._receive(800))
        self.assertRecordValues(inspection, [{
            'letter': 'J', 'sample_size': 80, 'accept_number': 2, 'reject_number': 3,
            'instruction': "Take 80 of 800, accept up to 2", 'is_verified': True,
            'partner_id': self.supplier.id, 'product_id': self.board.id}])
        self.assertTrue(inspection.name)

    def test_accepted_lot_is_received(self):
        receipt = self._receive(800)
        inspection = self._inspect(receipt)
        self._find_defects(inspection, 2)
        back = inspection.action_accept()
        self.assertEqual((back['res_model'], back['res_id']), ('stock.picking', receipt.id))
        self.assertIs(receipt.button_validate(), True)
        self.assertEqual(receipt.state, 'done')
        self.assertEqual(self._get_quantity(self.stock_location), 800)
        self.assertRecordValues(inspection, [{
            'state': 'accepted', 'user_id': self.storekeeper.id}])
        self.assertRecordValues(inspection.state_id, [{
            'lot_count': 1, 'accepted_count': 1, 'quality': 100.0}])

    def test_lot_above_the_plan_is_not_accepted(self):
        inspection = self._inspect(self._receive(800))
        self._find_defects(inspection, 3)
        with self.assertRaisesRegex(UserError, "More defective pieces"):
            inspection.action_accept()

    def test_no_more_pieces_are_defective_than_were_checked(self):
        inspection = self._inspect(self._receive(800))
        self._find_defects(inspection, 80)
        with self.assertRaisesRegex(ValidationError, "81 of 80 pieces"):
            self._find_defects(inspection, 1)

    def test_critical_defect_is_not_accepted(self):
        inspection = self._inspect(self._receive(800))
        self._find_defects(inspection, 1, severity='critical')
        with self.assertRaisesRegex(UserError, "critical"):
            inspection.action_accept()

    def test_receipt_without_a_verdict_is_not_booked(self):
        receipt = self._receive(800)
        self._inspect(receipt)
        with self.assertRaisesRegex(UserError, "Inspect these receipts first"):
            receipt._action_done()

    def test_rejected_lot_goes_to_quarantine_and_back_to_the_supplier(self):
        receipt = self._receive(800)
        inspection = self._inspect(receipt)
        self._find_defects(inspection, 3)
        inspection.action_reject()
        with self.assertRaisesRegex(UserError, "quarantine"):
            inspection.action_return()  # not booked yet
        receipt.button_validate()
        quarantine = receipt.picking_type_id.warehouse_id.aftersales_quarantine_id
        self.assertEqual(self._get_quantity(quarantine), 800)
        self.assertEqual(self._get_quantity(self.stock_location), 0)
        line = receipt.move_ids.purchase_line_id
        self.assertEqual(line.qty_received, 800)
        action = inspection.action_return()
        back = self.env['stock.picking'].with_user(self.storekeeper).browse(action['res_id'])
        self.assertRecordValues(back.move_ids, [{
            'product_uom_qty': 800, 'location_id': quarantine.id, 'state': 'assigned'}])
        self.assertEqual(back.location_dest_id.usage, 'supplier')
        back.button_validate()
        self.assertEqual((back.state, line.qty_received), ('done', 0))
        self.assertEqual(self._get_quantity(quarantine), 0)
        with self.assertRaisesRegex(UserError, "already"):
            inspection.action_return()

    def test_sorted_lot_is_parted(self):
        receipt = self._receive(100)
        inspection = self._inspect(receipt)
        self._find_defects(inspection, 4)
        with self.assertRaisesRegex(UserError, "sorted out"):
            inspection.action_sort()
        inspection.sorted_out = 7
        inspection.action_sort()
        receipt.button_validate()
        quarantine = receipt.picking_type_id.warehouse_id.aftersales_quarantine_id
        self.assertEqual(
            (self._get_quantity(self.stock_location), self._get_quantity(quarantine)), (93, 7))
        self.assertEqual(sum(receipt.move_ids.mapped('quantity')), 100)
        self.assertEqual(receipt.move_ids.purchase_line_id.qty_received, 100)
        # the lot failed at first, whatever became of it
        self.assertRecordValues(inspection.state_id, [{'lot_count': 1, 'accepted_count': 0}])

    def test_sorted_serial_numbers_go_by_name(self):
        self.board.tracking = 'serial'
        receipt = self._receive(3)
        receipt.move_ids.move_line_ids.unlink()
        receipt.move_ids.move_line_ids = [Command.create({
            'product_id': self.board.id, 'quantity': 1, 'lot_name': name,
            'picking_id': receipt.id}) for name in ('S1', 'S2', 'S3')]
        inspection = self._inspect(receipt)
        self._find_defects(inspection, 1)
        inspection.sorted_out = 1
        with self.assertRaisesRegex(UserError, "serial number of each piece"):
            inspection.action_sort()
        inspection.defect_ids.serial = 'S2'
        inspection.action_sort()
        receipt.button_validate()
        quarantine = receipt.picking_type_id.warehouse_id.aftersales_quarantine_id
        lots = self.env['stock.quant'].search([('location_id', '=', quarantine.id)]).lot_id
        self.assertEqual(lots.mapped('name'), ['S2'])

    def test_concession_needs_another_person(self):
        receipt = self._receive(800)
        inspection = self._inspect(receipt)
        self._find_defects(inspection, 3)
        with self.assertRaisesRegex(UserError, "Write into Concession Reason"):
            inspection.action_ask_concession()
        inspection.concession_reason = "Scratches on the back are not seen"
        inspection.action_ask_concession()
        with self.assertRaisesRegex(AccessError, "Another person"):
            inspection.action_concede()
        inspection.with_user(self.second_keeper).action_concede()
        receipt.button_validate()
        self.assertEqual(self._get_quantity(self.stock_location), 800)
        self.assertRecordValues(inspection, [{
            'state': 'conceded', 'asker_id': self.storekeeper.id,
            'user_id': self.second_keeper.id}])

    def test_decided_inspection_keeps_its_defects(self):
        inspection = self._inspect(self._receive(800))
        with self.assertRaisesRegex(AccessError, "protected"):
            inspection.sample_size = 1
        inspection.action_accept()
        with self.assertRaisesRegex(UserError, "decided"):
            self._find_defects(inspection, 1)
        with self.assertRaisesRegex(UserError, "decided"):
            inspection.env['aftersales.inspection.defect'].create({
                'inspection_id': inspection.id, 'name': "Crack"})

    def test_partial_receipt_is_inspected_by_what_came(self):
        receipt = self._receive(800, received=100)
        inspection = self._inspect(receipt)
        self.assertEqual((inspection.lot_size, inspection.letter), (100, 'E'))  # F at 1.0 is up
        inspection.action_accept()
        receipt.move_ids.quantity = 90  # counted again
        again = self._inspect(receipt)
        self.assertEqual((again.lot_size, inspection.state), (90, 'cancelled'))
        self._find_defects(again, 2)
        again.action_reject()
        receipt.with_context(skip_backorder=True).button_validate()
        quarantine = receipt.picking_type_id.warehouse_id.aftersales_quarantine_id
        self.assertEqual(self._get_quantity(quarantine), 90)
        rest = self.env['stock.picking'].search([('backorder_id', '=', receipt.id)])
        self.assertRecordValues(rest.move_ids, [{
            'product_uom_qty': 710, 'location_dest_id': self.stock_location.id}])

    def test_more_than_ordered_is_refused(self):
        receipt = self._receive(100, received=101)
        with self.assertRaisesRegex(UserError, "101 received, but only 100"):
            receipt.button_validate()

    def test_quality_control_inspects_behind_it(self):
        warehouse = self.env['stock.warehouse'].search(
            [('company_id', '=', self.env.company.id)], limit=1)
        warehouse.reception_steps = 'three_steps'
        receipt = self._receive(800, received=801)
        with self.assertRaisesRegex(UserError, "801 received"):
            receipt.button_validate()
        receipt.move_ids.quantity = 800
        self.assertIs(receipt.button_validate(), True)
        control = receipt.move_ids.move_dest_ids.picking_id
        control.button_validate()
        store = control.move_ids.move_dest_ids.picking_id.with_user(self.storekeeper)
        self.assertEqual(store.location_id, warehouse.wh_qc_stock_loc_id)
        inspection = self._inspect(store)
        self.assertEqual(
            (inspection.partner_id, inspection.lot_size), (self.supplier, 800))
        self._find_defects(inspection, 5)
        inspection.sorted_out = 6
        inspection.action_sort()
        store.button_validate()
        quarantine = warehouse.aftersales_quarantine_id
        self.assertEqual(
            (self._get_quantity(self.stock_location), self._get_quantity(quarantine)), (794, 6))
        back = self.env['stock.picking'].browse(inspection.action_return()['res_id'])
        self.assertRecordValues(back.move_ids, [{
            'product_uom_qty': 6, 'location_id': quarantine.id, 'state': 'assigned'}])
        self.assertEqual(back.location_dest_id.usage, 'supplier')

    def test_goods_sent_straight_to_a_customer_are_not_inspected(self):
        receipt = self._receive(800)
        receipt.sudo().location_dest_id = self.env.ref('stock.stock_location_customers')
        self.assertFalse(receipt._get_inspected_moves())

    def test_score_of_the_supplier(self):
        for pieces, step in (0, 'action_accept'), (3, 'action_reject'):
            receipt = self._receive(800)
            inspection = self._inspect(receipt)
            if pieces:
                self._find_defects(inspection, pieces)
            getattr(inspection, step)()
        self.assertRecordValues(self.supplier.with_user(self.storekeeper), [{
            'aftersales_inspected_lots': 2, 'aftersales_part_quality': 50.0}])

    def test_plain_stock_user_is_told_who_inspects(self):
        receipt = self._receive(800)
        self.storekeeper.group_ids = self.env.ref('stock.group_stock_user')
        with self.assertRaisesRegex(UserError, "A storekeeper inspects"):
            receipt.button_validate()

    def test_receipt_without_spare_parts_costs_no_query(self):
        bolts = self._receive(800, self.bolt)
        self._count_queries(bolts._get_inspected_moves)  # what the order left to write
        self.assertEqual(
            self._count_queries(bolts._get_inspected_moves),
            self._count_queries(lambda: bolts.move_ids.filtered(
                lambda move: move.product_id.tracking and move.state)))
        self.assertIs(bolts.button_validate(), True)

    def test_papers(self):
        inspection = self._inspect(self._receive(800))
        self._find_defects(inspection, 3)
        inspection.note = "Two boxes were wet"
        inspection.action_reject()
        html = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_parts.report_inspection', inspection.ids)[0].decode()
        for fact in inspection.name, "Take 80 of 800", "Crack", "Two boxes were wet", "Board Works":
            self.assertIn(fact, html)


@tagged('post_install', '-at_install')
class TestInspectionState(ReceiptCommon):
    """How strict a supplier's part is inspected follows from its lots."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.state = cls.env['aftersales.inspection.state'].create({
            'partner_id': cls.supplier.id, 'product_id': cls.board.id}).with_user(cls.planner)

    def _judge(self, *results):
        for result in results:
            self.state._judge_lot(result, 1, False)

    def test_company_begins_with_samples(self):
        company = self.env['res.company'].create({'name': "New Works"})
        self.assertRecordValues(company, [{
            'aftersales_inspection_kind': 'sample', 'aftersales_inspection_level': 'II',
            'aftersales_inspection_aql': 1.0, 'is_aftersales_reduced_inspection': False,
            'is_aftersales_special_levels': False, 'aftersales_old_part_days': 30}])

    def test_other_company_reads_nothing(self):
        inspection = self._inspect(self._receive(800))
        abroad = self.env['res.company'].create({'name': "Abroad"})
        self.second_keeper.write({
            'company_ids': [Command.set(abroad.ids)], 'company_id': abroad.id})
        for record in inspection, inspection.state_id:
            with self.assertRaises(AccessError):
                record.with_user(self.second_keeper).read(['product_id'])
        with self.assertRaises(AccessError):
            inspection.with_user(self.technician).action_accept()

    def test_exempt_part_is_not_inspected(self):
        self.state.kind = 'exempt'
        receipt = self._receive(800)
        self.assertIs(receipt.button_validate(), True)
        self.assertFalse(self.state.inspection_ids)

    def test_all_pieces(self):
        self.state.kind = 'full'
        inspection = self._inspect(self._receive(30))
        self.assertRecordValues(inspection, [{
            'sample_size': 30, 'accept_number': 0,
            'instruction': "Check all 30, accept up to 0"}])

    def test_vital_parts_begin_with_a_safe_limit(self):
        self.old_board.criticality = 'vital'
        inspection = self._inspect(self._receive(800, self.old_board))
        self.assertAlmostEqual(inspection.aql, 0.65)
        self.assertEqual((inspection.sample_size, inspection.accept_number), (80, 1))

    def test_failures_tighten_and_stop(self):
        self._judge(False, False)
        self.assertEqual(self.state.severity, 'tightened')
        # tightened, J at 1.0: refused from 2
        inspection = self._inspect(self._receive(800))
        self.assertEqual((inspection.severity, inspection.accept_number), ('tightened', 1))
        self._judge(*[False] * 5)
        self.assertEqual(self.state.severity, 'stopped')
        with self.assertRaisesRegex(UserError, "stopped"):
            inspection.action_accept()
        with self.assertRaises(AccessError):
            self.state.with_user(self.storekeeper).action_release()
        self.state.action_release()
        self.assertEqual(self.state.severity, 'tightened')
        inspection.action_accept()

    def test_lots_of_an_older_plan_say_nothing_of_the_present_one(self):
        early = [self._inspect(self._receive(800)) for __ in range(7)]
        for inspection in early[:2]:
            self._find_defects(inspection, 3)
            inspection.action_reject()
        self.assertEqual(self.state.severity, 'tightened')
        for inspection in early[2:]:  # by the normal plan: five of them would relax it
            inspection.action_accept()
        self.assertRecordValues(self.state, [{
            'severity': 'tightened', 'run': 0, 'failures': 0, 'recent': '',
            'lot_count': 7, 'accepted_count': 5}])
        for __ in range(5):
            self._inspect(self._receive(800)).action_accept()
        self.assertEqual(self.state.severity, 'normal')

    def test_open_lots_without_entries_take_the_present_plan(self):
        untouched, begun = self._receive(800), self._receive(800)
        first, second = self._inspect(untouched), self._inspect(begun)
        self._find_defects(second, 1)
        self._judge(False, False)
        self.assertEqual(self._inspect(begun), second)
        again = self._inspect(untouched)
        self.assertEqual((first.state, second.severity), ('cancelled', 'normal'))
        self.assertRecordValues(again, [{'severity': 'tightened', 'accept_number': 1}])

    def test_reduced_inspection_is_switched_on(self):
        self._judge(*[True] * 15)
        self.assertEqual(self.state.score, 30)
        with self.assertRaisesRegex(UserError, "settings"):
            self.state.action_reduce()
        self.env.company.is_aftersales_reduced_inspection = True
        self.state.action_reduce()
        inspection = self._inspect(self._receive(800))
        self.assertRecordValues(inspection, [{
            'severity': 'reduced', 'sample_size': 32, 'is_verified': False}])
        self.state.action_restore()
        self.assertEqual(self.state.severity, 'normal')

    def test_special_levels_are_switched_on(self):
        with self.assertRaisesRegex(ValidationError, "special levels"):
            self.state.level = 'S-2'
        self.env.company.is_aftersales_special_levels = True
        self.state.level = 'S-2'
        # lot 800, S-2: C, at 1.0 dn to E: 13 pieces, none defective
        inspection = self._inspect(self._receive(800))
        self.assertEqual((inspection.sample_size, inspection.accept_number), (13, 0))

    def test_limit_that_no_table_knows_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "no AQL of 0.8"):
            self.state.aql = 0.8

    def test_storekeeper_reads_and_planner_changes(self):
        with self.assertRaises(AccessError):
            self.state.with_user(self.storekeeper).kind = 'exempt'
        with self.assertRaisesRegex(AccessError, "protected"):
            self.state.severity = 'reduced'
        self.state.kind = 'full'
