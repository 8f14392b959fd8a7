from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .money_common import PenaltyCommon


@tagged('post_install', '-at_install')
class TestComplaintReport(PenaltyCommon):
    """The metrics of ISO 10002, with numbers worked out by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.env['product.product'].create({'name': "Oven ISO"})
        partners = cls.env['res.partner'].create(
            [{'name': f"Customer {number}"} for number in range(10)])
        cls.cases = cls.env['aftersales.complaint'].create([{
            'partner_id': partner.id, 'description': "It does not heat", 'kind': 'quality',
            'product_id': cls.model.id, 'date_received': '2026-03-02 08:00:00',
        } for partner in partners])
        cls.domain = [('complaint_id', 'in', cls.cases.ids)]

    def _close(self):
        """Let the cases take 1, 2 … 10 days: what the steps stamp, written at once."""
        for days, case in enumerate(self.cases, 1):
            case.sudo().write({
                'date_settled': f'2026-03-{2 + days:02} 08:00:00', 'is_founded': days > 2,
                'date_judged': '2026-03-02 09:00:00', 'reopen_count': 1 if days == 10 else 0})

    def _read(self, *aggregates, groupby=(), domain=None):
        self.env.flush_all()
        return self.env['aftersales.complaint.report'].with_user(self.desk)._read_group(
            domain or self.domain, groupby, aggregates)

    def test_mean_and_90th_percentile_of_the_days(self):
        self.assertEqual(self._read('days:avg'), [(False,)])
        self._close()
        [[mean, ninety]] = self._read('days:avg', 'days_90:avg')
        self.assertEqual((round(mean, 6), round(ninety, 6)), (5.5, 9.1))

    def test_shares_of_the_cases_that_can_be_judged(self):
        self._close()
        self.assertEqual(
            [round(value, 6) for value in self._read(
                'founded:avg', 'reopened:avg', 'first_contact:avg', 'repeated:avg',
                'escalated:avg')[0]],
            [0.8, 0.1, 0.0, 0.0, 0.0])
        self.cases[0].channel = 'platform'
        self.cases[1].is_media = True
        self.assertEqual(round(self._read('escalated:avg')[0][0], 6), 0.2)

    def test_promises_are_judged_once_met_missed_or_over(self):
        self.cases.clock_ids.unlink()
        self.env['aftersales.clock'].create([{
            'res_model': 'aftersales.complaint', 'res_id': case.id, 'kind': kind,
            'company_id': case.company_id.id, 'duration': 1.0, 'date_start': '2026-03-02',
            'result': result, 'date_deadline': deadline,
            'date_stopped': '2026-03-03' if result in ('met', 'missed', 'void') else False,
        } for case, kind, result, deadline in (
            (self.cases[0], 'complaint_response', 'met', '2026-03-03'),
            (self.cases[1], 'complaint_response', 'met', '2026-03-03'),
            (self.cases[2], 'complaint_response', 'missed', '2026-03-03'),
            (self.cases[3], 'complaint_response', 'running', '2026-03-03'),
            (self.cases[4], 'complaint_response', 'running', '2999-01-01'),
            (self.cases[5], 'complaint_response', 'void', '2026-03-03'),
            (self.cases[0], 'complaint_solution', 'missed', '2026-03-03'))])
        self.assertEqual(
            self._read('acknowledged_kept:avg', 'resolved_kept:avg', 'law_kept:avg'),
            [(0.5, 0.0, False)])

    def test_late_share_counts_the_open_ones(self):
        self.cases.clock_ids.filtered(lambda clock: not clock.date_stopped).sudo().write(
            {'date_deadline': '2999-01-01'})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE aftersales_complaint SET date_deadline = '2026-03-03' WHERE id IN %s",
            [tuple(self.cases[:4].ids)])
        self.env.cr.execute(
            "UPDATE aftersales_complaint SET date_closed = '2026-03-09' WHERE id IN %s",
            [tuple(self.cases[:2].ids)])
        self.env.invalidate_all()
        self.assertEqual(self._read('is_late:avg'), [(0.25,)])

    def test_open_ones_by_age(self):
        now = fields.Datetime.now()
        for case, days in zip(self.cases, (0, 2, 5, 7, 10, 20, 40, 40), strict=False):
            case.sudo().date_received = fields.Datetime.subtract(now, days=days, minutes=1)
        self.cases[7].sudo().date_settled = now
        self.cases[8:].sudo().date_closed = now
        ages = dict(self._read('__count', groupby=['age']))
        self.assertEqual(ages, {'3': 2, '7': 1, '15': 2, '30': 1, 'more': 1, False: 3})

    def test_customers_asked_after_a_gesture(self):
        for case, effect in zip(
                self.cases, ('content', 'partly', 'angry', 'content'), strict=False):
            case.gesture_effect = effect
        self.assertEqual(self._read('content:avg'), [(0.5,)])

    def test_effect_of_corrective_actions(self):
        effective, came_back, open_action = self.env['aftersales.capa'].create([
            {'subject': "Glass", 'complaint_ids': [(4, case.id)]} for case in self.cases[:3]])
        effective.sudo().state = came_back.sudo().state = 'closed'
        came_back.sudo().reopen_count = 1
        open_action.sudo().state = 'running'
        self.assertEqual(self._read('capa_effective:avg'), [(0.5,)])

    def test_pareto_and_losses(self):
        self.cases[:3].cause_category = 'material'
        self.cases[3:4].cause_category = 'design'
        self._lose(self.cases[0], value=250.0)
        found = {cause: (count, loss) for cause, count, loss in self._read(
            '__count', 'amount_loss:sum', groupby=['cause_category'])}
        self.assertEqual(
            (found['material'], found['design']), ((3, 250.0), (1, 0.0)))

    def test_complaints_per_1000_units(self):
        """Of 50 units of February and 50 of March six complained in March; four do not count."""
        self.env['aftersales.warranty'].create([
            {'product_id': self.model.id, 'partner_id': self.customer.id,
             'serial': f"ISO-{number}", 'delivery_date': day}
            for number, day in enumerate(['2026-02-10'] * 50 + ['2026-03-10'] * 50)])
        self.cases[1].is_grievance = True
        self.cases[2].kind = 'praise'
        self.env.flush_all()
        for case, state in ((self.cases[0], 'merged'), (self.cases[3], 'unfounded')):
            self.env.cr.execute(
                "UPDATE aftersales_complaint SET state = %s WHERE id = %s", [state, case.id])
        rates = self.env['aftersales.complaint.rate'].with_user(self.desk)
        self.assertEqual(
            rates._read_group(
                [('product_id', '=', self.model.id), ('month', '<=', '2026-03-31')],
                ['month:month'],
                ['sold:sum', 'units:sum', 'complaints:sum', 'rate_per_1000:avg',
                 'rate_per_1000_sold:avg'])[-1][1:],
            (50, 100, 6, 60.0, 120.0))
        [[sold, per_sold]] = rates._read_group(
            [('product_id', '=', self.model.id), ('month', '<=', '2026-03-31')], [],
            ['sold:sum', 'rate_per_1000_sold:avg'])
        self.assertEqual((sold, per_sold), (100, 60.0))

    def test_desk_and_leads_read_it_and_others_do_not(self):
        for name in ('report', 'rate'):
            figures = self.env[f'aftersales.complaint.{name}']
            for user in (self.desk, self.lead, self.complaint_manager):
                figures.with_user(user).search([], limit=1)
            for user in (self.agent, self.employee, self.officer):
                with self.subTest(name=name, user=user.login), self.assertRaises(AccessError):
                    figures.with_user(user).search([], limit=1)

    def test_other_companies_are_left_out(self):
        other = self.env['res.company'].create({'name': "Other"})
        self.desk.write({'company_ids': [(4, other.id)]})
        for name in ('report', 'rate'):
            figures = self.env[f'aftersales.complaint.{name}'].with_user(self.desk)
            self.assertTrue(figures.search_count([('product_id', '=', self.model.id)]))
            self.assertFalse(figures.with_context(allowed_company_ids=other.ids).search_count(
                [('product_id', '=', self.model.id)]))

    def test_figures_know_nothing_of_persons(self):
        """No field of the figures leads to a penalty, a liable person or an employee."""
        hidden = {'aftersales.penalty', 'aftersales.penalty.line', 'hr.employee',
                  'aftersales.complaint.liability.person', 'aftersales.notice'}
        for model in ('aftersales.complaint.report', 'aftersales.complaint.rate',
                      'aftersales.failure.cost'):
            comodels = {field.comodel_name for field in self.env[model]._fields.values()}
            self.assertFalse(comodels & hidden, model)
            self.assertFalse(hidden & set(self.env[model]._depends), model)

    def test_weekly_graph_in_chinese_names_the_levels(self):
        report = self.env['aftersales.complaint.report'].with_context(lang='zh_CN')
        self.assertEqual(
            dict(report.fields_get(['level'])['level']['selection']),
            dict(self.env['aftersales.complaint'].with_context(lang='zh_CN').fields_get(
                ['level'])['level']['selection']))
