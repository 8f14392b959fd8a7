from datetime import datetime

from freezegun import freeze_time
from lxml import html

from odoo.tests import tagged, users

from .result_common import ResultCommon


@tagged('post_install', '-at_install')
class TestWaveReport(ResultCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = cls._create_wave(name="Last Year")
        cls.wave, cls.before = cls.before, cls.wave
        cls.wave.state = 'running'
        cls._answer([{'csi': 60.0}] * 30, wave=cls.before)
        answers = cls._answer([{'csi': 80.0}] * 30, wave=cls.wave, outlet_id=cls.pudong.id)
        cls.env['survey.user_input.line'].create([
            {'user_input_id': answer.id, 'question_id': cls.csi_question.id,
             'answer_type': 'scale', 'value_scale': 4} for answer in answers] + [
            {'user_input_id': answer.id, 'question_id': cls.open_question.id,
             'answer_type': 'text_box', 'value_text_box': "<script>late</script> late again"}
            for answer in answers[:2]])
        cls.wave.activity_schedule(
            'aftersales_survey.mail_activity_survey_improvement', summary="Call before the trip",
            date_deadline='2026-12-31', user_id=cls.survey_manager.id)
        cls.env.flush_all()

    @users('survey_manager')
    def test_report_has_figures_comparison_items_words_and_proposals(self):
        data = self.wave.with_env(self.env)._get_report()
        self.assertEqual(data['total']['figures']['csi']['value'], 80.0)
        self.assertEqual(data['total_before']['figures']['csi']['value'], 60.0)
        self.assertEqual(
            [(item['performance'], item['importance'], item['n']) for item in data['items']],
            [(80.0, 100.0, 30)])
        self.assertIn(('late', 2), data['words'])
        self.assertEqual(
            [(row['summary'], row['owner']) for row in data['proposals']],
            [("Call before the trip", "Survey Manager Max")])
        self.assertRegex(data['source'], "30 of 30 people")

    @users('survey_manager')
    def test_printed_report_escapes_what_customers_wrote(self):
        self.open_question.sudo().title = "What else? <script>alert(1)</script>"
        page = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_survey.report_survey_wave', self.wave.ids)[0].decode()
        self.assertIn("Satisfaction Survey Report", page)
        self.assertIn("Call before the trip", page)
        self.assertNotIn("<script>alert", page)
        self.assertNotIn("Li Na", page)

    @users('survey_manager')
    def test_figure_before_stands_with_its_number_of_answers(self):
        self._answer([{'csat': 5.0, 'csat_points': 100}] * 2, wave=self.before)
        self._answer([{'csat': 5.0, 'csat_points': 100}] * 30, wave=self.wave)
        self.env.flush_all()
        page = html.fromstring(self.env['ir.actions.report']._render_qweb_html(
            'aftersales_survey.report_survey_wave', self.wave.ids)[0].decode())
        cells = {" ".join(row[0].text_content().split()): " ".join(row[-1].text_content().split())
                 for row in page.xpath("//table[@name='summary']/tbody/tr")}
        self.assertIn("(n = 30)", cells["Index (CSI)"])
        self.assertIn("(n = 2, Sample Too Small)", cells["Satisfied (CSAT)"])

    @users('survey_manager')
    def test_wave_without_answers_prints_as_well(self):
        wave = self._create_wave(name="Empty").with_env(self.env)
        wave.sudo().state = 'running'
        page = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_survey.report_survey_wave', wave.ids)[0].decode()
        self.assertIn("No customer answered yet", page)

    @users('survey_manager')
    def test_service_report_and_analysis_print(self):
        statistics = self.env['aftersales.survey.statistics'].create(
            {'date_from': '2019-03-01', 'date_to': '2019-03-31'})
        self._answer([{'csi': 80.0}] * 60, asked=datetime(2019, 3, 12, 9))
        self.env.flush_all()
        for name in 'month', 'analysis':
            page = self.env['ir.actions.report']._render_qweb_html(
                f'aftersales_survey.report_service_{name}', statistics.ids)[0].decode()
            self.assertIn("60 of 60 people", page)

    @users('survey_manager')
    @freeze_time('2019-11-15 04:00:00')
    def test_smart_buttons_lead_to_the_answers(self):
        outlet = self.pudong.with_env(self.env)
        self.assertRecordValues(outlet, [
            {'survey_csi': 80.0, 'survey_answer_count': 30, 'is_survey_small': False}])
        action = outlet.action_view_satisfaction()
        self.assertEqual(
            self.env['aftersales.survey.report'].search_count(action['domain']), 30)

    @users('survey_manager')
    def test_large_group_weighs_more_however_many_answered(self):
        """900 customers of Pudong at 90, 100 of Minhang at 50, as many answers of each: 86."""
        wave = self._create_wave(name="By Outlet", method='stratified', stratum_by='outlet')
        self._answer([{'csi': 90.0}] * 20, wave=wave, outlet_id=self.pudong.id)
        self._answer([{'csi': 50.0}] * 20, wave=wave, outlet_id=self.minhang.id)
        strata = self.env['aftersales.survey.stratum'].sudo().create([
            {'wave_id': wave.id, 'feature': 'outlet', 'key': str(outlet.id), 'name': outlet.name}
            for outlet in (self.pudong, self.minhang)])
        for stratum, members in zip(strata, (900, 100), strict=True):
            stratum.population_count = members
        wave.sudo().write({'state': 'running', 'date_drawn': datetime(2019, 10, 12)})
        self.env.flush_all()
        data = wave.with_env(self.env)._get_report()
        self.assertEqual(data['total']['figures']['csi']['value'], 70.0)
        self.assertEqual(data['estimates']['csi']['value'], 86.0)
        board = self.env['aftersales.survey.report'].get_board_data({'wave_id': wave.id})
        self.assertEqual(board['total']['figures']['csi']['value'], 86.0)
        self.assertTrue(board['is_weighted'])

    @users('survey_manager')
    def test_quota_sample_has_no_interval_on_board_and_paper(self):
        wave = self._create_wave(name="Quotas", method='quota', stratum_by='outlet')
        self._answer([{'csi': 90.0}, {'csi': 80.0}] * 20, wave=wave, outlet_id=self.pudong.id)
        wave.sudo().write({'state': 'running', 'date_drawn': datetime(2019, 10, 12)})
        self.env.flush_all()
        reports = self.env['aftersales.survey.report']
        board = reports.get_board_data({'wave_id': wave.id})
        data = wave.with_env(self.env)._get_report()
        for figure in (board['total']['figures']['csi'], board['rows'][0]['figures']['csi'],
                       data['total']['figures']['csi']):
            self.assertEqual((figure['value'], figure['low'], figure['high']), (85.0, None, None))
        self.assertTrue(board['is_quota'])
        self.assertIn("not random", data['sample_note'])
        self.assertFalse(reports.get_board_data({'wave_id': self.wave.id})['is_quota'])
