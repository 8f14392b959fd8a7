from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import OutletCommon


@tagged('post_install', '-at_install')
class TestOutlet(OutletCommon):
    """The life of an outlet, its stock location, areas and capacity."""

    @users('manager')
    def test_activating_makes_one_stock_location(self):
        outlet = self.env['aftersales.outlet'].create(
            {'name': "East Station", 'partner_id': self.customer.id})
        self.assertRegex(outlet.code, r'^OT\d{4}$')
        self.assertFalse(outlet.stock_location_id)
        outlet.action_activate()
        location = outlet.stock_location_id
        self.assertEqual(location.location_id, self.stock_location.location_id)
        outlet.action_suspend()
        outlet.action_activate()
        self.assertEqual(outlet.stock_location_id, location)
        self.assertEqual(self.env['stock.location'].search_count(
            [('name', '=', "East Station")]), 1)

    @users('manager')
    def test_outlets_brought_along_active_have_locations_too(self):
        outlets = self.env['aftersales.outlet'].create([
            {'name': name, 'partner_id': self.customer.id, 'state': 'active'}
            for name in ("East", "West")])
        self.assertEqual(len(outlets.stock_location_id), 2)

    def test_life_cycle_goes_by_the_table(self):
        outlet = self.north.with_user(self.manager)
        with self.assertRaisesRegex(AccessError, "State"):
            outlet.state = 'draft'
        outlet.action_close()
        with self.assertRaisesRegex(UserError, "cannot become “Active”"):
            outlet.action_activate()
        outlet.action_reset()
        outlet.action_activate()
        self.assertEqual(outlet.state, 'active')

    def test_outlet_with_open_orders_stays_open(self):
        order = self._create_order()
        with self.assertRaisesRegex(UserError, "open orders"):
            self.north.action_close()
        order.write({'close_reason': "Bought a new one"})
        order.action_cancel()
        self.north.action_close()
        self.assertEqual(self.north.state, 'closed')

    def test_outlet_with_orders_is_not_deleted(self):
        self._create_order()
        with self.assertRaisesRegex(UserError, "North Station"):
            self.north.with_user(self.manager).unlink()
        self.south.with_user(self.manager).unlink()
        self.assertFalse(self.south.exists())

    def test_no_outlet_is_a_team_of_itself(self):
        self.south.parent_id = self.north
        with self.assertRaises(ValidationError):
            self.north.parent_id = self.south

    def test_manager_is_a_member(self):
        with self.assertRaisesRegex(ValidationError, "Chen of South"):
            self.north.manager_id = self.chen
        self.north.manager_id = self.wang

    def test_contract_ends_after_it_starts(self):
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'):
            self.north.write({'contract_start': '2026-01-01', 'contract_end': '2025-12-31'})
            self.env.flush_all()

    def test_range_without_codes_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "94200"):
            self.env['aftersales.outlet.area'].create({
                'outlet_id': self.north.id, 'zip_from': '94200', 'zip_to': '94199'})

    def test_province_brings_its_country(self):
        self.assertEqual(self.north.area_ids.country_id, self.country)

    @freeze_time('2026-06-03 09:00:00')  # a Wednesday
    def test_capacity_counts_its_next_day(self):
        self.north.capacity_ids = [
            Command.create({'orders_per_day': 5}),
            Command.create({'orders_per_day': 2, 'weekday': '4'}),
            Command.create({'orders_per_day': 1, 'date': '2026-06-08'})]
        every_day, friday, monday = self.north.capacity_ids.sorted('id')
        self._create_offered(date_planned='2026-06-05 08:00:00')
        self._create_offered()
        self.env.invalidate_all()
        self.assertRecordValues(every_day | friday | monday, [
            {'used_count': 1, 'left_count': 4}, {'used_count': 1, 'left_count': 1},
            {'used_count': 0, 'left_count': 1}])
        self.assertEqual(friday.day.isoformat(), '2026-06-05')

    def test_same_capacity_twice_is_refused(self):
        self.north.capacity_ids = [Command.create({'orders_per_day': 5})]
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'):
            self.north.capacity_ids = [Command.create({'orders_per_day': 6})]
            self.env.flush_all()

    @users('dispatcher')
    def test_smart_button_shows_the_orders(self):
        order = self._create_order()
        outlet = self.north.with_user(self.env.user)
        self.assertEqual((outlet.order_count, outlet.open_order_count), (1, 1))
        action = outlet.action_view_orders()
        self.assertEqual(self.env['aftersales.order'].search(action['domain']), order)

    @users('agent')
    def test_closest_area_names_the_zone_of_an_order(self):
        """The area of the postal code beats the zone of the state."""
        near, far = self.env['aftersales.zone'].sudo().create([
            {'name': "Near"}, {'name': "Far", 'state_ids': [Command.set(self.california.ids)]}])
        self.assertEqual(self._create_order().zone_id, far)
        self.north.area_ids = [Command.create(
            {'state_id': self.california.id, 'zip_from': '941', 'zone_id': near.id})]
        self.assertEqual(self._create_order().zone_id, near)
        self.customer.zip = '90001'
        self.assertEqual(self._create_order().zone_id, far)
