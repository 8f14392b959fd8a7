from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestFaultStatistics(AftersalesCommon):
    """The printed statistics of March 2026, counted by hand; the lead lives in Shanghai."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env['res.company'].create({'name': "Statistics Company"})
        cls.manager.write({
            'company_ids': [(4, cls.company.id)], 'company_id': cls.company.id,
            'tz': 'Asia/Shanghai'})
        code = 'aftersales_service.aftersales_diagnosis_code_{}'.format
        cls.not_cold, cls.leaks = cls.env.ref(code('s21')), cls.env.ref(code('s31'))
        cls.defect = cls.env.ref(code('c11'))
        cls.heater = cls.env['product.product'].create({'name': "Heater"})
        rows = [
            # two faults of the conditioner, done after 10 and 20 hours
            ('2026-03-05 00:00:00', '2026-03-05 10:00:00', cls.conditioner, cls.not_cold),
            ('2026-03-06 00:00:00', '2026-03-06 20:00:00', cls.conditioner, cls.not_cold),
            ('2026-03-07 00:00:00', False, cls.conditioner, cls.leaks),
            # 1 March in Shanghai, and 1 April there
            ('2026-02-28 16:00:00', False, cls.heater, cls.leaks),
            ('2026-03-31 16:00:00', False, cls.heater, cls.leaks),
        ]
        orders = cls.env['aftersales.order'].create([
            {'company_id': cls.company.id, 'date_event': reported, 'product_id': product.id,
             'type_id': cls.type_carry_in.id, 'symptom_id': symptom.id,
             'cause_id': cls.defect.id if symptom == cls.not_cold else False}
            for reported, __, product, symptom in rows])
        for order, (__, done, __, __) in zip(orders, rows, strict=True):
            order.date_done = done
        cls.env['aftersales.order'].create({
            'company_id': cls.company.id, 'date_event': '2026-03-10', 'product_id':
            cls.heater.id, 'type_id': cls.type_consultation.id})

    def _create_wizard(self, **values):
        return self.env['aftersales.fault.statistics'].create({
            'company_id': self.company.id, 'date_from': '2026-03-01', 'date_to': '2026-03-31',
            **values})

    @users('manager')
    def test_rows_of_a_month(self):
        rows = self._create_wizard()._get_rows()
        self.assertEqual(
            [(row['product'], row['symptom'], row['cause'], row['count'], row['percent'],
              row['running_percent'], row['hours']) for row in rows],
            [(self.conditioner, self.not_cold, self.defect, 2, 50.0, 50.0, 15.0),
             (self.conditioner, self.leaks, self.defect.browse(), 1, 25.0, 75.0, None),
             (self.heater, self.leaks, self.defect.browse(), 1, 25.0, 100.0, None)])

    @users('manager')
    def test_products_and_categories_narrow_it(self):
        [row] = self._create_wizard(product_ids=self.heater.ids)._get_rows()
        self.assertEqual((row['product'], row['percent']), (self.heater, 100.0))
        category = self.env['product.category'].sudo().create({'name': "Cold"})
        self.conditioner.categ_id = category
        rows = self._create_wizard(categ_ids=category.ids)._get_rows()
        self.assertEqual({row['product'] for row in rows}, {self.conditioner})

    @users('manager')
    def test_outlets_narrow_and_split_it(self):
        outlet = self.env['aftersales.outlet'].create({
            'name': "North Station", 'partner_id': self.customer.id,
            'company_id': self.company.id})
        outlet.action_activate()
        orders = self.env['aftersales.order'].search(
            [('company_id', '=', self.company.id), ('symptom_id', '=', self.not_cold.id)])
        orders[0].outlet_id = outlet
        [row] = self._create_wizard(outlet_ids=outlet.ids)._get_rows()
        self.assertEqual((row['symptom'], row['count']), (self.not_cold, 1))
        rows = self._create_wizard(is_by_outlet=True)._get_rows()
        self.assertEqual(
            [(row['outlet'], row['count']) for row in rows if row['symptom'] == self.not_cold],
            [(outlet, 1), (outlet.browse(), 1)])
        html = self._render(self._create_wizard(is_by_outlet=True))
        self.assertIn("North Station", html)

    @users('manager')
    def test_paper_shows_the_rows(self):
        html = self._render(self._create_wizard())
        for text in ("Air Conditioner", "S21 Does Not Cool", "C11 Defective Component", "75.0",
                     "Heater", "Statistics Company", "03/01/2026"):
            with self.subTest(text=text):
                self.assertIn(text, html)

    @users('manager')
    def test_empty_period_says_so(self):
        wizard = self._create_wizard(date_from='2019-01-01', date_to='2019-01-31')
        self.assertEqual(wizard.action_print()['report_type'], 'qweb-pdf')
        self.assertIn("No repairs were reported", self._render(wizard))

    def _render(self, wizard):
        return self.env['ir.actions.report']._render_qweb_html(
            'aftersales_service.report_fault_statistics', wizard.ids)[0].decode()

    @users('manager')
    def test_period_must_not_end_before_it_begins(self):
        with self.assertRaisesRegex(UserError, "period"):
            self._create_wizard(date_to='2026-02-01')

    @users('dispatcher')
    def test_only_leads_count(self):
        with self.assertRaises(AccessError):
            self._create_wizard()

    @users('manager')
    def test_each_page_has_its_headings_and_the_last_one_the_total(self):
        products = self.env['product.product'].sudo().create(
            [{'name': f"Heater {number}"} for number in range(20)])
        self.env['aftersales.order'].sudo().create([{
            'company_id': self.company.id, 'date_event': '2026-03-12 12:00:00',
            'product_id': product.id, 'type_id': self.type_carry_in.id} for product in products])
        page = html.fromstring(self.env['ir.actions.report']._render_qweb_html(
            'aftersales_service.report_fault_statistics', self._create_wizard().ids)[0])
        tables = page.xpath("//table[@name='faults']")
        self.assertEqual([len(table.xpath('tbody/tr/td[1]')) for table in tables], [16, 8])
        self.assertEqual([len(table.xpath('thead')) for table in tables], [1, 1])
        self.assertEqual([len(table.xpath('tbody/tr/th[1]')) for table in tables], [0, 1])
        self.assertIn('page-break-before: always', tables[1].get('style'))
