from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import PartsCommon


@tagged('post_install', '-at_install')
class TestPartsLocation(PartsCommon):
    """Parts come from the technician's van, else the outlet's store, else the warehouse."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        location = cls.env['stock.location']
        cls.van, cls.store = location.create([
            {'name': name, 'location_id': cls.stock_location.location_id.id}
            for name in ("Van", "Store")])
        cls.outlet = cls.env['aftersales.outlet'].create({
            'name': "East", 'stock_location_id': cls.store.id,
            'partner_id': cls.env['res.partner'].create({'name': "East"}).id,
            'member_ids': [Command.set(cls.technician.ids)]})
        quants = cls.env['stock.quant']
        for place in cls.van, cls.store:
            quants._update_available_quantity(cls.capacitor, place, 5)

    def _get_stock(self):
        """Return what lies in van, store and warehouse."""
        return [self.env['stock.quant']._get_available_quantity(
            self.capacitor, place, strict=True)
            for place in (self.van, self.store, self.stock_location)]

    def _finish(self):
        self.order.sudo()._finish_repairs()

    def test_parts_of_a_van(self):
        self.van.aftersales_technician_id = self.technician
        self.outlet.keeps_stock = True
        self.order.outlet_id = self.outlet
        part = self._add_part(self.capacitor)
        self.assertEqual(part.repair_id.location_id, self.van)
        self.assertEqual(part.aftersales_available, 5.0)
        self._finish()
        self.assertEqual(self._get_stock(), [4.0, 5.0, 20.0])

    def test_parts_of_an_outlet_that_keeps_stock(self):
        self.order.outlet_id = self.outlet
        self.assertEqual(self.order._get_parts_location(), self.stock_location)
        self.outlet.keeps_stock = True
        self._add_part(self.capacitor)
        self._finish()
        self.assertEqual(self._get_stock(), [5.0, 4.0, 20.0])

    def test_parts_of_the_warehouse(self):
        part = self._add_part(self.capacitor)
        # what van and store beside it hold is not within reach
        self.assertEqual(part.aftersales_available, 20.0)
        self._finish()
        self.assertEqual(self._get_stock(), [5.0, 5.0, 19.0])

    def test_parts_follow_technician_and_outlet(self):
        self.outlet.keeps_stock = True
        self.order.technician_id = self.manager
        part = self._add_part(self.capacitor)
        self.assertEqual(part.location_id, self.stock_location)
        self.van.aftersales_technician_id = self.technician
        self.order.with_user(self.dispatcher).technician_id = self.technician
        self.assertEqual((part.location_id, part.aftersales_available), (self.van, 5.0))
        self.van.aftersales_technician_id = False
        self.order.with_user(self.dispatcher).outlet_id = self.outlet
        self.assertEqual(part.location_id, self.store)

    def test_old_parts_go_where_the_new_ones_came_from(self):
        self.van.aftersales_technician_id = self.technician
        for kind in ('remove', 'recycle'):
            self._add_part(self.capacitor, repair_line_type=kind)
        self.assertEqual(self.order.part_ids.location_dest_id, self.van)
        self._finish()
        self.assertEqual(self._get_stock(), [7.0, 5.0, 20.0])

    def test_agents_see_what_is_there(self):
        self.van.aftersales_technician_id = self.technician
        part = self._add_part(self.capacitor)
        self.order.user_id = self.agent
        part = self.order.with_user(self.agent).part_ids
        self.assertEqual(part.aftersales_available, 5.0)
        self.assertEqual(part.sudo()._prepare_mobile_part()['available'], 5.0)

    def test_van_is_internal_and_its_technicians_alone(self):
        with self.assertRaisesRegex(ValidationError, "cannot be a van"), self.cr.savepoint():
            self.env.ref('stock.stock_location_customers').aftersales_technician_id = (
                self.technician)
        self.van.aftersales_technician_id = self.technician
        with self.assertRaisesRegex(ValidationError, "has the van"), self.cr.savepoint():
            self.store.aftersales_technician_id = self.technician
