"""Two storekeepers reserve the last piece at once: two real transactions on committed data."""
from contextlib import contextmanager

from psycopg2.errors import SerializationFailure

from odoo.api import SUPERUSER_ID, Environment
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name, new_test_user
from odoo.tools import mute_logger


@tagged('post_install', '-at_install')
class TestTwoStorekeepers(BaseCase):
    """One gets the piece, the other a sentence; nothing is reserved twice."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self._remove)
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {'no_reset_password': True})
            users = [new_test_user(env, login, 'aftersales_parts.group_parts_store')
                     for login in ('first_storekeeper', 'second_storekeeper')]
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
            self.user_ids = [user.id for user in users]
            self.request_ids, self.part_id, self.van_id = requests.ids, part.id, van.id

    def _remove(self):
        """Leave the database as it was: the next test reads it."""
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
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
            users = env['res.users'].browse(self.user_ids)
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    @contextmanager
    def _request_of(self, number):
        """Give a storekeeper a request in a transaction of its own, which ends with the block."""
        with self.registry.cursor() as cr:
            yield Environment(cr, self.user_ids[number], {})['aftersales.part.request'].browse(
                self.request_ids[number])

    def _get_reserved(self):
        with self.registry.cursor() as cr:
            return Environment(cr, SUPERUSER_ID, {})['stock.quant'].search(
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
            # core repeats the request that meets this
            with mute_logger('odoo.sql_db'), self.assertRaises(SerializationFailure):
                late.action_reserve()
            late.env.cr.rollback()
            late.env.invalidate_all()
            with self.assertRaisesRegex(UserError, "too few of .*Last Piece"):
                late.action_reserve()
            late.env.cr.rollback()
        self.assertEqual(self._get_reserved(), [1.0])
