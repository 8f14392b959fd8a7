from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .old_part_common import OldPartCommon


@tagged('post_install', '-at_install')
class TestOldPartDisposal(OldPartCommon):
    """Repair, scrap, supplier or recycler: proposed, approved, carried out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board.write({'tracking': 'serial', 'is_repairable': True})
        cls.part = cls._create_tags(1)
        box = cls.env['aftersales.old.part.box'].browse(
            cls.part.action_pack()['res_id']).with_user(cls.storekeeper)
        box.action_scan([cls.part.name])
        cls.part.action_note_serial('B-1')
        cls.part.action_judge('accepted')
        box.action_close()

    def _propose(self, disposal, **values):
        self.part.write({'disposal': disposal, **values})
        self.part.action_propose()

    def test_repair_that_does_not_pay_is_refused(self):
        # a new board costs 150: a repair pays up to 75
        with self.assertRaisesRegex(UserError, "does not pay"):
            self._propose('repair', repair_cost=75.01)
        self.assertIn("costs too much", self.part.repair_objection)
        self._propose('repair', repair_cost=75.0)
        self.assertEqual(self.part.disposal_state, 'proposed')

    def test_part_that_is_not_repaired_is_not_proposed_for_it(self):
        self.board.is_repairable = False
        with self.assertRaisesRegex(UserError, "not repaired"):
            self._propose('repair', repair_cost=10.0)

    def test_second_person_approves_where_the_company_asks_for_one(self):
        self.env.company.is_aftersales_parts_two_persons = True
        self._propose('repair', repair_cost=10.0)
        with self.assertRaisesRegex(AccessError, "Another person"):
            self.part.action_approve()
        self.part.with_user(self.planner).action_approve()
        self.assertRecordValues(self.part, [{
            'disposal_state': 'approved', 'proposer_id': self.storekeeper.id,
            'approver_id': self.planner.id}])

    def test_repaired_part_is_restocked_at_its_own_cost(self):
        self._propose('repair', repair_cost=40.0)
        with self.assertRaisesRegex(UserError, "approved first"):
            self.part.action_repair()
        self.part.action_approve()
        self.part.action_repair()
        with self.assertRaisesRegex(UserError, "End the repair"):
            self.part.action_restock()
        repair = self.part.repair_id
        repair.action_validate()
        repair.action_repair_start()
        repair.action_repair_end()
        self.part.actual_cost = 42.0
        self.part.action_restock()
        self.assertRecordValues(self.part, [{
            'state': 'disposed', 'outcome': 'restocked', 'disposal_state': 'done',
            'yield_percent': 100.0}])
        lot = self.part.lot_id
        self.assertRecordValues(lot, [{
            'name': 'B-1', 'is_aftersales_repaired': True, 'product_id': self.board.id}])
        self.assertEqual(self.env['stock.quant']._get_available_quantity(
            self.board, self.stock_location, lot_id=lot, strict=True), 1.0)
        move = self.env['stock.move'].search([('origin', '=', self.part.name)])
        self.assertEqual(move.value, 42.0)
        again = self._create_tags(1)
        again.sudo().write({'state': 'received'})
        again.serial = 'B-1'
        self.assertEqual(again.repair_count, 1)

    def test_part_without_numbers_is_not_restocked(self):
        self.board.sudo().tracking = 'none'
        self._propose('repair', repair_cost=40.0)
        self.part.action_approve()
        self.part.action_repair()
        self.part.repair_id.action_validate()
        self.part.repair_id.action_repair_start()
        self.part.repair_id.action_repair_end()
        with self.assertRaisesRegex(UserError, "not tracked"):
            self.part.action_restock()
        self.part.action_fail()
        self.assertRecordValues(self.part, [{'outcome': 'failed', 'yield_percent': 0.0}])

    def test_scrap_needs_a_photo(self):
        self._propose('scrap')
        with self.assertRaisesRegex(UserError, "approved first"):
            self.part.action_dispose()
        self.part.action_approve()
        with self.assertRaisesRegex(UserError, "photo"):
            self.part.action_dispose()

    def test_hazardous_waste_is_recycled(self):
        self.board.is_hazardous_waste = True
        for disposal in 'scrap', 'local':
            with self.assertRaisesRegex(UserError, "licensed recycler"):
                self.part.disposal = disposal
        self._propose('recycler')
        self.part.action_approve()
        self.part.action_dispose()
        self.assertEqual(self.part.state, 'disposed')

    def test_supplier_who_answers_is_proposed(self):
        works = self.env['res.partner'].create({'name': "Board Works", 'is_company': True})
        self.board.seller_ids = [(0, 0, {'partner_id': works.id})]
        self.assertEqual(self._create_tags(1).supplier_id, works)

    def test_approval_sheet(self):
        self._propose('repair', repair_cost=40.0)
        self.part.with_user(self.planner).action_approve()
        html = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_parts.report_old_part_disposal', self.part.ids)[0].decode()
        for fact in self.part.name, "Store Sam", "Planner Pia", "40.00":
            self.assertIn(fact, html)
