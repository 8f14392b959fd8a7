from odoo.tests import tagged, users

from ..appraisal.test_appraisal import AppraisalCommon
from .common import DAY_5, DAY_12


@tagged('post_install', '-at_install')
class TestPrintedVerdict(AppraisalCommon):
    """Papers name the article that fired."""

    def _render(self, report, records):
        html, __ = self.env['ir.actions.report']._render_qweb_html(
            f'aftersales_service.{report}', records.ids)
        return html.decode()

    @users('technician')
    def test_service_papers_name_the_article(self):
        order = self._create_judged(DAY_12)
        for report in 'report_service_order', 'report_service_report':
            with self.subTest(report=report):
                html = self._render(report, order)
                self.assertIn("Art. 10 gives: Exchange", html)
                self.assertNotIn("Art. 9", html)

    @users('technician')
    def test_kept_verdict_is_printed_as_it_was_said(self):
        order = self._create_judged(DAY_5)
        order.action_decide()
        order.date_event = DAY_12
        self.assertIn("Art. 9 gives: Refund", self._render('report_service_report', order))

    @users('technician')
    def test_order_without_a_card_prints_no_verdict(self):
        self.assertEqual(self._create_order()._get_printed_verdict(), [])

    def test_appraisal_sheet_names_unit_finding_and_clause(self):
        sheet = self._appraise(DAY_12, remedy='exchange')
        self.assertIn("not issued, without effect", self._render('report_appraisal', sheet))
        sheet.action_issue()
        html = self._render('report_appraisal', sheet)
        for text in (sheet.name, "AC-0001", "Li Na", "It does not cool", "12 A instead of 6 A",
                     "Compressor blocked", "Maker", "Art. 10 gives: Exchange",
                     "Art. 9: within 7 days - it is day 12", "North Station", "Member Max"):
            with self.subTest(text=text):
                self.assertIn(text, html)
        self.assertNotIn("without effect", html)
