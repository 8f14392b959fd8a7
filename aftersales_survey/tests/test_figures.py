import doctest

from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..tools import charts, figures, word_list
from .result_common import ResultCommon

CONTENT = {'csat': 5.0, 'csat_points': 100}
UNHAPPY = {'csat': 2.0, 'csat_points': 0}


class TestFigureTools(BaseCase):

    def test_samples_in_the_docstrings(self):
        for module in (charts, figures, word_list):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertFalse(result.failed)

    def test_two_answers_that_agree_do_not_make_a_figure_sure(self):
        # 400 customers, 20 of 40 content; 100 customers, both of two content. By hand: within all
        # groups the variance is (39 × 2564.10 + 1 × 0) / 40 = 2500; 0.64 × 0.9 × 2564.10 / 40
        # + 0.04 × 0.98 × 2500 / 2 = 85.92; 1.96 × √85.92 = 18.17
        figure = figures.describe_stratified('csat', [
            (400, {'csat_count': 40, 'satisfied_count': 20}),
            (100, {'csat_count': 2, 'satisfied_count': 2})], 30)
        self.assertEqual([round(figure[name], 1) for name in ('value', 'low', 'high')],
                         [60.0, 41.8, 78.2])

    def test_answers_that_are_all_alike_are_no_certainty(self):
        # Wilson's lower limit of 33 of 33 is 33 / (33 + 1.96²) = 89.57 %: the others, 10.43 %,
        # may be detractors, or give 20 (100 less 10.43 % of the scale)
        alike = {'nps_count': 33, 'promoter_count': 33, 'csi_count': 33, 'csi_sum': 3300.0,
                 'csi_square': 330000.0, 'csat_count': 33, 'satisfied_count': 33}
        for metric, low in (('nps', 79.1), ('csi', 89.6), ('csat', 89.6)):
            with self.subTest(metric):
                figure = figures.describe_figure(metric, alike, 30)
                self.assertEqual((round(figure['low'], 1), round(figure['high'], 1)), (low, 100.0))
                whole = figures.describe_stratified(metric, [(500, alike)], 30)
                self.assertEqual(round(whole['low'], 1), low)
                # who asked all of them knows
                self.assertEqual(
                    figures.describe_stratified(metric, [(33, alike)], 30)['low'], 100.0)


@tagged('post_install', '-at_install')
class TestFigures(ResultCommon):

    def test_seven_hundred_calls(self):
        """S1 of the cases from practice: 700 calls and what they are worth."""
        self._ask(85, state='expired')  # the number has expired
        self._ask(60, state='refused')
        self._ask(125)  # three attempts in two days
        self._answer([CONTENT] * 387 + [UNHAPPY] * 43)
        [row] = self._get_figures()
        self.assertEqual((row['all'], row['reached'], row['answered']), (700, 490, 430))
        self.assertEqual(
            [round(row[name], 1) for name in ('reach', 'response', 'refusal')],
            [70.0, 61.4, 12.2])
        csat = row['figures']['csat']
        self.assertEqual((csat['n'], csat['unit']), (430, '%'))
        self.assertEqual(
            [round(csat[name], 1) for name in ('value', 'low', 'high')], [90.0, 86.8, 92.5])

    def test_small_samples_have_no_rank(self):
        self._answer([{'csi': 80.0}] * 30, outlet_id=self.pudong.id)
        self._answer([{'csi': 100.0}] * 29, outlet_id=self.minhang.id)
        rows = {row['value']: row['figures']['csi'] for row in self._get_figures('outlet_id')}
        self.assertEqual(
            [(rows[outlet]['rank'], rows[outlet]['is_small'], rows[outlet]['n'])
             for outlet in (self.pudong, self.minhang)],
            [(1, False, 30), (None, True, 29)])

    def test_minimum_is_a_setting_of_the_company(self):
        self._answer([{'csi': 80.0}] * 12)
        self.env.company.aftersales_survey_minimum = 12
        self.assertEqual(self._get_figures()[0]['figures']['csi']['rank'], 1)

    def test_analysis_leaves_averages_of_small_samples_empty(self):
        self._answer([{'csi': 80.0}] * 30, outlet_id=self.pudong.id)
        self._answer([{'csi': 100.0}] * 29, outlet_id=self.minhang.id)
        self.env.flush_all()
        groups = self.env['aftersales.survey.report'].with_user(
            self.survey_manager)._read_group(
                [('wave_id', '=', self.wave.id)], ['outlet_id'], ['csi:avg', 'response:avg'],
                order='csi:avg')
        self.assertEqual(
            [(outlet, csi, response) for outlet, csi, response in groups],
            [(self.pudong, 80.0, 100.0), (self.minhang, False, 100.0)])

    def test_recommendation_counts_from_minus_100_to_100(self):
        """NPS of the reference: 50 promoters, 30 passive, 20 detractors are 30."""
        self._answer(
            [{'nps': 10, 'nps_class': 'promoter', 'nps_points': 100}] * 50
            + [{'nps': 8, 'nps_class': 'passive', 'nps_points': 0}] * 30
            + [{'nps': 0, 'nps_class': 'detractor', 'nps_points': -100}] * 20)
        figure = self._get_figures()[0]['figures']['nps']
        self.assertEqual(
            [round(figure[name], 1) for name in ('value', 'low', 'high')], [30.0, 14.7, 45.3])

    def test_excluded_answers_count_nothing_and_are_shown(self):
        self._answer([{'csi': 80.0}] * 10)
        self._answer([{'csi': 20.0}] * 5, answers={
            'is_valid': False, 'exclusion_reason': 'fast'})
        self._ask(3, state='excluded')
        self._ask(7, state='excluded', active=False)  # left out, never asked
        self._ask(2, state='draft')
        [row] = self._get_figures()
        self.assertEqual(
            (row['all'], row['answered'], row['excluded'], row['response']), (10, 10, 8, 100.0))
        self.assertEqual((row['figures']['csi']['value'], row['figures']['csi']['n']), (80.0, 10))

    def test_half_answer_counts_with_what_it_has(self):
        self._answer([{'csat': 5.0, 'csat_points': 100, 'is_partial': True}, {'csi': 60.0}])
        [row] = self._get_figures()
        self.assertEqual((row['answered'], row['partial']), (2, 1))
        self.assertEqual(
            [row['figures'][metric]['n'] for metric in ('csat', 'csi', 'nps')], [1, 1, 0])

    def test_second_interview_does_not_improve_the_figure(self):
        self._answer([{'csi': 40.0}])
        self._answer([{'csi': 100.0}], answers={'aftersales_is_second': True})
        [row] = self._get_figures()
        self.assertEqual((row['all'], row['figures']['csi']['value']), (1, 40.0))

    def test_uninvited_answers_count_as_reached(self):
        self.env['survey.user_input'].create({
            'survey_id': self.repair_survey.id, 'company_id': self.env.company.id,
            'aftersales_outlet_id': self.pudong.id, 'date_scored': '2019-10-12 09:00:00',
            'csi': 60.0})
        self.env.flush_all()
        [row] = self.env['aftersales.survey.report'].with_user(
            self.survey_manager)._get_figures([('outlet_id', '=', self.pudong.id)])
        self.assertEqual((row['all'], row['answered'], row['reach']), (1, 1, 100.0))

    def test_many_answers_cost_as_many_queries_as_few(self):
        report = self.env['aftersales.survey.report'].with_user(self.survey_manager)
        counts = []
        for number in (10, 10, 100):  # the first fills the caches
            self._answer([{'csi': 80.0}] * number, outlet_id=self.pudong.id)
            counts.append(self._count_queries(
                lambda: report.get_board_data({'groupby': 'outlet_id'})))
        self.assertEqual(counts[1], counts[2])
        self.assertLessEqual(counts[2], 16)

    def test_months_lead_to_their_own_answers(self):
        self._answer([{'csi': 80.0}] * 3)
        self._answer([{'csi': 60.0}] * 4, asked='2019-11-01 00:30:00')
        rows = self._get_figures('date_asked:month')
        report = self.env['aftersales.survey.report'].with_user(self.survey_manager)
        self.assertEqual([row['figures']['csi']['n'] for row in rows], [3, 4])
        self.assertEqual([report.search_count(row['domain']) for row in rows], [3, 4])
