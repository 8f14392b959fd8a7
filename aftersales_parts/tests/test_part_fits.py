from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from odoo.addons.aftersales_service.tests.visit.common import VisitCommon

from .common import PartsCommon


@tagged('post_install', '-at_install')
class TestPartFits(PartsCommon, VisitCommon):
    """Practice case P1: an old board fits units built before May 2023, and three are left."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.machine = cls.conditioner.product_tmpl_id
        cls._add_fit(cls.old_board, position='12', built_to='2023-04-30')
        cls._add_fit(cls.board, position='12', built_from='2022-01-01')
        cls.env['aftersales.part.supersession'].create({
            'old_product_id': cls.old_board.id, 'product_id': cls.board.id,
            'use_up_first': True, 'date': '2023-05-01'})
        cls._stock(cls.old_board, 3)
        cls._stock(cls.board, 10)
        cls.old_unit = cls._open_order('AC-0001', '2023-03-15')
        cls.new_unit = cls._open_order('AC-0002', '2023-08-15')

    @classmethod
    def _add_fit(cls, part, **values):
        return cls.env['aftersales.part.fit'].create({
            'machine_id': cls.machine.id, 'product_id': part.id, **values})

    @classmethod
    def _open_order(cls, serial, built):
        """Return an order that a technician works on, about a unit built on a day."""
        card = cls._create_card(serial=serial, manufacture_date=built)
        order = cls._dispatch(warranty_id=card.id)
        order.visit_ids._set_state('on_site')
        return order

    def _get_offered(self, order, part):
        offers = part._get_offers(order._get_unit(), order._get_parts_location())[part]
        return [(offer.product, offer.kind, offer.free) for offer in offers]

    # === CASE P1 === #

    def test_old_board_is_offered_first_where_it_fits(self):
        both = [(self.old_board, 'use_up', 3.0), (self.board, 'replaces', 10.0)]
        self.assertEqual(self._get_offered(self.old_unit, self.old_board), both)
        self.assertEqual(self._get_offered(self.old_unit, self.board), [
            both[0], (self.board, 'same', 10.0)])

    def test_old_board_is_never_offered_for_a_later_unit(self):
        for part in self.old_board, self.board:
            with self.subTest(part=part.name):
                [(offered, __, __)] = self._get_offered(self.new_unit, part)
                self.assertEqual(offered, self.board)

    def test_old_board_is_not_offered_when_none_is_left(self):
        self._stock(self.old_board, -3)
        self.assertEqual(
            self._get_offered(self.old_unit, self.old_board), [(self.board, 'replaces', 10.0)])

    def test_phone_offers_by_the_unit(self):
        choices = (self.old_unit | self.new_unit)._get_mobile_context()['parts']
        self.assertEqual(
            [(part['id'], part['hint']) for part in choices[self.old_unit]],
            [(self.old_board.id, "use up first, 3 left"), (self.board.id, "replaces PCB-1"),
             (self.compressor.id, "")])  # a main part of the warranty
        self.assertEqual([part['id'] for part in choices[self.new_unit]],
                         [self.board.id, self.compressor.id])

    def test_old_board_of_the_centre_is_requested_first_though_the_van_has_none(self):
        self._create_van()
        order, unit = self.old_unit, self.old_unit._get_unit()
        [old, new, *__] = order._get_mobile_context()['parts'][order]
        self.assertEqual((old['id'], old['free'], old['hint']),
                         (self.old_board.id, 0.0, "use up first, 3 in the store"))
        self.assertEqual(new['id'], self.board.id)
        self.assertEqual(self.new_unit._get_mobile_context()['parts'][self.new_unit][0]['id'],
                         self.board.id)
        # the desk: a line of the order, and a line of a request
        moves = self.env['stock.move'].create([
            {'aftersales_order_id': order.id, 'product_id': part.id}
            for part in (self.old_board, self.board)])
        self.assertFalse(moves[0].aftersales_part_hint)
        self.assertEqual(moves[1].aftersales_offered_part_ids, self.old_board)
        moves[1].action_use_offered_part()
        self.assertEqual(moves[1].product_id, self.old_board)
        request = self.env['aftersales.part.request'].create({'order_id': order.id, 'line_ids': [
            (0, 0, {'product_id': part.id}) for part in (self.old_board, self.board)]})
        self.assertEqual([line.current_product_id for line in request.line_ids],
                         [self.old_board.browse(), self.old_board])
        # what lies in the van of somebody else is not offered
        self._stock(self.old_board, -3)
        self._stock(self.old_board, 3, self._create_van(self.other_technician))
        self.assertEqual([offer.kind for offer in self.board._get_offers(
            unit, order._get_parts_sources())[self.board]], ['same'])

    def test_old_number_is_bought_for_units_that_the_new_one_does_not_fit(self):
        self.old_board.product_tmpl_id.is_storable = True
        self.env['aftersales.part.fit'].search(
            [('product_id', '=', self.board.id)]).built_from = '2023-05-01'

        def ask(order):
            self.env['aftersales.part.request'].create({'order_id': order.id, 'line_ids': [
                (0, 0, {'product_id': self.old_board.id, 'quantity': 5})]}).action_request()

        ask(self.old_unit)
        with self.assertRaisesRegex(UserError, "3 are left: request no more"):
            ask(self.new_unit)

    @classmethod
    def _create_van(cls, technician=None):
        technician = technician or cls.technician
        return cls.env['stock.location'].create({
            'name': technician.name, 'location_id': cls.stock_location.location_id.id,
            'aftersales_technician_id': technician.id})

    def test_part_that_was_used_on_an_older_unit_is_not_suggested_for_a_later_one(self):
        self.env['stock.move'].create([
            {'aftersales_order_id': self.old_unit.id, 'product_id': part.id,
             'product_uom_qty': 1.0} for part in (self.capacitor, self.old_board)])
        choices = self.new_unit._get_part_suggestions()[self.new_unit]
        self.assertEqual([part['id'] for part in choices], [
            self.board.id, self.capacitor.id, self.compressor.id])

    def test_orders_of_a_phone_share_their_queries(self):
        few = self.old_unit
        many = few | self.new_unit | self._open_order('AC-0003', '2023-01-01')
        self._count_queries(many._get_part_suggestions)  # what the registry keeps
        # beside where the parts of each order lie, which is asked order by order
        places = self._count_queries(
            lambda: [order._get_parts_location() for order in many])
        self.assertLessEqual(
            self._count_queries(many._get_part_suggestions),
            self._count_queries(few._get_part_suggestions) + places)

    # === THE CATALOG === #

    def _open_catalog(self, order):
        """Return what the catalog of the order's repair shows, as its page reads it."""
        self.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': self.capacitor.id,
            'product_uom_qty': 1.0})
        action = order.repair_ids.with_user(self.technician).action_add_from_catalog()
        self.assertEqual(action['context']['search_default_fits'], 1)
        products = self.env['product.product'].with_user(self.technician).with_context(
            **action['context'])
        return products.search(action['domain']), products.search(
            [*action['domain'], ('id', 'in', action['context']['catalog_fitting_product_ids'])])

    def test_catalog_shows_what_fits_and_never_what_does_not(self):
        everything, fitting = self._open_catalog(self.new_unit)
        self.assertEqual(fitting, self.board)
        self.assertNotIn(self.old_board, everything)
        self.assertIn(self.capacitor, everything)
        self.assertEqual(self._open_catalog(self.old_unit)[1], self.board | self.old_board)

    def test_catalog_of_many_parts_costs_the_queries_of_few(self):
        self.env['stock.move'].create({
            'aftersales_order_id': self.new_unit.id, 'product_id': self.capacitor.id,
            'product_uom_qty': 1.0})
        repair = self.new_unit.repair_ids
        self._count_queries(repair.action_add_from_catalog)  # what the registry keeps
        few = self._count_queries(repair.action_add_from_catalog)
        for part in self._create_parts(*(f'cat{number}' for number in range(30))):
            self._add_fit(part)
        self._count_queries(repair.action_add_from_catalog)
        self.assertLessEqual(self._count_queries(repair.action_add_from_catalog), few)
        self.assertLessEqual(few, 25)

    def test_catalog_of_a_machine_without_fits_is_cores(self):
        self.machine.machine_fit_ids.unlink()
        self.env['stock.move'].create({
            'aftersales_order_id': self.new_unit.id, 'product_id': self.capacitor.id,
            'product_uom_qty': 1.0})
        action = self.new_unit.repair_ids.action_add_from_catalog()
        self.assertNotIn('search_default_fits', action['context'])

    # === THE DESK === #

    @users('technician')
    def test_one_click_exchanges_an_old_number(self):
        self._stock(self.old_board, -3)
        order = self.old_unit.with_env(self.env)
        with Form(order) as form, form.part_ids.new() as line:
            line.product_id = self.old_board
            line.product_uom_qty = 2
        part = order.part_ids
        self.assertEqual(part.product_id, self.old_board)  # never silently
        self.assertRecordValues(part, [{
            'aftersales_part_hint': f"Replaced by {self.board.display_name}",
            'aftersales_offered_part_ids': self.board.ids}])
        part.action_use_offered_part()
        self.assertRecordValues(order.part_ids, [{
            'product_id': self.board.id, 'product_uom_qty': 2.0, 'aftersales_part_hint': False}])
        with self.assertRaisesRegex(UserError, "is the current part"):
            order.part_ids.action_use_offered_part()

    def test_cover_is_that_of_the_part_that_is_taken(self):
        # the whole unit had 12 months, its compressor has 36
        card = self._create_card(serial='AC-0009', delivery_date='2024-06-01')
        order = self._dispatch(warranty_id=card.id, date_event='2026-06-01 12:00:00')
        self.env['aftersales.part.supersession'].create({
            'old_product_id': self.capacitor.id, 'product_id': self.compressor.id,
            'date': '2020-01-01'})
        part = self.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': self.capacitor.id})
        self.assertFalse(part.is_aftersales_covered)
        part.action_use_offered_part()
        self.assertRecordValues(part, [{
            'product_id': self.compressor.id, 'is_aftersales_covered': True}])

    def test_kit_takes_the_place_of_one_part(self):
        self.env['aftersales.part.supersession'].create([
            {'old_product_id': self.capacitor.id, 'product_id': part.id, 'kind': 'kit',
             'quantity': quantity, 'date': '2020-01-01'}
            for part, quantity in ((self.compressor, 1), (self.board, 2))])
        part = self.env['stock.move'].create({
            'aftersales_order_id': self.new_unit.id, 'product_id': self.capacitor.id,
            'product_uom_qty': 3.0})
        part.action_use_offered_part()
        self.assertEqual(
            [(move.product_id, move.product_uom_qty) for move in self.new_unit.part_ids],
            [(self.compressor, 3.0), (self.board, 6.0)])

    def test_new_number_points_at_what_is_to_be_used_up(self):
        part = self.env['stock.move'].create({
            'aftersales_order_id': self.old_unit.id, 'product_id': self.board.id})
        self.assertRecordValues(part, [{
            'aftersales_part_hint': f"{self.old_board.display_name} is to be used up first",
            'aftersales_offered_part_ids': self.old_board.ids}])

    @users('agent')
    def test_desk_without_stock_rights_reads_the_note(self):
        part = self.env['stock.move'].sudo().create({
            'aftersales_order_id': self.old_unit.id, 'product_id': self.board.id})
        self.assertIn("is to be used up first", part.sudo(False).aftersales_part_hint)
        with self.assertRaises(AccessError):
            part.sudo(False).action_use_offered_part()

    def test_part_that_does_not_fit_is_flagged(self):
        part = self.env['stock.move'].create({
            'aftersales_order_id': self.new_unit.id, 'product_id': self.old_board.id})
        self.assertIn("Does not fit this unit (AC-0002, built", part.aftersales_part_hint)
        self.assertEqual(part.aftersales_offered_part_ids, self.board)

    # === THE PHONE === #

    def _scan(self, order, code):
        return order.visit_ids._find_part(order, {'code': code})

    def test_scanned_old_number_is_taken_where_it_is_at_hand(self):
        self.assertEqual(self._scan(self.old_unit, 'PCB-1'), self.old_board)

    def test_scanned_old_number_that_is_not_at_hand_names_the_current_one(self):
        self._stock(self.old_board, -3)
        with self.assertRaisesRegex(UserError, r"was replaced and is not at hand.*PCB-2"):
            self._scan(self.old_unit, 'PCB-1')

    def test_scanned_part_that_does_not_fit_is_refused(self):
        with self.assertRaisesRegex(UserError, r"does not fit this unit: choose .*PCB-2"):
            self._scan(self.new_unit, 'PCB-1')
        self.assertEqual(self._scan(self.new_unit, 'PCB-2'), self.board)

    # === BAD INPUT === #

    def test_ranges_that_contradict_are_refused(self):
        for message, values in (
                ("ends before it begins", {'built_from': '2023-05-01', 'built_to': '2023-04-30'}),
                ("stands before the first", {'serial_from': 'AC-0500', 'serial_to': 'AC-0001'}),
                ("differ in length", {'serial_from': 'AC-1', 'serial_to': 'AC-10'})):
            with self.subTest(message), self.assertRaisesRegex(ValidationError, message):
                self._add_fit(self.capacitor, **values)

    def test_one_part_twice_at_one_position_for_the_same_units_is_refused(self):
        self._add_fit(self.capacitor, position='3', serial_to='AC-0100')
        self._add_fit(self.capacitor, position='4', serial_to='AC-0100')
        self._add_fit(self.capacitor, position='3', serial_from='AC-0101')
        with self.assertRaisesRegex(ValidationError, "stands twice"):
            self._add_fit(self.capacitor, position='3', serial_from='AC-0100')

    def test_machine_is_no_part_of_itself(self):
        with self.assertRaisesRegex(ValidationError, "part of itself"):
            self._add_fit(self.conditioner)

    @mute_logger('odoo.sql_db')
    def test_quantity_above_zero(self):
        with self.assertRaises(CheckViolation):
            self._add_fit(self.capacitor, quantity=0)

    @users('planner')
    def test_planner_writes_fits(self):
        self.env['aftersales.part.fit'].create({
            'machine_id': self.machine.id, 'product_id': self.capacitor.id})

    @users('storekeeper', 'technician', 'agent')
    def test_others_only_read_fits(self):
        fit = self.env['aftersales.part.fit'].search([('product_id', '=', self.board.id)])
        self.assertEqual(fit.position, '12')
        with self.assertRaises(AccessError):
            fit.position = '13'

    # === SCREENS === #

    @users('agent', 'storekeeper', 'planner')
    def test_screens_open_for_each_role(self):
        part, machine = (product.product_tmpl_id.with_env(self.env)
                         for product in (self.board, self.conditioner))
        for record, names in ((part, ('fit_count', 'supersession_count', 'part_class')),
                              (machine, ('machine_fit_count', 'machine_fit_ids'))):
            record.get_views([(False, 'form'), (False, 'list'), (False, 'search')])
            record.read([*names, 'criticality', 'keep_until', 'storage_hint'])
        self.assertEqual(
            (part.fit_count, part.supersession_count, machine.machine_fit_count), (1, 1, 2))
        buttons = ((part, 'action_view_fits'), (part, 'action_view_supersessions'),
                   (machine, 'action_view_machine_parts'))
        # the form of a variant has the buttons of its template too
        for record, name in (*buttons, *(
                (record.product_variant_id, name) for record, name in buttons)):
            action = getattr(record, name)()
            self.assertTrue(self.env[action['res_model']].search_count(action['domain']))

    # === LIFE === #

    @users('planner')
    def test_parts_are_kept_five_years_after_the_end_of_production(self):
        self.machine.with_env(self.env).production_end_date = '2025-06-30'
        self.assertEqual(str(self.board.keep_until), '2030-06-30')
        # never shortened
        self.machine.with_env(self.env).production_end_date = '2024-06-30'
        self.assertEqual(str(self.board.keep_until), '2030-06-30')
