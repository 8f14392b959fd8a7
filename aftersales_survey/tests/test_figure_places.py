from ast import literal_eval
from datetime import datetime, timezone

from freezegun import freeze_time
from lxml import etree

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.aftersales_service.tests import people

from .result_common import ResultCommon


@tagged('post_install', '-at_install')
class TestFigurePlaces(ResultCommon):
    """The same figure stands on the board, in the e-mail, at the outlet and in the evidence."""

    def _get_evidence(self):
        self.env.flush_all()
        evaluation = self.env['aftersales.evaluation'].create({
            'standard_id': self.env.ref('aftersales_survey.aftersales_evaluation_clause_gb').id,
            'date': '2019-12-31', 'date_from': '2019-01-01', 'outlet_id': self.pudong.id})
        return evaluation._get_evidence('csi')

    def test_evidence_counts_who_kept_silent(self):
        self._answer([{'csi': 80.0}] * 30, outlet_id=self.pudong.id)
        self._ask(30, outlet_id=self.pudong.id)
        evidence = self._get_evidence()
        self.assertIn("reach 50.0 %", evidence.words)
        self.assertEqual((evidence.passed, evidence.size), (30, 30))

    def _answer_no_customers(self):
        """Let 30 customers find 80 points, and 30 of each other kind none."""
        self._answer([{'csi': 80.0}] * 30, outlet_id=self.pudong.id)
        for purpose in ('staff', 'mystery', 'competitor'):
            survey = self.repair_survey.copy({'aftersales_purpose': purpose})
            self.staff_wave = self._create_wave(survey_id=survey.id)
            self._answer([{'csi': 0.0}] * 30, self.staff_wave, outlet_id=self.pudong.id)
        self.env.flush_all()

    @freeze_time('2019-11-05 04:00:00')
    def test_customers_alone_count_where_no_purpose_is_chosen(self):
        self._answer_no_customers()
        report = self.env['aftersales.survey.report'].with_user(self.survey_manager)
        filters = {'period': '3', 'groupby': 'outlet_id'}
        [row] = [row for row in report.get_board_data(filters)['rows']
                 if row['label'] == self.pudong.display_name]
        statistics = self.env['aftersales.survey.statistics'].with_user(
            self.survey_manager).create({'date_from': '2019-10-01', 'date_to': '2019-10-31'})
        digest = self.env['digest.digest'].create({
            'name': "Satisfaction", 'company_id': self.env.company.id})
        monitor = self.env['aftersales.survey.monitor'].create({
            'metric': 'csi', 'outlet_id': self.pudong.id})
        monitor.with_user(self.survey_manager).action_check()
        boss = people.get_visitor(self.env, 'wang')
        self.pudong.write({'manager_id': boss.id, 'member_ids': [Command.set(boss.ids)]})
        [shown] = self.env['aftersales.outlet'].with_user(boss)._get_figures_for_bosses()
        search = etree.fromstring(report.get_view(view_type='search')['arch'])
        [chosen] = search.xpath("//filter[@name='customers']/@domain")
        self.assertEqual({
            'board': row['figures']['csi']['value'],
            'service report': statistics._get_figures()[0]['figures']['csi']['value'],
            'e-mail': digest.with_user(self.survey_manager).with_context(
                start_datetime=datetime(2019, 10, 1, tzinfo=timezone.utc),
                end_datetime=datetime(2019, 11, 1, tzinfo=timezone.utc)
                ).sudo().kpi_survey_csi_value,
            'monitor': monitor.last_value,
            'button': self.pudong.with_user(self.survey_manager).survey_csi,
            'page of the outlet': shown['month']['figures']['csi']['value'],
            'evidence': 100.0 * self._get_evidence().passed / self._get_evidence().size,
            'analysis': report._get_figures(
                [('outlet_id', '=', self.pudong.id), *literal_eval(chosen)]
                )[0]['figures']['csi']['value']},
            {'evidence': 100.0} | dict.fromkeys((
                'board', 'service report', 'e-mail', 'monitor', 'button', 'page of the outlet',
                'analysis'), 80.0))

    @freeze_time('2019-11-05 04:00:00')
    def test_others_are_read_where_they_are_chosen(self):
        self._answer_no_customers()
        report = self.env['aftersales.survey.report'].with_user(self.survey_manager)
        for filters in ({'purpose': 'competitor'}, {'wave_id': self.staff_wave.id}):
            with self.subTest(filters):
                figure = report.get_board_data(filters)['total']['figures']['csi']
                self.assertEqual((figure['n'], figure['value']), (30, 0.0))
        monitor = self.env['aftersales.survey.monitor'].create({
            'metric': 'csi', 'outlet_id': self.pudong.id, 'purpose': 'staff'})
        monitor.with_user(self.survey_manager).action_check()
        self.assertRecordValues(monitor, [{'last_value': 0.0, 'last_count': 30}])
        self.assertEqual(report.search_count(monitor.action_view_answers()['domain']), 30)

    @freeze_time('2019-11-05 04:00:00')
    def test_a_day_is_that_of_the_company_on_board_and_in_words(self):
        """At 07:30 in Shanghai, before midnight in Greenwich, 1 November has begun."""
        self.env.company.resource_calendar_id.tz = 'Asia/Shanghai'
        self.env['survey.user_input'].search([]).is_valid = False
        answers = self._answer([{'csi': 80.0}] * 30, asked=datetime(2019, 10, 31, 23, 30))
        question = self.repair_survey.question_ids.filtered(
            lambda question: question.aftersales_metric == 'csi')[:1]
        self.env['survey.user_input.line'].create([
            {'user_input_id': one.id, 'question_id': question.id, **values} for one in answers
            for values in ({'answer_type': 'scale', 'value_scale': 4},
                           {'answer_type': 'text_box', 'value_text_box': "Polite"})])
        report = self.env['aftersales.survey.report'].with_user(self.survey_manager)
        self.assertEqual(report.get_board_data({'period': '1'})['total']['figures']['csi']['n'], 30)
        [dot] = report.get_board_items({'period': '1'})['chart']['dots']
        self.assertEqual(dot['n'], 30)
        months = self.env['aftersales.survey.statistics'].with_user(self.survey_manager).create([
            {'date_from': '2019-10-01', 'date_to': '2019-10-31'},
            {'date_from': '2019-11-01', 'date_to': '2019-11-30'}])
        self.assertEqual([bool(month._get_words()) for month in months], [False, True])

    def test_board_judges_no_item_by_few_answers_and_mixes_no_weights(self):
        def rate(survey, values, number):
            wave = self._create_wave(survey_id=survey.id)
            wave.state = 'running'
            answers = self._answer([{'csi': 80.0}] * number, wave, asked=datetime(2026, 11, 1))
            self.env['survey.user_input.line'].create([{
                'user_input_id': one.id, 'question_id': question.id, 'answer_type': 'scale',
                'value_scale': value} for one in answers for question, value in values.items()])

        self.env['survey.user_input'].search([]).is_valid = False
        self.repair_survey.write({'question_and_page_ids': [Command.create({
            'title': "How quickly did we come?", 'question_type': 'scale', 'sequence': 9,
            'scale_min': 1, 'scale_max': 5, 'aftersales_metric': 'csi',
            'aftersales_weight': 60.0})]})
        first, second = self.repair_survey.question_ids.filtered(
            lambda question: question.aftersales_metric == 'csi')
        other = self.repair_survey.copy({'title': "Other"})
        report = self.env['aftersales.survey.report'].with_user(self.survey_manager)
        rate(self.repair_survey, {first: 1, second: 5}, 1)
        chart = report.get_board_items({})['chart']
        self.assertEqual([dot['field'] for dot in chart['dots']], [None, None])
        self.assertFalse(chart['has_fields'])
        rate(self.repair_survey, {first: 1, second: 5}, 29)
        rate(other, {question: 3 for question in other.question_ids if (
            question.aftersales_metric == 'csi')}, 2)
        chart = report.get_board_items({})['chart']
        self.assertEqual(
            [(dot['survey'], dot['n'], dot['field']) for dot in chart['dots']],
            [(self.repair_survey.title, 30, 'improve'), (self.repair_survey.title, 30, 'keep_low')])

    def test_lists_leave_empty_what_was_not_answered(self):
        none, zero = self._answer([
            {'nps_class': 'passive', 'nps_points': 0, 'servqual_gap': 0.0}, {}])[::-1]
        self.env.flush_all()
        self.assertEqual([one.has_servqual_gap for one in (none, zero)], [False, True])
        rows = self.env['aftersales.survey.report'].search(
            [('wave_id', '=', self.wave.id)]).sorted('has_nps')
        self.assertRecordValues(rows, [
            {'has_nps': False, 'has_csat': False}, {'has_nps': True, 'has_csat': False}])
