import io
import json

import openpyxl

from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged

from .common import SurveyCommon

FORMULA = '=HYPERLINK("http://example.com")'


@tagged('post_install', '-at_install')
class TestAnswerExports(HttpCase, SurveyCommon):
    """What customers wrote leaves as words; core's own pages show it to no one else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answers = cls._create_answers()
        cls.answers._aftersales_answer_all({cls.nps_question: 9, cls.open_question: FORMULA})
        cls.user = new_test_user(
            cls.env, 'export_manager',
            'aftersales_survey.group_survey_manager,base.group_allow_export')

    def _export(self, kind, **values):
        self.authenticate(self.user.login, self.user.login)
        return self.url_open(f'/web/export/{kind}', data={
            'csrf_token': Request.csrf_token(self), 'data': json.dumps({
                'model': 'survey.user_input', 'ids': self.answers.ids, 'domain': [],
                'import_compat': False, 'context': {}, 'groupby': [], 'fields': [
                    {'name': name, 'label': name, 'type': 'char'}
                    for name in ('nps', 'user_input_line_ids/value_text_box')], **values})})

    def test_formula_of_a_customer_is_exported_as_words(self):
        for groupby in [], ['survey_id']:
            sheet = openpyxl.load_workbook(io.BytesIO(
                self._export('xlsx', groupby=groupby, domain=[
                    ('id', 'in', self.answers.ids)]).content)).active
            cells = [cell for row in sheet.iter_rows() for cell in row
                     if 'HYPERLINK' in str(cell.value)]
            self.assertEqual([(cell.data_type, cell.value) for cell in cells],
                             [('s', f"'{FORMULA}")])
        self.assertIn(f"'{FORMULA}".replace('"', '""'), self._export('csv').text)

    def test_core_pages_show_answers_to_survey_managers_only(self):
        core = new_test_user(
            self.env, 'core_results', 'base.group_user,survey.group_survey_manager')
        url = f'/survey/results/{self.repair_survey.id}'
        for user, is_shown in (core, False), (self.user, True):
            self.authenticate(user.login, user.login)
            self.assertEqual('HYPERLINK' in self.url_open(url).text, is_shown)
            questions = self.open_question.with_user(user).sudo(False)
            self.assertEqual(bool(questions.user_input_line_ids), is_shown)
            self.assertEqual(
                bool(self.repair_survey.with_user(user).sudo(False).user_input_ids), is_shown)
            questions.invalidate_recordset()
