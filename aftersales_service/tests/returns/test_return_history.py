from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged, users

from ..cost.common import forget_costs
from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestReturnHistory(ReturnsCommon):
    """What a return leaves behind: the verdict on its unit, and what handling it cost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_units(['H-1'])
        forget_costs(cls.env)
        activity = 'aftersales_service.aftersales_cost_activity_{}'.format
        cls.env['aftersales.cost.rate'].create([
            {'activity_id': cls.env.ref(activity(name)).id, 'date_from': '2026-01-01',
             'date_to': '2026-12-31', 'pool_cost': cost, 'capacity': 100.0}
            for name, cost in (('authorise', 1500.0), ('inspect', 800.0), ('credit', 400.0))])

    def _settle(self):
        record = self._create_return(self.sale, self.card)
        record.action_authorise()
        self._receive(record)
        self._inspect(record)
        record.action_settle()
        return record

    def _get_verdicts(self):
        return self.env['aftersales.verdict'].search([('warranty_id', '=', self.card.id)])

    @users('agent')
    def test_authorising_leaves_the_verdict_on_the_card(self):
        record = self._create_return(self.sale, self.card)
        self.assertFalse(self._get_verdicts())
        record.action_authorise()
        verdict = self._get_verdicts()
        self.assertRecordValues(verdict, [{
            'warranty_id': self.card.id, 'user_id': self.agent.id, 'remedy': 'refund',
            'refund': 3000.0, 'day': record.request_date}])
        self.assertIn("Art. 9", verdict.words)

    @users('agent')
    def test_goods_without_a_card_leave_no_verdict(self):
        sale = self._sell(self.capacitor)
        record = self._create_return(sale, reason=self.unwanted, lines=[{
            'product_id': self.capacitor.id, 'move_id': sale.sudo().picking_ids.move_ids.id}])
        before = self.env['aftersales.verdict'].sudo().search_count([])
        record.action_authorise()
        self.assertEqual(self.env['aftersales.verdict'].sudo().search_count([]), before)

    @users('agent')
    def test_settling_charges_the_activities(self):
        record = self._settle()
        lines = record.with_user(self.lead).cost_line_ids
        self.assertEqual(
            {line.activity_id.name: line.amount for line in lines if line.activity_id},
            {"Authorise": 15.0, "Inspect": 8.0, "Credit": 4.0})
        with self.assertRaises(AccessError):
            record.with_user(self.agent).read(['cost_line_ids'])

    @users('lead')
    def test_costs_are_shown_by_reason_and_responsible_side(self):
        self._settle()
        self.env.flush_all()
        rows = self.env['aftersales.cost.report'].search(
            [('res_model', '=', 'aftersales.return'), ('kind', '=', 'activity'),
             ('partner_id', '=', self.customer.id)])
        self.assertEqual(sum(rows.mapped('amount')), 27.0)
        self.assertEqual(
            set(rows.mapped(lambda row: (row.product_id, row.reason))),
            {(self.conditioner, self.faulty.name)})
        self.assertTrue(all(rows.mapped('responsible')))
