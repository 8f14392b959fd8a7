from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_complaint.tests.common import ComplaintCommon
from odoo.addons.aftersales_training.tests.score_common import JULY, ScoreCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-08-10 02:00:00')
class TestComplaintScore(ComplaintCommon, ScoreCommon):
    """Complaints handled well, of all that were closed with the customer in the month."""

    @classmethod
    def _create_colleague(cls, login, group, name):
        parent = ComplaintCommon if 'complaint' in group else ScoreCommon
        return parent._create_colleague.__func__(cls, login, group, name)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.handled = cls.env['aftersales.kpi'].create({
            'name': "Complaints", 'formula': 'complaints', 'weight': 10, 'target': 100})

    def _settle(self, order, **values):
        complaint = self._create_complaint(env=self.env(su=True), order_id=order.id)
        complaint.sudo().write({
            'is_founded': True, 'date_settled': '2026-07-20 08:00:00',
            'received_day': '2026-07-10', **values})
        return complaint

    def test_complaints_count_by_how_they_were_handled(self):
        order = self._repair('2026-07-01', 'AC-1')
        self._settle(order)
        again = self._settle(order, reopen_count=1)
        self._settle(order, is_founded=False)
        self._settle(order, date_settled='2026-08-02 08:00:00')
        sheet = self._make_sheet()
        line = sheet.line_ids.filtered(lambda line: line.kpi_id == self.handled)
        self.assertRecordValues(line, [{
            'numerator': 1, 'denominator': 2, 'percent': 50.0, 'points': 0.0}])
        action = line.action_open_cases()
        self.assertIn(again, self.env[action['res_model']].sudo().search(action['domain']))

    def test_a_month_without_complaints_redistributes_the_weight(self):
        self._repair('2026-07-01', 'AC-1')
        sheet = self._make_sheet()
        line = sheet.line_ids.filtered(lambda line: line.kpi_id == self.handled)
        self.assertRecordValues(line, [{'is_applicable': False, 'points': 0.0}])
        self.assertEqual(sheet.score, 100.0)

    def test_founded_complaints_stand_in_the_ledger(self):
        complaint = self._settle(self._repair('2026-07-01', 'AC-1'))
        wizard = self.env['aftersales.quality.report'].with_user(self.lead).create(
            {'month': JULY})
        self.assertIn(complaint.name, [record[1] for record in wizard._get_records()])
