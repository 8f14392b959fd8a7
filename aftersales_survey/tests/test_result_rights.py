import json
from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from .result_common import ResultCommon


@tagged('post_install', '-at_install')
class TestResultRights(ResultCommon):
    """Who reads figures, and that no way of reading them names a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._answer([{'csi': 40.0}] * 30, outlet_id=cls.pudong.id,
                    technician_id=cls.technician.id)
        cls.env.flush_all()

    @users('technician', 'agent', 'dispatcher', 'interviewer')
    def test_others_read_neither_report_nor_board(self):
        report = self.env['aftersales.survey.report']
        for read in (
                lambda: report.search([]), lambda: report._read_group([], [], ['csi:avg']),
                lambda: report.get_board_data({}), lambda: report.get_board_items({}),
                lambda: report.action_view_answers([]),
                lambda: report.sudo().search([], limit=1).sudo(False)._export_rows([['outlet_id']]),
                lambda: self.env['aftersales.survey.monitor'].search([]),
                lambda: self.wave.with_env(self.env)._write_answer_sheet()):
            with self.assertRaises(AccessError):
                read()

    def test_employee_without_a_role_reads_nothing(self):
        report = self.env['aftersales.survey.report'].with_user(self.employee)
        with self.assertRaises(AccessError):
            report.get_board_data({})

    @users('survey_manager')
    def test_no_column_names_a_customer(self):
        report = self.env['aftersales.survey.report']
        links = {
            field.comodel_name for field in report._fields.values()
            if field.type in ('many2one', 'one2many', 'many2many', 'reference')}
        self.assertFalse(links & {
            'res.partner', 'survey.user_input', 'aftersales.survey.invitation',
            'aftersales.order', 'aftersales.warranty'})
        row = report.search([('wave_id', '=', self.wave.id)], limit=1)
        names = [name for name in report._fields if name != 'id']  # a view has no id to export
        board = report.get_board_data({'wave_id': self.wave.id})
        shown = json.dumps(
            [row.read(), row._export_rows([[name] for name in names]), board], default=str)
        self.assertNotIn("Li Na", shown)

    @users('survey_manager')
    def test_sheet_has_no_customer_and_no_formula(self):
        answers = self.env['survey.user_input'].search(
            [('aftersales_wave_id', '=', self.wave.id)], limit=1).sudo()
        self.env['survey.user_input.line'].sudo().create([
            {'user_input_id': answers.id, 'question_id': question.id, 'answer_type': kind,
             f'value_{kind}': value} for question, kind, value in (
                (self.nps_question, 'scale', 9),
                (self.open_question, 'text_box', '=cmd|"/c calc"!A1 <script>x</script>'))])
        content = self.wave.with_env(self.env)._write_answer_sheet()
        [[headings, *rows]] = self._read_sheet(content)
        self.assertEqual(len(rows), 30)
        self.assertEqual(
            [cell.value for cell in headings[-3:]], self.repair_survey.question_ids.mapped('title'))
        [row] = [row for row in rows if row[0].value == answers.id]
        self.assertEqual((row[-3].value, row[-3].data_type), (9, 'n'))
        self.assertEqual(
            (row[-1].value, row[-1].data_type), ('=cmd|"/c calc"!A1 <script>x</script>', 's'))
        self.assertNotIn("Li Na", {cell.value for row in rows for cell in row})

    def _read_sheet(self, content):
        from io import BytesIO

        from openpyxl import load_workbook
        return [list(sheet.iter_rows()) for sheet in load_workbook(BytesIO(content)).worksheets]

    def test_other_company_has_its_own_figures(self):
        other = self.env['res.company'].create({'name': "Other"})
        self.survey_manager.company_ids |= other
        report = self.env['aftersales.survey.report'].with_user(
            self.survey_manager).with_context(allowed_company_ids=other.ids)
        self.assertFalse(report.search([]))
        self.assertEqual(report.get_board_data({'wave_id': self.wave.id})['total']['all'], 0)
        with self.assertRaises(AccessError):
            self.wave.with_user(self.survey_manager).with_context(
                allowed_company_ids=other.ids).check_access('read')

    @users('survey_manager')
    def test_nonsense_of_a_client_is_no_filter(self):
        report = self.env['aftersales.survey.report']
        for filters in (None, [], {'groupby': 'partner_id', 'metric': 'x', 'period': "1' OR 1",
                                   'wave_id': 2 ** 40, 'purpose': {'a': 1}},
                        {'groupby': ['outlet_id'], 'wave_id': "1"}, {'wave_id': True}):
            with self.subTest(filters=filters):
                self.assertIn('rows', report.get_board_data(filters))

    @users('survey_manager')
    def test_row_opens_its_answers_by_their_own_rules(self):
        row = self.env['aftersales.survey.report'].search(
            [('wave_id', '=', self.wave.id), ('result', '=', 'answered')], limit=1)
        self.assertEqual(row.action_open_answer()['res_id'], row.answer_number)

    def test_service_report_is_for_survey_managers(self):
        self._answer([{'csi': 40.0}] * 30, asked=datetime(2019, 3, 12, 9))
        self.env.flush_all()
        values = {'date_from': '2019-03-01', 'date_to': '2019-03-31'}
        statistics = self.env['aftersales.survey.statistics'].with_user(self.survey_manager).create(
            values)
        self.assertEqual(statistics._get_figures()[0]['figures']['csi']['n'], 30)
        self.assertEqual(len(statistics._get_order_totals()), 2)
        with self.assertRaises(AccessError):
            self.env['aftersales.survey.statistics'].with_user(self.interviewer).create(values)
        other = self.env['res.company'].create({'name': "Other"})
        statistics.sudo().company_id = other
        with self.assertRaisesRegex(AccessError, "Survey managers"):
            statistics._get_order_rows()
