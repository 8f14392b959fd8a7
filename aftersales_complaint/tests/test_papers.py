from odoo.tests import tagged

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestPapers(ComplaintCommon):
    """Each form of the handbook prints what it is for."""

    def _print(self, name, records):
        html, __ = self.env['ir.actions.report'].with_user(self.desk)._render_qweb_html(
            f'aftersales_complaint.action_report_complaint_{name}', records.ids)
        return html.decode()

    def test_papers_of_a_case(self):
        case = self._create_complaint(
            user_id=self.desk.id, amount_asked=50.0, wants_repair=True, batch="B-77")
        case = self._judge(case)
        self._propose(case)
        self.env['aftersales.complaint.contact'].with_user(self.desk).create({
            'complaint_id': case.id, 'words': "The customer waits at home", 'person': "Li Na",
            'promise': "We call at noon", 'date_promised': '2026-12-01'}).action_confirm()
        self.assertEqual(case.promise, "We call at noon")
        case.action_remind()
        self.assertEqual(case.reminder_count, 1)
        for name, words in (
                ('register', (case.name, "B-77", "Li Na", "Repair")),
                ('management', (case.name, "Installation", "Filled up, with a discount")),
                ('record', ("The customer waits at home", "We call at noon")),
                ('form', ("The gas was missing", "Filled up, with a discount", "100.00")),
                ('reminder', (case.name, "Reminder"))):
            page = self._print(name, case)
            for word in words:
                self.assertIn(word, page, name)

    def test_reminder_needs_somebody_to_remind(self):
        case = self._create_complaint(user_id=False).with_user(self.desk)
        with self.assertRaisesRegex(Exception, "no person to remind"):
            case.action_remind()
        case.user_id = self.agent
        case.action_remind()
        self.assertEqual(case.activity_ids.user_id, self.agent)

    def test_daily_report_counts_the_day(self):
        daily = self.env['aftersales.complaint.daily'].with_user(self.desk).create({})
        before = daily._get_figures()
        self._create_complaint(kind='delivery')
        for kind in 'praise', 'suggestion', 'anomaly':  # no complaints
            self._create_complaint(kind=kind)
        case = self._create_complaint(
            kind='delivery', answer="Sorry", partner_id=self.customer.copy({'phone': False}).id)
        case.with_user(self.desk).action_solve_now()
        case.with_user(self.desk).action_close()
        after = daily._get_figures()
        self.assertEqual(
            {name: after[name] - before[name] for name in after},
            {'new': 2, 'settled': 1, 'closed': 1, 'open': 1, 'late': 0, 'loss': 0.0})
        self.assertIn("Delivery", self._print('daily', daily))
