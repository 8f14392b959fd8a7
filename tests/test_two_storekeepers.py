"""Two storekeepers reserve the last piece at once: two real transactions on committed data."""
from contextlib import contextmanager

from two_transactions import TwoTransactionsCase

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged


@tagged('post_install', '-at_install')
class TestTwoStorekeepers(TwoTransactionsCase):
    """One gets the piece, the other a sentence; nothing is reserved twice."""

    def _make(self, env):
        users = self._make_users(
            env, 'aftersales_parts.group_parts_store', 'first_storekeeper',
            'second_storekeeper')
        part = env['product.product'].create({
            'name': "Last Piece", 'is_storable': True, 'is_spare_part': True})
        centre = env['stock.warehouse'].search(
            [('company_id', '=', env.company.id)], limit=1)
        stock, self.had_route = centre.lot_stock_id, bool(centre.aftersales_supply_route_id)
        van = env['stock.location'].create({
            'name': "Van of Two", 'usage': 'internal', 'company_id': env.company.id,
            'location_id': stock.id, 'aftersales_technician_id': users[0].id})
        env['stock.quant']._update_available_quantity(part, stock, 1)
        requests = env['aftersales.part.request'].create([{
            'user_id': users[0].id, 'location_dest_id': van.id,
            'line_ids': [Command.create({'product_id': part.id})]} for __ in range(2)])
        requests._set_state('requested')
        self.request_ids, self.part_id, self.van_id = requests.ids, part.id, van.id

    def _remove(self, env):
        requests = env['aftersales.part.request'].browse(self.request_ids)
        requests._set_state('cancelled')
        pickings = requests.picking_ids
        pickings.move_ids.unlink()
        pickings.unlink()
        requests.unlink()
        env['stock.quant'].search([('product_id', '=', self.part_id)]).unlink()
        env['product.product'].browse(self.part_id).unlink()
        van = env['stock.location'].browse(self.van_id)
        route = van.warehouse_id.aftersales_supply_route_id
        van.unlink()
        if not self.had_route:
            route.unlink()

    @contextmanager
    def _request_of(self, number):
        """Give a storekeeper a request in a transaction of its own, which ends with the block."""
        with self._transaction(self.user_ids[number]) as env:
            yield env['aftersales.part.request'].browse(self.request_ids[number])

    def _get_reserved(self):
        with self._transaction() as env:
            return env['stock.quant'].search(
                [('product_id', '=', self.part_id)]).mapped('reserved_quantity')

    def test_second_one_is_refused_at_once(self):
        with self._request_of(0) as winner, self._request_of(1) as loser:
            winner.action_reserve()
            with self.assertRaisesRegex(UserError, "Another user is taking .*Last Piece"):
                loser.action_reserve()
            loser.env.cr.rollback()
        self.assertEqual(self._get_reserved(), [1.0])

    def test_who_looked_before_starts_again_and_is_refused(self):
        with self._request_of(1) as late:
            self.assertEqual(late.line_ids.free_centre, 1.0)
            with self._request_of(0) as winner:
                winner.action_reserve()
            self._assert_repeated(late, late.action_reserve)
            with self.assertRaisesRegex(UserError, "too few of .*Last Piece"):
                late.action_reserve()
            late.env.cr.rollback()
        self.assertEqual(self._get_reserved(), [1.0])
