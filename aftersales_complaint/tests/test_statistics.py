from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from odoo.addons.aftersales_complaint.wizard import aftersales_complaint_statistics

from .money_common import MoneyCommon


@tagged('post_install', '-at_install')
class TestStatistics(MoneyCommon):
    """The sheets of a month: statistics, review, suggestions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.env['product.product'].create({'name': "Oven Sheet"})
        partners = cls.env['res.partner'].create(
            [{'name': f"Customer {number}"} for number in range(4)])
        cls.cases = cls.env['aftersales.complaint'].create([{
            'partner_id': partner.id, 'subject': f"Fault {number}", 'description': "No heat",
            'kind': kind, 'product_id': cls.model.id, 'date_received': day,
        } for number, (partner, kind, day) in enumerate(zip(
            partners, ('quality', 'quality', 'delivery', 'quality'),
            ('2026-03-02 08:00:00', '2026-03-31 08:00:00', '2026-03-03 08:00:00',
             '2026-04-01 08:00:00'), strict=True))])
        cls.cases[0].sudo().write({
            'is_founded': True, 'date_judged': '2026-03-02 09:00:00',
            'cause_category': 'material', 'cause': "Thin glass",
            'date_settled': '2026-03-04 08:00:00'})

    def _sheet(self, user=None, model='complaint', **values):
        self.env.flush_all()
        return self.env[f'aftersales.{model}.statistics'].with_user(user or self.desk).create({
            'date_from': '2026-03-01', 'date_to': '2026-03-31',
            **({'product_ids': [(4, self.model.id)]} if model == 'complaint' else {}), **values})

    def _print(self, name, sheet):
        html, __ = self.env['ir.actions.report'].with_user(sheet.env.user)._render_qweb_html(
            f'aftersales_complaint.action_report_{name}', sheet.ids)
        return html.decode()

    def test_statistics_count_the_month(self):
        sheet = self._sheet(group='kind')
        self.assertEqual(
            [(row['name'], row['count'], round(row['percent'], 1)) for row in sheet._get_rows()],
            [("Product Quality", 2, 66.7), ("Delivery", 1, 33.3)])
        totals = sheet._get_totals()
        self.assertEqual((totals['count'], totals['days'], totals['founded']), (3, 2.0, 1.0))
        page = self._print('complaint_statistics', sheet)
        for words in "Complaint Statistics", "Product Quality", "Checked by":
            self.assertIn(words, page)

    def test_every_column_can_be_counted_by(self):
        for group, __ in self.env['aftersales.complaint.statistics']._fields['group'].selection:
            with self.subTest(group=group):
                rows = self._sheet(group=group)._get_rows()
                self.assertEqual(sum(row['count'] for row in rows), 3)

    def test_review_shows_units_and_no_persons(self):
        case = self.cases[0]
        self._lose(case, value=500.0)
        share = self._share(case, 70, 'department', department_id=self.department.id)
        self._share(case, 30, 'supplier', partner_id=self.supplier.id)
        self.env['aftersales.complaint.liability.person'].create({
            'liability_id': share.id, 'employee_id': self.wu.id, 'amount': 350.0})
        self.env['aftersales.capa'].create({
            'subject': "Thicker glass", 'complaint_ids': [(4, case.id)]})
        sheet = self._sheet()
        self.assertEqual(sheet._get_cases(), case)
        page = self._print('complaint_review', sheet)
        for words in ("Fault 0", "Thin glass", "Assembly", "Glass Works", "70", "Thicker glass",
                      "Development"):
            self.assertIn(words, page)
        self.assertNotIn("Wu Wei", page)

    def test_review_of_too_many_cases_is_refused(self):
        self.patch(aftersales_complaint_statistics, 'MOST_CASES', 0)
        with self.assertRaisesRegex(UserError, "Choose a shorter period"):
            self._sheet().action_print_review()

    def test_pivot_shows_the_same_complaints(self):
        action = self._sheet().action_view_pivot()
        self.assertEqual(
            self.env[action['res_model']].search_count(action['domain']), 3)

    def test_agents_and_units_print_no_statistics(self):
        for user in self.agent, self.employee:
            for model in 'complaint', 'suggestion':
                with self.subTest(user=user.login, model=model), self.assertRaises(AccessError):
                    self._sheet(user, model)
        sheet = self._sheet()
        with self.assertRaises(AccessError), mute_logger('odoo.addons.base.models.ir_rule'):
            sheet.with_user(self.lead).read(['date_from'])

    def test_suggestions_of_a_month(self):
        """Three of colleagues and one of a customer; two of them were good."""
        company = self.env['res.company'].create({'name': "Suggesting"})
        authors = [new_test_user(
            self.env, f'author_{number}', 'base.group_user', company_id=company.id,
            company_ids=[(6, 0, company.ids)]) for number in range(2)]
        self.env['hr.employee'].create([
            {'name': f"Head {number}", 'company_id': company.id} for number in range(4)])
        self.desk.write({'company_ids': [(4, company.id)]})
        suggestions = self.env['aftersales.suggestion'].create([{
            'subject': f"Idea {number}", 'description': "Better", 'company_id': company.id,
            'source': 'staff' if author else 'customer', 'area': area,
            'author_id': author and author.id, 'date_received': day,
        } for number, (author, area, day) in enumerate((
            (authors[0], 'cost', '2026-03-01'), (authors[0], 'work', '2026-03-31'),
            (authors[1], 'cost', '2026-03-15'), (False, 'service', '2026-03-15'),
            (authors[1], 'cost', '2026-04-01')))])
        suggestions[0].sudo().write({
            'state': 'rewarded', 'benefit_amount': 1000.0, 'reward_amount': 200.0})
        suggestions[3].sudo().state = 'accepted'
        sheet = self._sheet(model='suggestion', company_id=company.id)
        sheet = sheet.with_context(allowed_company_ids=company.ids)
        figures = sheet._get_figures()
        self.assertEqual(
            {name: figures[name] for name in (
                'count', 'staff', 'customers', 'authors', 'heads', 'per_head', 'participation',
                'good', 'good_share', 'benefit', 'reward')},
            {'count': 4, 'staff': 3, 'customers': 1, 'authors': 2, 'heads': 4, 'per_head': 0.75,
             'participation': 50.0, 'good': 2, 'good_share': 50.0, 'benefit': 1000.0,
             'reward': 200.0})
        self.assertEqual(
            sheet._get_tables()[0][1][0], ("Cost", 2, 1, 1000.0, 200.0))
        self.assertIn("Participation", self._print('suggestion_statistics', sheet))

    def test_daily_report_of_a_past_day(self):
        """On the third of March two were received by then, one of them closed a day later."""
        daily = self.env['aftersales.complaint.daily'].with_user(self.desk).create(
            {'day': '2026-03-03'})
        before = daily._get_figures()
        first, __ = self.env['aftersales.complaint'].create([
            {'partner_id': self.customer.id, 'description': "Late", 'kind': 'service',
             'date_received': day} for day in ('2026-03-01 08:00:00', '2026-03-03 08:00:00')])
        first.sudo().date_closed = '2026-03-04 08:00:00'
        self.env.flush_all()
        after = daily._get_figures()
        self.assertEqual(
            {name: after[name] - before[name] for name in ('new', 'closed', 'open')},
            {'new': 1, 'closed': 0, 'open': 2})
        daily.day = '2026-03-04'
        self.assertEqual(daily._get_figures()['closed'], 1)
        self.assertEqual(daily._get_figures()['open'], after['open'] - 1)

    def test_period_that_ends_before_it_begins_is_refused(self):
        with self.assertRaisesRegex(UserError, "must not end before it begins"):
            self._sheet(date_to=fields.Date.to_date('2026-02-01'))
