from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import CostCommon


@tagged('post_install', '-at_install')
class TestCostRate(CostCommon):

    @users('manager')
    def test_rate_by_pool_and_by_time(self):
        rates = self._create_rates(self.env)
        self.assertEqual([round(rate.rate, 4) for rate in rates], [15.0, 12.0, 0.5])

    @users('manager')
    def test_two_rates_of_one_day_are_refused(self):
        self._create_rate(self.authorise, self.env, date_from='2026-01-01', date_to='2026-06-30')
        with self.assertRaisesRegex(ValidationError, "has a rate from"), self.cr.savepoint():
            self._create_rate(
                self.authorise, self.env, date_from='2026-06-30', date_to='2026-12-31')
        later = self._create_rate(
            self.authorise, self.env, date_from='2026-07-01', date_to='2026-12-31')
        self.assertTrue(later)
        with self.assertRaisesRegex(ValidationError, "has a rate from"):
            later.date_from = '2026-06-01'

    @users('manager')
    def test_pool_without_capacity_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "practical capacity"):
            self._create_rate(self.authorise, self.env, capacity=0.0)

    @users('manager')
    def test_negative_amounts_are_refused(self):
        with mute_logger('odoo.sql_db'), self.assertRaises(IntegrityError):
            self._create_rate(self.authorise, self.env, pool_cost=-1.0)
            self.env.flush_all()

    @users('lead')
    def test_lead_reads_rates_but_does_not_set_them(self):
        self.assertTrue(self.env['aftersales.cost.activity'].search([]))
        with self.assertRaises(AccessError):
            self._create_rate(self.authorise, self.env)


@tagged('post_install', '-at_install')
class TestCostLine(CostCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rates = cls._create_rates()

    def test_done_pickup_is_charged_by_its_drivers(self):
        order = self._create_pickup().with_user(self.technician)
        self._move_to(order, 'done')
        lines = order.with_user(self.lead).cost_line_ids
        self.assertEqual(
            {line.activity_id: (line.quantity, line.amount) for line in lines},
            {self.authorise: (1.0, 15.0), self.pick_up: (1.0, 12.0), self.dispose: (40.0, 20.0)})

    def test_other_types_are_not_charged(self):
        order = self._create_order(type_id=self.type_on_site.id)
        self._move_to(order, 'done')
        self.assertFalse(order.cost_line_ids)

    def test_charging_twice_charges_once(self):
        order = self._create_pickup()
        order._propose_costs()
        order._propose_costs()
        self.assertEqual(len(order.cost_line_ids), 3)

    def test_queries_do_not_grow_with_the_orders(self):
        few = self.env['aftersales.order'].create(
            [{'type_id': self.type_pickup.id, 'product_id': self.conditioner.id}
             for __ in range(2)])
        many = self.env['aftersales.order'].create(
            [{'type_id': self.type_pickup.id, 'product_id': self.conditioner.id}
             for __ in range(20)])
        few[:1]._propose_costs()
        counts = []
        for orders in (few[1:], many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders._propose_costs()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    @users('lead')
    def test_recovered_value_counts_against_the_costs(self):
        order = self._create_pickup()
        order.action_view_costs()
        self.env['aftersales.cost.line'].create([
            {'res_model': order._name, 'res_id': order.id, 'kind': kind, 'unit_cost': amount}
            for kind, amount in (('material', 4.0), ('freight', 6.0), ('recovered', 30.0))])
        self.assertEqual(sum(order.cost_line_ids.mapped('amount')), 27.0)

    @users('lead')
    def test_lines_keep_the_rate_they_were_charged_at(self):
        order = self._create_pickup()
        order._propose_costs()
        self.rates[0].pool_cost = 24_000.0
        line = order.cost_line_ids.filtered(lambda line: line.activity_id == self.authorise)
        self.assertEqual((line.unit_cost, self.rates[0].rate), (15.0, 30.0))
        self.assertEqual(self.rates[0].with_user(self.env.user).used_quantity, 1.0)

    @users('lead')
    def test_costs_of_what_is_no_return_are_refused(self):
        for model in ('res.users', 'no.such.model'):
            with self.assertRaisesRegex(ValidationError, "belong to a return"), (
                    self.cr.savepoint()):
                self.env['aftersales.cost.line'].create({
                    'res_model': model, 'res_id': 1, 'activity_id': self.authorise.id})

    def test_lines_name_order_and_card(self):
        card = self._create_card()
        order = self._create_pickup(warranty_id=card.id)
        lines = self.env['aftersales.cost.line'].with_user(self.lead)
        for kind in ('labour', 'visit', 'compensation', 'discount'):
            line = lines.with_context(default_res_model=order._name).create(
                {'res_id': order.id, 'kind': kind, 'unit_cost': 12.0})
            self.assertEqual(
                (line.order_id, line.warranty_id, line.amount), (order, card, 12.0))
        order.sudo()._propose_costs()
        company = self.env['res.company'].create({'name': "Second Company"})
        foreign = self.env['aftersales.order'].create({
            'company_id': company.id, 'partner_id': self.customer.id})
        with self.assertRaises(UserError), self.cr.savepoint():
            line.order_id = foreign
        kinds = dict(self.env['aftersales.cost.report'].fields_get(['kind'])['kind']['selection'])
        self.assertEqual(kinds['discount'], "Discount")

    @users('agent')
    def test_agent_sees_no_costs(self):
        order = self._create_pickup()
        order.sudo()._propose_costs()
        for read in (
                lambda: order.cost_line_ids, order.action_view_costs,
                lambda: self.env['aftersales.cost.line'].search([]),
                lambda: self.env['aftersales.cost.report'].search([]),
                lambda: self.env['aftersales.cost.scenario'].search([])):
            with self.assertRaises(AccessError):
                read()

    def test_costs_go_with_their_record(self):
        order = self._create_pickup()
        lines = order._propose_costs()
        order.unlink()
        self.assertFalse(lines.exists())

    @users('lead')
    def test_analysis_by_product_customer_and_reason(self):
        cause = self.env['aftersales.diagnosis.code'].search([('kind', '=', 'cause')], limit=1)
        for __ in range(2):
            self._create_pickup(cause_id=cause.id)._propose_costs()
        self.env.flush_all()
        [(product, customer, reason, amount, returns)] = self.env[
            'aftersales.cost.report']._read_group(
                [('product_id', '=', self.conditioner.id)],
                ['product_id', 'partner_id', 'reason'], ['amount:sum', 'return_count:sum'])
        self.assertEqual(
            (product, customer, reason), (self.conditioner, self.customer, cause.name))
        self.assertAlmostEqual(amount, 94.0)
        self.assertAlmostEqual(returns, 2.0)

    def test_other_company_sees_none_of_it(self):
        self._create_pickup()._propose_costs()
        company = self.env['res.company'].create({'name': "Second"})
        self.lead.write({'company_ids': [(4, company.id)], 'company_id': company.id})
        lead = self.env(user=self.lead, context={'allowed_company_ids': company.ids})
        for model in ('line', 'rate', 'report'):
            self.assertFalse(lead[f'aftersales.cost.{model}'].search([]))


@tagged('post_install', '-at_install')
class TestCostScenario(CostCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_rates()
        orders = cls.env['aftersales.order'].create([
            {'type_id': cls.type_pickup.id, 'product_id': cls.conditioner.id,
             'partner_id': cls.customer.id} for __ in range(10)])
        orders._propose_costs()

    def _create_scenario(self, **values):
        return self.env['aftersales.cost.scenario'].create({
            'name': "Next year", 'date_from': '2020-01-01', 'date_to': '2039-12-31',
            'joint_fixed': 3000.0, 'joint_share': 10.0, 'joint_variable': 20.0,
            'outsourced_base': 20.0, 'outsourced_fee': 40.0, 'outsourced_percent': 2.0,
            'unit_value': 300.0, **values})

    @users('lead')
    def test_own_way_is_what_was_recorded(self):
        scenario = self._create_scenario()
        self.assertRecordValues(scenario, [{
            'recorded_quantity': 10, 'quantity': 10, 'recorded_activity': 470.0,
            'recorded_fixed': 60.0, 'recorded_direct': 0.0, 'own_total': 470.0,
            'joint_total': 500.0, 'outsourced_total': 480.0, 'best_way': 'own'}])

    @users('lead')
    def test_break_even_says_from_which_number_on(self):
        scenario = self._create_scenario()
        # 60 + 41 n = 300 + 20 n at 11.4; the contractor has the lower base but asks more
        self.assertEqual(scenario.joint_break_even, "Joint from 12 returns on")
        self.assertEqual(scenario.outsourced_break_even, "Own from 8 returns on")

    @users('lead')
    def test_what_if_changes_the_lowest_cost(self):
        scenario = self._create_scenario(quantity=40)
        self.assertEqual((scenario.best_way, scenario.recorded_quantity), ('joint', 10))
        self.assertEqual(max(scenario.line_ids.mapped('quantity')), 80)
        scenario.quantity = 100
        self.assertEqual(max(scenario.line_ids.mapped('quantity')), 200)
        scenario.action_read_costs()
        self.assertEqual(scenario.quantity, 10)

    @users('lead')
    def test_scenario_without_records_compares_the_offers(self):
        scenario = self._create_scenario(
            date_from='2001-01-01', date_to='2001-12-31', quantity=100)
        self.assertEqual(
            (scenario.own_total, scenario.best_way, scenario.joint_break_even),
            (0.0, 'joint', False))

    @users('lead')
    def test_printed_sheet_names_the_ways(self):
        html, __ = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_service.report_cost_scenario', self._create_scenario().ids)
        for text in ("Own, Joint or Outsourced Returns", "Joint from 12 returns on", "470.00"):
            self.assertIn(text, html.decode())

    @users('lead')
    def test_share_above_the_whole_is_refused(self):
        with mute_logger('odoo.sql_db'), self.assertRaises(IntegrityError):
            self._create_scenario(joint_share=101.0)
            self.env.flush_all()
