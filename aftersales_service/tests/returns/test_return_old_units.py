from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged, users

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestReturnOldUnits(ReturnsCommon):
    """Units that our stock has never seen come back by the number on them."""

    def _create_old(self, **values):
        """Return the card of a unit sold before there were sale orders."""
        return self._create_card(
            serial='OLD-1', invoice_date='2026-01-10', **{'price': 2500.0} | values)

    @users('agent')
    def test_unit_of_an_opening_card_is_received_and_refunded(self):
        card = self._create_old()
        self.assertFalse(card.lot_id)
        record = self._create_return(cards=card)
        self._walk_to_inspected(record)
        self.assertRecordValues(record.line_ids, [{'quantity_received': 1.0}])
        self.assertEqual(record.line_ids.sudo().lot_id.name, 'OLD-1')
        record.action_settle()
        self.assertEqual(record.sudo().refund_id.amount_total, 2500.0)
        self.assertEqual(self._get_stock(self.conditioner, self.stock_location), 1.0)

    @users('agent')
    def test_unknown_unit_is_received_and_sent_back(self):
        record = self._create_return(lines=[
            {'serial': 'FOREIGN-1', 'product_id': self.conditioner.id}])
        self._walk_to_inspected(record, disposition_id=self.ways['customer'].id,
                                disposition_reason="Repaired against payment")
        record.action_settle()
        self.assertEqual(record.state, 'settled')
        self.assertFalse(record.sudo().refund_ids)
        back = record.sudo().picking_ids.filtered(lambda picking: picking.state != 'done')
        self.assertEqual(back.move_line_ids.lot_id.name, 'FOREIGN-1')

    @users('agent')
    def test_number_that_stock_knows_gets_no_second_record(self):
        lot = self.env['stock.lot'].sudo().create(
            {'name': 'FOREIGN-1', 'product_id': self.conditioner.id})
        record = self._create_return(lines=[
            {'serial': 'FOREIGN-1', 'product_id': self.conditioner.id}])
        record.action_authorise()
        self.assertEqual(record.line_ids.sudo().lot_id, lot)

    @users('agent')
    def test_refund_needs_a_price(self):
        record = self._create_return(cards=self._create_old(price=0.0))
        with self.assertRefused("What was paid for .* is not known", UserError):
            record.action_authorise()
        record.line_ids.price_unit = 2500.0
        record.action_authorise()
        self.assertEqual(record.amount_refund, 2500.0)

    @users('agent')
    def test_exchange_needs_no_price(self):
        record = self._create_return(cards=self._create_old(price=0.0), kind='exchange')
        record.action_authorise()
        self.assertEqual(record.state, 'authorised')

    @users('agent')
    def test_return_is_not_requested_in_the_future(self):
        with self.assertRefused("in the future", UserError):
            self._create_return(cards=self._create_old(), request_date='2026-01-13')
