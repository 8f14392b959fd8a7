from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged, users

from ..common import PartsCommon


@tagged('post_install', '-at_install')
class TestFittedNumbers(PartsCommon):
    """A part with serial numbers is booked by the number that was fitted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board = cls.env['product.product'].create({
            'name': "Board", 'is_storable': True, 'tracking': 'serial', 'default_code': 'BRD'})
        cls.numbers = cls.env['stock.lot'].create([
            {'name': name, 'product_id': cls.board.id} for name in ('B-1', 'B-2')])
        for lot in cls.numbers:
            cls.env['stock.quant']._update_available_quantity(
                cls.board, cls.stock_location, 1, lot_id=lot)

    @users('technician')
    def test_number_is_asked_before_it_is_booked(self):
        part = self._add_part(self.board)
        self._move_to(self.order, self._get_last_state())
        with self.assertRaisesRegex(UserError, "Say which serial numbers were fitted of.*Board"):
            self.order.action_done()
        part.sudo().lot_ids = [Command.set(self.numbers[1].ids)]
        self.order.action_done()
        self.assertEqual(part.sudo().move_line_ids.lot_id, self.numbers[1])
        self.assertEqual(
            self.env['stock.quant'].sudo()._get_available_quantity(
                self.board, self.stock_location, lot_id=self.numbers[0]), 1.0)

    @users('technician')
    def test_phone_scans_the_number_on_the_part(self):
        visit = self.order.sudo().visit_ids[:1] or self.env['aftersales.visit'].sudo()
        payload = {'code': 'B-2', 'quantity': 1}
        self.assertEqual(visit._find_part_number(self.board.browse(), payload), self.numbers[1])
        self.assertFalse(visit._find_part_number(self.capacitor, payload))

    def _get_last_state(self):
        return 'on_site'
