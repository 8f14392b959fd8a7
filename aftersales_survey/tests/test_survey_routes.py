from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import SurveyCommon


@tagged('post_install', '-at_install')
class TestSurveyRoutes(HttpCase, SurveyCommon):
    """Core's own ways to a questionnaire: its pages lead to ours, its staff changes none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answers = cls._create_answers()
        cls.key, cls.survey_key = cls.answers.access_token, cls.repair_survey.access_token
        cls.survey_user = cls.env['res.users'].create({
            'name': "Survey User", 'login': 'survey_user', 'group_ids': [(6, 0, (
                cls.env.ref('base.group_user') | cls.env.ref('survey.group_survey_user')).ids)]})

    def _count(self):
        return self.env['survey.user_input'].search_count(
            [('survey_id.survey_type', '=', 'aftersales')])

    # === PAGES === #

    def test_pages_of_core_lead_to_ours_and_give_no_second_vote(self):
        self.answers._aftersales_answer_all({self.nps_question: 3, self.csi_question: 1})
        self.answers._finish_aftersales()
        before = self._count()
        for path in (f'/survey/retry/{self.survey_key}/{self.key}',
                     f'/survey/start/{self.survey_key}?answer_token={self.key}',
                     f'/survey/{self.survey_key}/{self.key}',
                     f'/survey/print/{self.survey_key}?answer_token={self.key}',
                     f'/survey/get_question_image/{self.survey_key}/{self.key}/1/1'):
            with self.subTest(path):
                page = self.url_open(path)
                self.assertIn(f'/feedback/{self.key}', page.url)
                self.assertNotIn("Take Again", page.text)
        self.assertEqual(self._count(), before)

    @mute_logger('odoo.http')
    def test_scripts_of_core_answer_nothing(self):
        nps = self.nps_question
        for path, params in (
                (f'/survey/begin/{self.survey_key}/{self.key}', {}),
                (f'/survey/next_question/{self.survey_key}/{self.key}', {}),
                (f'/survey/submit/{self.survey_key}/{self.key}',
                 {'question_id': nps.id, str(nps.id): '10'})):
            with self.subTest(path), self.assertRaisesRegex(JsonRpcException, "NotFound"):
                self.make_jsonrpc_request(path, params)
        self.assertRecordValues(self.answers, [{'state': 'new', 'nps': 0, 'date_scored': False}])
        for path in (f'/survey/start/{self.survey_key}', f'/survey/print/{self.survey_key}',
                     f'/survey/{self.survey_key}/get_background_image'):
            self.assertEqual(self.url_open(path).status_code, 404)

    @mute_logger('odoo.http')
    def test_questionnaire_for_all_is_answered_on_our_page_alone(self):
        survey = self.env.ref('aftersales_survey.survey_opinion')
        before = self._count()
        page = self.url_open(f'/survey/start/{survey.access_token}')
        self.assertIn(f'/feedback/{survey.access_token}', page.url)
        self.assertEqual(self._count(), before)
        survey.write({'session_state': 'ready', 'session_code': '4711'})
        self.assertEqual(
            self.make_jsonrpc_request('/survey/check_session_code/4711'),
            {'error': 'survey_wrong'})
        self.assertNotIn('/feedback/', self.url_open('/s/4711').url)

    def test_survey_manager_tries_a_questionnaire_on_the_page_of_customers(self):
        self.survey_manager.password = 'survey_manager'
        self.authenticate('survey_manager', 'survey_manager')
        page = self.url_open(f'/survey/test/{self.survey_key}')
        tested = self.env['survey.user_input'].search(
            [('survey_id', '=', self.repair_survey.id), ('test_entry', '=', True)])
        self.assertIn(f'/feedback/{tested.access_token}', page.url)
        self.assertIn(self.nps_question.title, page.text)

    @mute_logger('odoo.http')
    def test_who_reads_no_questionnaire_tries_none(self):
        before = self._count()
        self.authenticate('technician', 'technician')
        self.assertEqual(self.url_open(f'/survey/test/{self.survey_key}').status_code, 404)
        self.assertEqual(self._count(), before)

    # === WHO DESIGNS === #

    def test_core_survey_staff_changes_no_questionnaire_of_ours(self):
        survey = self.repair_survey.with_user(self.survey_user)
        option = self.env.ref('aftersales_survey.survey_after_repair').question_ids[
            1].suggested_answer_ids[0]
        for records, vals in ((survey, {'access_mode': 'public'}), (survey, {'active': False}),
                              (survey, {'title': "Lunch"}),
                              (self.nps_question, {'title': "Was it great?"}),
                              (option, {'value': "Great"})):
            with self.subTest(vals), self.assertRaises(AccessError):
                records.with_user(self.survey_user).write(vals)
        with self.assertRaises(AccessError):
            survey.create({'title': "Mine", 'survey_type': 'aftersales', 'user_id': False})
        with self.assertRaises(AccessError):
            survey.unlink()
        # its own surveys stay its own
        own = survey.create({'title': "Lunch", 'question_and_page_ids': [(0, 0, {
            'title': "Good?", 'question_type': 'simple_choice',
            'suggested_answer_ids': [(0, 0, {'value': "Yes"})]})]})
        own.question_ids.title = "Very good?"
        own.question_ids.suggested_answer_ids.value = "No"
        self.repair_survey.with_user(self.survey_manager).title = "How was it?"
        self.nps_question.with_user(self.survey_manager).title = "Would you tell others of us?"
