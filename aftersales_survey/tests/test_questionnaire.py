from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged, users

from .common import SurveyCommon

SIX_ITEMS = ['attitude', 'skill', 'appointment', 'items', 'suggestion', 'need']
TEMPLATES = ('after_repair', 'installation', 'complaint', 'yearly', 'servqual', 'mystery',
             'opinion', 'staff', 'competitor')


@tagged('post_install', '-at_install')
class TestQuestionnaire(SurveyCommon):
    """What a questionnaire must measure before it is asked, and the templates that do."""

    def _get_template(self, name):
        return self.env.ref(f'aftersales_survey.survey_{name}')

    def test_templates_may_be_asked_as_they_are(self):
        for name in TEMPLATES:
            with self.subTest(name):
                survey = self._get_template(name)
                survey._check_aftersales_questions()
                # purpose, privacy and thanks; the overall question comes before the details
                self.assertIn("24 months", survey.description)
                # answers of staff carry no names: they come by a link for all
                self.assertEqual(survey.access_mode == 'public', name in ('opinion', 'staff'))
                self.assertIn("Thank you", survey.description_done)
                self.assertEqual(survey._get_aftersales_tap_question(), survey.question_ids[0])

    def test_after_repair_asks_the_six_items_of_the_handbook(self):
        survey = self._get_template('after_repair')
        tap, reasons, *items = survey.question_ids
        self.assertEqual(tap.aftersales_metric, 'nps')
        self.assertTrue(reasons.aftersales_is_reason)
        self.assertEqual(
            items,
            [self.env.ref(f'aftersales_survey.survey_after_repair_{name}') for name in SIX_ITEMS])
        self.assertEqual(
            [question.aftersales_metric for question in items], ['csi'] * 4 + ['open'] * 2)

    def test_yearly_survey_asks_once_for_each_dimension(self):
        items = self._get_template('yearly')._get_aftersales_items()
        self.assertEqual(
            {item.aftersales_dimension: item.aftersales_weight for item in items},
            {'reliability': 32, 'responsiveness': 22, 'assurance': 19, 'empathy': 16,
             'tangibles': 11})

    def test_servqual_has_22_pairs(self):
        questions = self._get_template('servqual').question_ids
        perceived = questions.filtered(lambda q: q.aftersales_metric == 'perception')
        self.assertEqual((len(questions), len(perceived.aftersales_pair_id)), (44, 22))
        counts = [len(group) for __, group in sorted(
            perceived.grouped('aftersales_dimension').items())]
        # assurance, empathy, reliability, responsiveness, tangibles
        self.assertEqual(counts, [4, 5, 5, 4, 4])
        copied = self._get_template('servqual').copy()
        copied._check_aftersales_questions()

    def test_internal_user_is_made_while_surveys_are_open(self):
        """As the demo does: the searches of the ORM save no user that is half made."""
        self.env['survey.survey'].search([]).mapped('restrict_user_ids')
        self.env['aftersales.survey.wave'].search([]).mapped('user_id')
        user = self.env['res.users'].with_context(no_reset_password=True).create({
            'name': "Sofia", 'login': 'sofia.new', 'email': 'sofia.new@example.com',
            'notification_type': 'inbox', 'group_ids': [
                Command.set(self.env.ref('aftersales_survey.group_survey_manager').ids)]})
        self.assertFalse(user.share)

    @users('survey_manager')
    def test_weights_add_up_to_100(self):
        survey = self.repair_survey.with_user(self.env.user)
        survey._check_aftersales_questions()
        survey.question_ids[1].aftersales_weight = 90
        with self.assertRaisesRegex(UserError, "add up to 90 instead of 100"):
            survey._check_aftersales_questions()

    @users('survey_manager')
    def test_questionnaire_measures_something(self):
        survey = self.repair_survey.with_user(self.env.user)
        survey.question_ids.aftersales_metric = False
        with self.assertRaisesRegex(UserError, "measures nothing"):
            survey._check_aftersales_questions()

    @users('survey_manager')
    def test_questions_fit_their_metric(self):
        nps, __, words = self.repair_survey.with_user(self.env.user).question_ids
        for question, values, message in (
                (nps, {'scale_min': 1}, "0 to 10"),
                (words, {'aftersales_metric': 'csat'}, "of the type “Scale”"),
                (nps, {'aftersales_metric': 'csi'}, "lowest value")):
            with self.assertRaisesRegex(ValidationError, message), self.cr.savepoint():
                question.write(values)

    @users('survey_manager')
    def test_kinds_that_nobody_is_asked(self):
        survey = self.repair_survey.with_user(self.env.user)
        survey.question_and_page_ids = [Command.create({
            'title': "All in one", 'question_type': 'matrix', 'sequence': 9})]
        with self.assertRaisesRegex(UserError, "of a type that customers are not asked"):
            survey._check_aftersales_questions()
        survey.question_ids[-1].write({
            'question_type': 'scale', 'scale_min': 1, 'scale_max': 7,
            'aftersales_metric': 'perception'})
        with self.assertRaisesRegex(UserError, "name the expectation"):
            survey._check_aftersales_questions()

    @users('survey_manager')
    def test_answered_questionnaire_stays_as_it_was_answered(self):
        survey = self.repair_survey.with_user(self.env.user)
        self._create_answers()._aftersales_answer(self.nps_question, 9)
        for change, message in (
                (lambda: survey.question_ids[1].write({'aftersales_weight': 50}), "measure stays"),
                (survey.question_ids[1].unlink, "questions stay"),
                (survey.unlink, "Archive the questionnaires"),
                (lambda: survey.write({'survey_type': 'custom'}), "type stays")):
            with self.assertRaisesRegex(UserError, message), self.cr.savepoint():
                change()
        survey.question_ids[1].write({'title': "How kind?", 'aftersales_weight': 100})
        self.assertTrue(survey.copy())

    def test_pilot_is_judged_in_words(self):
        survey = self.repair_survey
        self.assertIn("at least two index items", survey.aftersales_pilot)
        self.csi_question.aftersales_weight = 50
        survey.question_and_page_ids = [Command.create({
            'title': "How skilled?", 'question_type': 'scale', 'scale_min': 1, 'scale_max': 5,
            'aftersales_metric': 'csi', 'aftersales_weight': 50, 'sequence': 4})]
        items = survey._get_aftersales_items()
        for number in range(10):
            if number == 9:
                survey.invalidate_recordset(['aftersales_pilot'])
                self.assertIn("9 people have answered all 2", survey.aftersales_pilot)
            answers = self.env['survey.user_input'].create({
                'survey_id': survey.id, 'test_entry': True})
            answers._aftersales_answer_all(dict(zip(
                items, [1 + number % 5, min(5, 1 + number % 5 + number // 7)], strict=True)))
        survey.invalidate_recordset(['aftersales_pilot'])
        self.assertRegex(survey.aftersales_pilot, r"alpha is 0\.9\d \(10 people, 2 items\)")
        # tests count for the pilot, and for nothing else
        self.assertFalse(any(survey.user_input_ids.mapped('is_valid')))
