from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_training.tests.score_common import JULY, ScoreCommon

SCORED = '2026-07-15 04:00:00'


@tagged('post_install', '-at_install')
@freeze_time('2026-08-10 02:00:00')
class TestSurveyScore(ScoreCommon):
    """What customers answer counts for who was there, beside the rated orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.satisfied = cls.env['aftersales.kpi'].create({
            'name': "Satisfied", 'formula': 'satisfaction', 'weight': 20, 'target': 90,
            'minimum_count': 5})
        cls.survey = cls.env['survey.survey'].create({
            'title': "How was the repair?", 'survey_type': 'aftersales',
            'aftersales_purpose': 'after_repair', 'access_mode': 'token'})

    def _answer(self, technician, *points, scored=SCORED, **values):
        self.env['survey.user_input'].create([{
            'survey_id': self.survey.id, 'company_id': self.env.company.id, 'state': 'done',
            'partner_id': self.customer.id, 'date_scored': scored,
            'csat': 5 if number else 1, 'csat_points': number,
            'aftersales_technician_id': technician.id, **values} for number in points])

    def test_answers_and_ratings_are_counted_together(self):
        order = self._repair('2026-07-03', 'AC-3')
        order.sudo().rating_last_value = 2
        self._answer(self.technician, 100, 100, 100, 100, 0)
        self._answer(self.technician, 0, scored='2026-06-30 04:00:00')
        self._answer(self.technician, 0, is_valid=False)
        line = self._make_sheet().line_ids.filtered(lambda line: line.kpi_id == self.satisfied)
        self.assertRecordValues(line, [{'numerator': 4, 'denominator': 6, 'percent': 66.7}])
        # a click opens the rated orders alone: answers are secret
        action = line.with_user(self.lead).action_open_cases()
        self.assertEqual(self.env[action['res_model']].search(action['domain']), order)

    def test_few_answers_are_not_told(self):
        self._answer(self.theo, 100, 100)
        measured = self.satisfied._measure(self.env.company, JULY, self.theo)
        self.assertEqual(measured[self.theo][self.satisfied], (2.0, 2))
        line = self._make_sheet(people=self.theo).line_ids.filtered(
            lambda line: line.kpi_id == self.satisfied)
        self.assertRecordValues(line, [{'numerator': 0, 'is_applicable': False}])
