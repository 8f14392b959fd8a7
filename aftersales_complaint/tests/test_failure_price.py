from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .money_common import PenaltyCommon


@tagged('post_install', '-at_install')
class TestFailurePrice(PenaltyCommon):
    """One page adds what a failure cost and what came back, each document once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._create_card(serial='FP-1')
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'warranty_id': cls.card.id,
            'type_id': cls.type_on_site.id, 'description': "It does not cool"})
        cls.case = cls._create_complaint(
            kind='quality', order_id=cls.order.id, warranty_id=cls.card.id, batch="B-77")

    def _charge(self, **amounts):
        """Note direct costs of the order, as a lead."""
        for kind, amount in amounts.items():
            self.env['aftersales.cost.line'].with_user(self.lead).create({
                'res_model': 'aftersales.order', 'res_id': self.order.id, 'kind': kind,
                'unit_cost': amount})

    def _open(self, user=None, **values):
        self.env.flush_all()
        return self.env['aftersales.failure.price'].with_user(user or self.lead).create(
            {'scope': 'unit', 'warranty_id': self.card.id, **values})

    def _fit_part(self, cost=80.0, quantity=2.0):
        self.compressor.standard_price = cost
        part = self.env['stock.move'].create({
            'aftersales_order_id': self.order.id, 'product_id': self.compressor.id,
            'product_uom_qty': quantity})
        self._move_to(self.order, 'done')
        self.assertEqual(part.state, 'done')

    def test_orders_parts_and_typed_losses_are_added(self):
        self._charge(labour=90, visit=160, freight=30, recovered=7)
        self._fit_part()
        self._lose(self.case, 'compensation', 200.0)
        self._lose(self.case, 'goodwill', 5000.0)
        page = self._open()
        self.assertRecordValues(page, [{
            'amount_orders': 280.0, 'amount_parts': 160.0, 'amount_compensation': 200.0,
            'amount_cost': 640.0, 'amount_recovered': 7.0, 'amount_net': 633.0,
            'order_count': 1, 'complaint_count': 1, 'return_count': 0}])
        self.assertEqual(
            {(row.component, row.res_model) for row in page.cost_ids},
            {('labour', 'aftersales.order'), ('visit', 'aftersales.order'),
             ('freight', 'aftersales.order'), ('recovered', 'aftersales.order'),
             ('parts', 'aftersales.order'), ('compensation', 'aftersales.complaint')})

    def test_what_a_loss_was_read_from_counts_once(self):
        self._charge(labour=90)
        before = self._open().amount_net
        self.case.with_user(self.desk).action_read_losses()
        self.assertEqual(self.case.amount_loss, 90.0)
        self.assertEqual((before, self._open().amount_net), (90.0, 90.0))

    def test_compensation_counts_once(self):
        """Accepted, then claimed and booked, then written down as a loss: one sum each time."""
        self.case.sudo().write({'amount_accepted': 300.0, 'date_settled': '2026-03-02'})
        self.assertEqual(self._open().amount_compensation, 300.0)
        claim = self.env['aftersales.claim'].create({
            'kind': 'customer', 'partner_id': self.customer.id, 'complaint_id': self.case.id,
            'line_ids': [(0, 0, {'name': "Carpet", 'amount_asked': 250.0,
                                 'decision': 'approved'})]})
        claim.sudo().write({'state': 'settled', 'date_settled': '2026-03-02'})
        page = self._open()
        self.assertEqual(page.amount_compensation, 250.0)
        self.assertEqual(page.cost_ids.record_name, claim.display_name)
        self._lose(self.case, 'discount', 240.0)
        self.assertEqual(self._open().amount_compensation, 240.0)

    def test_what_others_paid_lowers_the_price(self):
        self._lose(self.case, 'compensation', 1000.0)
        self._share(self.case, 60, 'outlet', outlet_id=self.north.id)
        self._share(self.case, 40, 'supplier', partner_id=self.supplier.id)
        self._serve(self.case)
        charge = self.case.liability_ids.charge_ids
        self.assertEqual(self._open().amount_recovered, 0.0)
        charge.sudo().state = 'settled'
        claim = self.env['aftersales.claim'].create({
            'kind': 'supplier', 'partner_id': self.supplier.id, 'complaint_id': self.case.id,
            'line_ids': [(0, 0, {'name': "Glass", 'amount_asked': 400.0,
                                 'decision': 'approved'})]})
        claim.sudo().write({'state': 'settled', 'date_settled': '2026-03-02'})
        for scope in ({}, {'scope': 'batch', 'batch': "B-77"},
                      {'scope': 'complaint', 'complaint_id': self.case.id},
                      {'scope': 'product',
                       'product_tmpl_id': self.conditioner.product_tmpl_id.id}):
            page = self._open(**scope)
            self.assertGreaterEqual(page.amount_recovered, 1000.0, scope)
        self.assertRecordValues(
            self._open(), [{'amount_cost': 1000.0, 'amount_recovered': 1000.0,
                            'amount_net': 0.0}])

    def test_batch_takes_orders_that_its_complaints_name(self):
        self._charge(labour=90)
        self._lose(self.case, 'compensation', 100.0)
        page = self._open(scope='batch', batch="B-77", warranty_id=False)
        self.assertEqual((page.amount_net, page.order_count), (190.0, 1))
        other = self._open(scope='batch', batch="B-78", warranty_id=False)
        self.assertEqual((other.amount_net, other.cost_count), (0.0, 0))

    def test_unit_without_a_card_is_found_by_its_number(self):
        self._create_complaint(serial='NO-CARD-1', kind='quality')
        case = self._create_complaint(serial='NO-CARD-1', kind='quality')
        self._lose(case, 'compensation', 20.0)
        page = self._open(warranty_id=False, serial='NO-CARD-1')
        self.assertEqual((page.amount_net, page.complaint_count), (20.0, 2))

    def test_page_is_filled_in_by_hand(self):
        self._charge(labour=90)
        self.env.flush_all()
        form = Form(self.env['aftersales.failure.price'].with_user(self.lead))
        self.assertEqual(form.amount_net, 0.0)
        form.warranty_id = self.card
        self.assertEqual(form.amount_net, 90.0)
        form.date_to = '2020-01-01'
        self.assertEqual(form.amount_net, 0.0)

    def test_page_of_nothing_is_refused(self):
        with self.assertRaisesRegex(UserError, "Choose the unit, batch, model or complaint"):
            self._open(warranty_id=False)

    def test_each_row_leads_to_its_document(self):
        self._charge(labour=90)
        row = self._open().cost_ids
        self.assertEqual(row.record_name, self.order.display_name)
        action = row.action_view_record()
        self.assertEqual((action['res_model'], action['res_id']),
                         ('aftersales.order', self.order.id))
        for button, record in (('orders', self.order), ('complaints', self.case)):
            action = getattr(self._open(), f'action_view_{button}')()
            self.assertEqual(self.env[action['res_model']].search(action['domain']), record)

    def test_buttons_open_the_page(self):
        for record, scope in ((self.card, 'unit'), (self.case, 'complaint'),
                              (self.conditioner, 'product'),
                              (self.conditioner.product_tmpl_id, 'product')):
            for user in (self.lead, self.complaint_manager):
                action = record.with_user(user).action_view_failure_price()
                page = self.env[action['res_model']].with_user(user).browse(action['res_id'])
                self.assertEqual(page.scope, scope)
                self.assertEqual(page.amount_net, 0.0)
                self.assertEqual(page.complaint_count, 1)
                self.assertEqual(page.visit_count, 0)

    def test_agents_and_the_desk_do_not_read_what_failures_cost(self):
        self._charge(labour=90)
        for user in (self.agent, self.desk, self.employee, self.officer):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.env['aftersales.failure.cost'].with_user(user).search([], limit=1)
                with self.assertRaises(AccessError):
                    self._open(user)
        with self.assertRaises(AccessError):
            self.case.with_user(self.desk).action_view_failure_price()

    def test_pages_of_others_and_other_companies_stay_closed(self):
        self._charge(labour=90)
        page = self._open()
        with self.assertRaises(AccessError):
            page.with_user(self.complaint_manager).read(['amount_net'])
        other = self.env['res.company'].create({'name': "Other"})
        self.lead.write({'company_ids': [(4, other.id)]})
        costs = self.env['aftersales.failure.cost'].with_user(self.lead)
        self.assertTrue(costs.search_count([('order_id', '=', self.order.id)]))
        self.assertFalse(costs.with_context(allowed_company_ids=other.ids).search_count(
            [('order_id', '=', self.order.id)]))

    def test_penalties_are_a_sum_for_officers_alone(self):
        """The price of the failure is the same whether a person pays or not."""
        self._lose(self.case, 'compensation', 1000.0)
        share = self._share(self.case, 100, 'department', department_id=self.department.id)
        person = self.env['aftersales.complaint.liability.person'].with_user(
            self.officer).sudo().create({
                'liability_id': share.id, 'employee_id': self.wu.id, 'amount': 600.0})
        penalty = self._penalise(
            amount=600.0, complaint_id=self.case.id, person_id=person.id)
        self._approve(penalty)
        self._run('2026-02-05 12:00:00')
        self.assertTrue(penalty.amount_deducted)
        page = self._open()
        self.assertEqual(page.amount_net, 1000.0)
        self.assertNotIn('amount_penalty', page.fields_get())
        with self.assertRaises(AccessError):
            page.read(['amount_penalty'])
        self.lead.group_ids = [(4, self.env.ref('aftersales_conduct.group_conduct_officer').id)]
        page = self._open()
        self.assertEqual(page.amount_penalty, penalty.amount_deducted)
        self.assertEqual(page.amount_net, 1000.0)
