from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from .common import PartsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-06-10 08:00:00')
class TestPartCare(PartsCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['stock.quant'].search([]).product_id.is_spare_part = False
        cls.shelf = cls.env['stock.location'].create({
            'name': "Shelf 1", 'location_id': cls.stock_location.id, 'usage': 'internal'})
        cls.shaft, cls.seal = cls._create_parts('shaft', 'seal')
        cls.shaft.write({'rust_class': 'bare', 'storage_hint': "Dry, oiled"})
        cls.seal.shelf_life_months = 12

    def _run(self, name, day='2026-06-10'):
        with freeze_time(f'{day} 08:00:00'), self.enter_registry_test_mode():
            self.env.ref(f'aftersales_parts.ir_cron_parts_{name}').sudo().method_direct_trigger()
        self.env.invalidate_all()

    def _get_rounds(self):
        kinds = self.shelf.activity_ids.mapped('activity_type_id.name')
        return sorted(kinds)

    # === ROUNDS === #

    def test_bare_metal_is_checked_each_quarter_and_oiled_each_half_year(self):
        self._stock(self.shaft, 4, self.shelf)
        self._run('care')
        self.assertEqual(self._get_rounds(), ["Oiling", "Rust Check"])
        self.assertRecordValues(self.shelf, [{
            'date_rust_check': date(2026, 9, 10), 'date_rust_oil': date(2026, 12, 10)}])
        activity = self.shelf.activity_ids[0]
        self.assertEqual(activity.date_deadline, date(2026, 6, 24))
        self.assertIn("[SHAFT] shaft: 4 (Dry, oiled)", activity.note)
        self.shelf.activity_ids.action_done()
        self._run('care', '2026-06-11')
        self.assertEqual(self._get_rounds(), [])
        self._run('care', '2026-09-10')
        self.assertEqual(self._get_rounds(), ["Rust Check"])

    def test_coated_parts_are_checked_and_not_oiled(self):
        self.shaft.rust_class = 'coated'
        self._stock(self.shaft, 4, self.shelf)
        self._run('care')
        self.assertEqual(self._get_rounds(), ["Rust Check"])

    def test_shelf_life_asks_sixty_days_before_its_end(self):
        self._stock(self.seal, 2, self.shelf)
        quant = self.env['stock.quant'].search([('product_id', '=', self.seal.id)])
        quant.in_date = '2025-09-01 08:00:00'  # too old on 1 September 2026
        self._run('care', '2026-07-02')
        self.assertEqual(self._get_rounds(), [])
        self._run('care', '2026-08-02')
        self.assertEqual(self._get_rounds(), ["Shelf Life Check"])

    def test_place_without_parts_that_need_care_gets_no_round(self):
        self._stock(self.board, 5, self.shelf)
        self._run('care')
        self.assertEqual(self._get_rounds(), [])

    def test_van_is_cared_for_by_its_technician(self):
        self.shelf.aftersales_technician_id = self.technician
        self._stock(self.shaft, 1, self.shelf)
        self._run('care')
        self.assertEqual(self.shelf.activity_ids.user_id, self.technician)

    @users('storekeeper')
    def test_storekeeper_reads_when_a_round_is_due(self):
        self.assertFalse(self.shelf.with_env(self.env).date_rust_check)

    # === LABELS === #

    def test_storage_hint_stands_on_the_labels(self):
        self.shelf.write({'storage_hint': "Humidity up to 60 %", 'barcode': False})
        html, __ = self.env['ir.actions.report']._render_qweb_html(
            'stock.report_location_barcode', self.shelf.ids)
        self.assertIn("Humidity up to 60 %", html.decode())
        html = self.env['ir.qweb']._render('product.report_simple_label2x7', {
            'product': self.shaft, 'table_style': '', 'make_invisible': False, 'barcode': False,
            'extra_html': '', 'pricelist': self.env['product.pricelist'].create({'name': "P"})})
        self.assertIn("Dry, oiled", html)

    # === LAST BUY === #

    def test_planner_is_asked_ninety_days_before_the_last_order(self):
        self.shaft.date_last_order = date(2026, 6, 10) + timedelta(days=91)
        self.shaft.responsible_id = self.planner
        self._run('last_buy')
        self.assertFalse(self.shaft.activity_ids)
        self._run('last_buy', '2026-06-11')
        activity = self.shaft.product_tmpl_id.activity_ids
        self.assertRecordValues(activity, [{
            'user_id': self.planner.id, 'date_deadline': date(2026, 9, 9),
            'activity_type_id': self.env.ref(
                'aftersales_parts.mail_activity_type_last_buy').id}])
        self._run('last_buy', '2026-06-12')
        self.assertEqual(len(self.shaft.product_tmpl_id.activity_ids), 1)

    def test_planner_reads_the_activity_in_the_planners_language(self):
        self.env['res.lang']._activate_lang('fr_FR')
        kind = self.env.ref('aftersales_parts.mail_activity_type_last_buy')
        kind.with_context(lang='fr_FR').summary = "Dernier achat"
        self.planner.lang = 'fr_FR'
        self.shaft.write({'date_last_order': '2026-07-01', 'responsible_id': self.planner.id})
        self._run('last_buy')
        self.assertEqual(self.shaft.product_tmpl_id.activity_ids.summary, "Dernier achat")

    def test_another_day_asks_again(self):
        self.shaft.date_last_order = '2026-07-01'
        self._run('last_buy')
        self.shaft.product_tmpl_id.activity_ids.action_done()
        self.shaft.date_last_order = '2026-07-15'
        self._run('last_buy')
        self.assertEqual(len(self.shaft.product_tmpl_id.activity_ids), 1)

    @users('storekeeper')
    def test_storekeeper_writes_no_part(self):
        with self.assertRaises(AccessError):
            self.shaft.with_env(self.env).criticality = 'vital'
