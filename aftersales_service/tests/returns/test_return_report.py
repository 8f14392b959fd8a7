from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged, users

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestReturnReport(ReturnsCommon):
    """Deliveries and returns side by side, and the printed statistics."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.conditioner.default_code = 'AC-3000'
        cls._sell_units(['R-1', 'R-2', 'R-3', 'R-4'])

    def _settle(self, card, **values):
        record = self._create_return(self.sale, card, **values)
        self._walk_to_inspected(record)
        record.action_settle()
        return record

    def _create_wizard(self, **values):
        return self.env['aftersales.return.statistics'].create({
            'date_from': '2026-01-01', 'date_to': '2026-01-31',
            'product_ids': self.conditioner.ids, **values})

    @users('lead')
    def test_rates_of_a_product(self):
        self._settle(self.cards[0])
        refused = self._create_return(self.sale, self.cards[1])
        refused.close_reason = "Not ours"
        refused.action_refuse()
        [(delivered, returned, rate, recovery)] = self.env[
            'aftersales.return.report']._read_group(
                [('product_id', '=', self.conditioner.id)], [],
                ['delivered:sum', 'returned:sum', 'return_rate:avg', 'recovery_rate:avg'])
        self.assertEqual((delivered, returned, rate), (4.0, 1.0, 25.0))
        self.assertAlmostEqual(recovery, 89.88, 2)

    @users('lead')
    def test_values_stand_in_the_currency_of_the_company(self):
        self._settle(self.cards[0])
        report = self.env['aftersales.return.report']
        values = ['price', 'refund', 'settled', 'recovered']
        self.assertEqual(
            {field['type'] for field in report.fields_get(values, ['type']).values()},
            {'monetary'})
        [(value, currencies)] = report._read_group(
            [('product_id', '=', self.conditioner.id)], [],
            ['price:sum', 'currency_id:recordset'])
        self.assertEqual((value, currencies), (3000.0, self.env.company.currency_id))

    @users('lead')
    def test_rate_of_a_serial_number(self):
        self._create_return(self.sale, self.cards[0])
        rates = dict(self.env['aftersales.return.report']._read_group(
            [('product_id', '=', self.conditioner.id)], ['lot_id'], ['return_rate:avg']))
        self.assertEqual(rates[self.cards[0].lot_id], 100.0)
        self.assertEqual(rates[self.cards[1].lot_id], 0.0)

    @users('lead')
    def test_goods_sent_back_are_no_new_sale(self):
        record = self._create_return(self.sale, self.cards[0])
        record.action_authorise()
        self._receive(record)
        self._inspect(record, 'D', is_accepted=False)
        record.action_settle()
        record.sudo().picking_ids.filtered(
            lambda picking: picking.picking_type_code == 'outgoing').button_validate()
        [counts] = self.env['aftersales.return.report']._read_group(
            [('product_id', '=', self.conditioner.id)], [], ['delivered:sum', 'returned:sum'])
        self.assertEqual(counts, (4.0, 0.0))

    @users('lead')
    def test_statistics_of_a_month(self):
        self._settle(self.cards[0])
        self._settle(self.cards[1], kind='exchange')
        self._create_return(self.sale, self.cards[2], reason=self.unwanted)
        wizard = self._create_wizard()
        [row] = wizard._get_rows()
        self.assertEqual(
            (row['delivered'], row['returned'], row['exchanged'], row['value'], row['rate'],
             row['reasons'][self.faulty], row['reasons'][self.unwanted], row['responsible']),
            (4.0, 3.0, 1.0, 9000.0, 75.0, 2.0, 1.0, "Maker and Customer"))
        self.assertEqual(wizard._get_reasons(), self.faulty | self.unwanted)
        html = str(self.env['ir.actions.report']._render_qweb_html(
            'aftersales_service.report_return_statistics', wizard.ids)[0])
        for text in ("AC-3000", "Faulty", "9,000.00", "75.0"):
            with self.subTest(text=text):
                self.assertIn(text, html)
        self.assertFalse(self._create_wizard(
            date_from='2026-02-01', date_to='2026-02-28')._get_rows())

    @users('lead')
    def test_period_that_ends_before_it_begins(self):
        with self.assertRefused("must not end before it begins"):
            self._create_wizard(date_from='2026-02-01')

    @users('agent')
    def test_agents_see_no_statistics(self):
        with self.assertRaises(AccessError):
            self.env['aftersales.return.report'].search([])

    @users('lead')
    def test_label_and_slip(self):
        record = self._settle(self.cards[0], description="It hums")
        for report, texts in (
                ('report_return_label', (record.rma, "R-1", "Freight is paid by the addressee")),
                ('report_return_slip', (record.name, "It hums", "Art. 9", "3,000.00"))):
            html = str(self.env['ir.actions.report']._render_qweb_html(
                f'aftersales_service.{report}', record.ids)[0])
            for text in texts:
                with self.subTest(report=report, text=text):
                    self.assertIn(text, html)

    def test_label_is_not_printed_before_the_return_is_authorised(self):
        record = self._create_return(self.sale, self.cards[0])
        self.assertEqual(record.state, 'request')
        with self.assertRaisesRegex(UserError, "Authorise these returns"):
            self.env['ir.actions.report']._render_qweb_html(
                'aftersales_service.report_return_label', record.ids)
