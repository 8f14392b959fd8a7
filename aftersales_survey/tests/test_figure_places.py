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
