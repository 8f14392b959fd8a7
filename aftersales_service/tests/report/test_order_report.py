from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestOrderReport(AftersalesCommon):
    """The figures, computed by hand. Company days are days in Shanghai, UTC+8."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the figures of the test's own company only
        cls.env.company.partner_id.tz = 'Asia/Shanghai'
        cls.card = cls._create_card()

    def _create_repair(self, reported, done=False, **values):
        order = self.env['aftersales.order'].create({
            'partner_id': self.customer.id, 'type_id': self.type_carry_in.id,
            'warranty_id': self.card.id, 'date_event': reported, **values})
        order.date_done = done
        return order

    def _read(self, orders):
        report = self.env['aftersales.order.report']
        report.invalidate_model()
        return report.search([('order_id', 'in', orders.ids)], order='id')

    def test_hours_and_facts_of_an_order(self):
        order = self._create_repair(
            '2026-02-10 02:00:00', '2026-02-11 08:30:00',
            symptom_id=self.env.ref('aftersales_service.aftersales_diagnosis_code_s21').id)
        order.date_closed = '2026-02-12 02:00:00'
        self.assertRecordValues(self._read(order), [{
            'hours_to_done': 30.5, 'hours_to_close': 48.0, 'product_id': self.conditioner.id,
            'cover_state': 'covered', 'charge_kind': 'free', 'symptom_id': order.symptom_id.id,
            'categ_id': self.conditioner.categ_id.id, 'type_id': self.type_carry_in.id}])

    def test_second_repair_after_30_days_is_a_repeat(self):
        first = self._create_repair('2026-03-01 02:00:00', '2026-03-02 02:00:00')
        second = self._create_repair('2026-04-01 02:00:00', '2026-04-01 03:00:00')
        self.assertRecordValues(self._read(first | second), [
            {'first_time_fix': 0.0, 'repeat_repair': 0.0},
            {'first_time_fix': 1.0, 'repeat_repair': 1.0}])

    def test_second_repair_after_31_days_is_a_new_fault(self):
        first = self._create_repair('2026-03-01 02:00:00', '2026-03-02 02:00:00')
        second = self._create_repair('2026-04-02 02:00:00', '2026-04-02 03:00:00')
        self.assertRecordValues(self._read(first | second), [
            {'first_time_fix': 1.0, 'repeat_repair': 0.0},
            {'first_time_fix': 1.0, 'repeat_repair': 0.0}])

    def test_days_are_days_of_the_company(self):
        """31 March 16:30 UTC is 1 April in Shanghai: 30 days after 2 March, not 29."""
        self.env.company.aftersales_repair_days = 29
        first = self._create_repair('2026-03-01 02:00:00', '2026-03-02 02:00:00')
        second = self._create_repair('2026-03-31 16:30:00')
        self.assertRecordValues(
            self._read(first | second),
            [{'first_time_fix': 1.0, 'repeat_repair': 0.0},
             {'first_time_fix': 0.0, 'repeat_repair': 0.0}])
        self.env.company.partner_id.tz = 'UTC'
        self.assertRecordValues(
            self._read(first | second),
            [{'first_time_fix': 0.0, 'repeat_repair': 0.0},
             {'first_time_fix': 0.0, 'repeat_repair': 1.0}])

    def test_only_repairs_that_happened_are_compared(self):
        first = self._create_repair('2026-03-01 02:00:00', '2026-03-02 02:00:00')
        called_off = self._create_repair('2026-03-05 02:00:00', close_reason="Works again")
        called_off.action_cancel()
        asked = self._create_repair(
            '2026-03-06 02:00:00', type_id=self.type_consultation.id)
        archived = self._create_repair('2026-03-07 02:00:00', active=False)
        other_unit = self._create_repair(
            '2026-03-08 02:00:00', warranty_id=self._create_card(serial='AC-0002').id)
        self.assertFalse(self.env['aftersales.order.report'].search_count(
            [('order_id', '=', archived.id)]))
        self.assertRecordValues(self._read(first | called_off | asked | other_unit), [
            {'first_time_fix': 1.0, 'repeat_repair': 0.0}] + 3 * [
            {'first_time_fix': 0.0, 'repeat_repair': 0.0}])

    def test_rates_leave_out_what_is_not_judged(self):
        """Two finished repairs, one of them held; a consultation weighs nothing."""
        self._create_repair('2026-03-01 02:00:00', '2026-03-02 02:00:00')
        self._create_repair('2026-03-20 02:00:00', '2026-03-21 02:00:00')
        self._create_repair('2026-03-22 02:00:00', type_id=self.type_consultation.id)
        [[count, fixed, repeated]] = self.env['aftersales.order.report']._read_group(
            [('warranty_id', '=', self.card.id)],
            aggregates=['__count', 'first_time_fix:avg', 'repeat_repair:avg'])
        self.assertEqual((count, fixed, repeated), (3, 0.5, 0.5))

    @freeze_time('2027-01-10 02:00:00')
    def test_months_in_service_are_full_on_their_own_date(self):
        """The warranty starts on 10 January."""
        for reported, months in (
                ('2026-01-10 02:00:00', 0), ('2026-02-09 02:00:00', 0),
                ('2026-02-09 17:00:00', 1),  # already the 10th in Shanghai
                ('2026-02-10 02:00:00', 1), ('2027-01-09 02:00:00', 11),
                ('2027-01-10 02:00:00', 12)):
            with self.subTest(reported=reported):
                self.assertEqual(
                    self._read(self._create_repair(reported)).months_in_service, months)

    @freeze_time('2028-03-01 02:00:00')
    def test_amounts_are_what_the_customer_accepted(self):
        order = self._create_repair('2028-03-01 02:00:00')  # out of warranty
        self.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': self.capacitor.id,
            'product_uom_qty': 2.0})
        self.env['aftersales.labour'].create({
            'order_id': order.id, 'product_id': self.hour.id, 'quantity': 1.5})
        order.action_create_quotation()
        order.sale_order_ids.order_line.tax_ids = False
        self.assertRecordValues(
            self._read(order), [{'parts_amount': 0.0, 'labour_amount': 0.0}])
        order.sale_order_ids.action_confirm()
        self.assertRecordValues(
            self._read(order), [{'parts_amount': 100.0, 'labour_amount': 120.0}])

    @users('manager')
    def test_labels_are_in_the_users_language(self):
        self.env['res.lang']._activate_lang('zh_CN')
        report = self.env['aftersales.order.report'].with_context(lang='zh_CN')
        order = self.env['aftersales.order'].with_context(lang='zh_CN')
        for name in ('severity', 'channel', 'cover_state', 'charge_kind'):
            with self.subTest(field=name):
                self.assertEqual(
                    report.fields_get([name])[name]['selection'],
                    order.fields_get([name])[name]['selection'])

    def test_leads_of_the_company_read_it_and_others_do_not(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        mine = self._create_repair('2026-03-01 02:00:00')
        other = self.env['aftersales.order'].create({'company_id': company.id})
        report = self.env['aftersales.order.report'].with_user(self.manager)
        self.assertEqual(
            report.search([('order_id', 'in', (mine | other).ids)]).order_id, mine)
        with self.assertRaises(AccessError):
            report.browse(mine.id).write({'hours_to_done': 1.0})
        for user in (self.agent, self.technician, self.dispatcher, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                report.with_user(user).search([])


@tagged('post_install', '-at_install')
class TestFaultRate(AftersalesCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.tz = 'UTC'
        cls.env['aftersales.order'].search([]).unlink()
        cls.cards = cls.env['aftersales.warranty'].create([
            {'product_id': cls.conditioner.id, 'partner_id': cls.customer.id,
             'serial': f'AC-{number}', 'delivery_date': day}
            for number, day in enumerate(
                ['2026-01-10', '2026-01-10', '2026-02-10', '2026-03-11'], start=1)])
        for card, reported in (
                (cls.cards[0], '2026-01-20 08:00:00'), (cls.cards[1], '2026-02-11 08:00:00'),
                (cls.cards[2], '2026-03-10 08:00:00')):
            cls.env['aftersales.order'].create({
                'warranty_id': card.id, 'type_id': cls.type_on_site.id, 'date_event': reported})

    def _get_rows(self):
        rows = self.env['aftersales.fault.rate'].search(
            [('product_id', '=', self.conditioner.id)], order='months_in_service')
        return [(row.months_in_service, row.units, row.faults, row.rate_per_1000)
                for row in rows]

    @freeze_time('2026-04-10')
    @users('manager')
    def test_units_and_faults_by_month_in_service(self):
        """Ages on 10 April: 3, 3 and 2 whole months, and 0 for the one of 11 March."""
        self.assertEqual(self._get_rows(), [
            (0, 4, 1, 250.0), (1, 3, 2, 2000.0 / 3), (2, 3, 0, 0.0), (3, 2, 0, 0.0)])

    @freeze_time('2026-04-11')
    @users('manager')
    def test_a_unit_counts_from_the_day_it_is_a_month_old(self):
        self.assertEqual(self._get_rows()[1][:3], (1, 4, 2))

    @freeze_time('2026-04-10')
    @users('manager')
    def test_a_group_weighs_by_units(self):
        [[rate]] = self.env['aftersales.fault.rate']._read_group(
            [('product_id', '=', self.conditioner.id)], aggregates=['rate_per_1000:avg'])
        self.assertAlmostEqual(float(rate), 250.0)  # 3 faults in 12 unit-months

    @freeze_time('2026-04-10')
    @users('agent')
    def test_agents_do_not_read_it(self):
        with self.assertRaises(AccessError):
            self.env['aftersales.fault.rate'].search([])

    @freeze_time('2026-04-10')
    def test_rates_stay_in_their_company(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        self._create_card(company_id=company.id, serial='AC-9')
        rates = self.env['aftersales.fault.rate'].with_user(self.manager).search([])
        self.assertEqual(rates.company_id, self.env.company)
