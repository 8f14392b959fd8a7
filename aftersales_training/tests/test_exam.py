from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..tools import exam
from .common import TrainingCommon


@tagged('post_install', '-at_install')
class TestExam(TrainingCommon):
    """Theory by a survey of core, practice and attitude by others, and what they come to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        now = cls.env.cr.now().replace(microsecond=0)
        cls.survey = cls.env['survey.survey'].create({
            'title': "Work at Height: Theory", 'survey_type': 'training', 'access_mode': 'token',
            'scoring_type': 'scoring_without_answers', 'scoring_success_min': 80.0,
            'question_and_page_ids': [(0, 0, {
                'title': f"Question {number}", 'question_type': 'simple_choice',
                'suggested_answer_ids': [
                    (0, 0, {'value': "Right", 'is_correct': True, 'answer_score': 10}),
                    (0, 0, {'value': "Wrong"})]}) for number in range(5)]})
        cls.height_course.write({
            'survey_id': cls.survey.id, 'skill_id': False,
            'item_ids': [(0, 0, {'name': "Wears the belt"})],
            'theory_weight': 40, 'practice_weight': 50, 'attitude_weight': 10})
        cls.session = cls._create_session(
            cls.technician, cls.outlet_technician,
            date_start=now - timedelta(hours=2), date_end=now + timedelta(hours=6))
        cls.session.with_user(cls.training_officer).action_confirm()
        cls.own, cls.outlets = cls.session.attendance_ids

    def _take(self, attendance, kind, right):
        """Take an exam as its page does, with so many right answers of five."""
        attendance.sudo()._open_exam(kind)
        answers = attendance.sudo().survey_input_ids.filtered(lambda one: one.state == 'new')
        self.assertEqual(len(answers), 1)
        for number, question in enumerate(self.survey.question_ids):
            choice = question.suggested_answer_ids[0 if number < right else 1]
            answers._save_lines(question, str(choice.id))
        answers._mark_done()
        return answers

    def test_an_exam_without_questions_is_refused(self):
        """Who opened it meanwhile gets a new sheet: core keeps no answers on the empty one."""
        empty = self.env['survey.survey'].create({'title': "Draft", 'survey_type': 'training'})
        self.height_course.with_user(self.training_officer).survey_id = empty
        session = self._create_session(
            self.agent, date_start=self.session.date_start, date_end=self.session.date_end)
        with self.assertRaisesRegex(UserError, "no questions with points yet: Draft"):
            session.with_user(self.training_officer).action_confirm()
        self.own.with_user(self.coach).action_note_present()
        with self.assertRaisesRegex(UserError, "no questions with points"):
            self.own.sudo()._open_exam('theory')
        opened = empty._create_answer(
            user=self.technician, check_attempts=False, training_attendance_id=self.own.id,
            training_exam='theory', training_attempt=1)
        for question in self.survey.question_ids:
            question.copy({'survey_id': empty.id})
        address = self.own.sudo()._open_exam('theory')
        self.assertFalse(opened.exists())
        answers = self.own.sudo().survey_input_ids
        self.assertIn(answers.access_token, address)
        self.assertEqual(len(answers.predefined_question_ids), 5)
        session.with_user(self.training_officer).action_confirm()

    def test_marks_of_all_parts_decide_and_their_mean_is_the_total(self):
        self._take(self.own, 'pre', 2)
        self.own.with_user(self.coach).action_note_present()
        self._take(self.own, 'theory', 4)
        self.assertEqual(self.own.state, 'attended')  # practice is to come
        self.own.with_user(self.coach).attitude = 90
        self.own._record_practice(90.0)
        self.assertRecordValues(self.own, [{
            'state': 'passed', 'pre_score': 40.0, 'theory': 80.0, 'gain': 100.0,
            'total': 86.0}])  # (80 × 40 + 90 × 50 + 90 × 10) / 100

    def test_an_attitude_of_nothing_can_be_given_and_no_total_is_rounded_up(self):
        self.own.with_user(self.coach).action_note_present()
        self._take(self.own, 'theory', 5)
        self.own.with_user(self.coach).is_attitude_judged = True
        self.own._record_practice(90.0)
        self.assertEqual(self.own.total, 85.0)  # (100 × 40 + 90 × 50 + 0 × 10) / 100
        self.assertEqual(exam.combine({'theory': 79.95}, {'theory': 40}), 79.95)

    def test_who_passes_gets_the_certificate_and_who_was_absent_gets_none(self):
        self.height_course.skill_id = self.height_skill
        certificates = self.env['aftersales.certificate']
        self.outlets.with_user(self.coach).action_note_present()
        self.outlets._record_practice(90.0)
        self._take(self.outlets, 'theory', 5)  # the last part, by the learner's own hand
        certificate = certificates.search([('attendance_id', '=', self.outlets.id)])
        self.assertRecordValues(certificate, [{
            'user_id': self.outlet_technician.id, 'skill_id': self.height_skill.id}])
        self.assertIn(self.outlet_technician, self.height_skill.user_ids)
        self.own.with_user(self.coach).action_note_absent()
        with self.assertRaisesRegex(UserError, "did not pass"):
            certificates._issue(self.technician, self.height_course, attendance=self.own)

    def test_failed_part_alone_is_repeated(self):
        self.own.with_user(self.coach).action_note_present()
        self._take(self.own, 'theory', 3)
        self.assertEqual(self.own.state, 'failed')
        with self.assertRaisesRegex(UserError, "is for those who attended"):
            self.own.sudo()._open_exam('theory')
        self.own.with_user(self.coach).action_retest()
        self.assertEqual((self.own.state, self.own.attempt), ('attended', 2))
        self._take(self.own, 'theory', 5)
        self.own._record_practice(100.0, has_red_line=True)
        self.assertEqual(self.own.state, 'failed')
        self.own.with_user(self.coach).action_retest()
        self.assertRecordValues(self.own, [{'theory': 100.0, 'practice': 0.0, 'attempt': 3}])
        self.own._record_practice(85.0)
        self.assertEqual(self.own.state, 'passed')

    def test_test_before_the_training_gives_no_certificate_of_core(self):
        self.survey.write({'certification': True, 'scoring_success_min': 80.0})
        self.assertFalse(self._take(self.own, 'pre', 5).scoring_success)
        self.own.with_user(self.coach).action_note_present()
        self.assertTrue(self._take(self.own, 'theory', 5).scoring_success)

    def test_exam_and_rating_wait_for_the_training(self):
        before = self.session.date_start - timedelta(minutes=7)
        answers = {'content': 5, 'trainer': 5, 'use': 5}
        with freeze_time(before):
            self.own.with_user(self.coach).action_note_present()
            shown = self.own.sudo()._prepare_mobile_attendance()
            self.assertFalse(shown['exam'] or shown['can_rate'])
            with self.assertRaisesRegex(UserError, "opens when the training begins"):
                self.own.sudo()._open_exam('theory')
            with self.assertRaisesRegex(UserError, "once it is over"):
                self.own.sudo()._record_reaction(answers, "")
        with freeze_time(self.session.date_end):
            self.own.sudo()._record_reaction(answers, "")

    def test_judge_says_which_marks_are_missing(self):
        """The button that can judge nothing yet names what it waits for, and the form, too."""
        self.own.with_user(self.coach).action_note_present()
        waits = self.own.with_user(self.coach)
        answer = waits.action_judge()
        self.assertEqual((self.own.state, answer['params']['type']), ('attended', 'warning'))
        for words in "theory exam", "practice exam":
            self.assertIn(words, answer['params']['message'])
        self.assertEqual(waits.action_view_checks()['res_model'], 'aftersales.training.check')
        self._take(self.own, 'theory', 5)
        self.assertEqual(waits.missing_marks, "practice exam")
        self.session.with_user(self.coach).action_hold()
        held = self.session.with_user(self.coach)
        self.assertEqual(held.to_judge_count, 1)
        self.assertEqual(held.action_view_to_judge()['res_id'], self.own.id)
        self.own._record_practice(90.0)
        self.assertEqual((waits.state, waits.missing_marks), ('passed', ""))

    def test_exam_is_taken_by_who_attended_and_once(self):
        with self.assertRaisesRegex(UserError, "sign in to the session first"):
            self.own.sudo()._open_exam('theory')
        with self.assertRaisesRegex(UserError, "Only who attended is examined"):
            self.own._record_practice(90.0)
        self.own.with_user(self.coach).action_note_present()
        self._take(self.own, 'theory', 5)
        with self.assertRaisesRegex(UserError, "taken this exam already"):
            self.own.sudo()._open_exam('theory')
        self.outlets.with_user(self.coach).action_note_present()
        with freeze_time(self.session.date_end + timedelta(days=15)), self.assertRaisesRegex(
                UserError, "time for this exam is over"):
            self.outlets.sudo()._open_exam('theory')

    def test_exam_keeps_its_safeguards_whoever_writes_it(self):
        for vals in {'access_mode': 'public'}, {'scoring_type': 'no_scoring'}, {
                'scoring_type': 'scoring_with_answers'}, {'survey_type': 'custom'}:
            with self.subTest(vals), self.assertRaises(ValidationError), self.cr.savepoint():
                self.survey.with_user(self.training_officer).write(vals)
        other = self.env['survey.survey'].create(
            {'title': "Any", 'survey_type': 'assessment', 'scoring_type': 'scoring_with_answers'})
        with self.assertRaisesRegex(ValidationError, "of the type"):
            self.height_course.survey_id = other

    def test_answers_are_read_by_training_officers_alone(self):
        self.own.with_user(self.coach).action_note_present()
        answers = self._take(self.own, 'theory', 5)
        survey_manager = self._create_person('other_agent', 'agent', "Agent Otto")
        survey_manager.group_ids += self.env.ref('survey.group_survey_manager')
        for user in self.coach, self.technician, self.outlet_technician, survey_manager:
            model = self.env['survey.user_input'].with_user(user)
            with self.subTest(user.name), self.assertRaises(AccessError):
                answers.with_user(user).read(['scoring_percentage'])
            if user == survey_manager:
                self.assertFalse(model.search([('survey_id', '=', self.survey.id)]))
                self.assertFalse(self.env['survey.user_input.line'].with_user(user).search(
                    [('survey_id', '=', self.survey.id)]))
                self.assertFalse(self.survey.with_user(user).search(
                    [('id', '=', self.survey.id)]))
        answers.with_user(self.training_officer).read(['scoring_percentage'])
        with self.assertRaises(AccessError):
            answers.with_user(self.training_officer).write({'training_attempt': 2})

    def test_results_are_ranked_and_the_forms_are_printed(self):
        for person, mark in (self.own, 95.0), (self.outlets, 85.0):
            person.with_user(self.coach).action_note_present()
            self._take(person, 'theory', 5)
            person._record_practice(mark)
        reports = self.env['ir.actions.report'].with_user(self.coach)
        for name, words in (
                ('results', ("Technician Tom", "Outlet Olga", "97.2", "Olga&#39;s Station")),
                ('record', ("Training Room 1", "By Code")),
                ('report', ("2 Learning", "Below Target"))):
            html, __ = reports._render_qweb_html(
                f'aftersales_training.report_training_{name}', self.session.ids)
            with self.subTest(name):
                self.assertIn(words[0], html.decode())
                self.assertIn("Training Officer", html.decode())
        # words in an expression are never translated: forms have them as text
        self.assertFalse(self.env['ir.ui.view'].search(
            [('type', '=', 'qweb'), ('key', '=like', 'aftersales%'),
             ('arch_db', 'like', 'env._(')]))
        with self.assertRaises(AccessError):  # learners read no means of two
            self.session.with_user(self.technician)._get_figures()
        ranks = self.session.attendance_ids._get_ranks()
        self.assertEqual((ranks[self.own], ranks[self.outlets]), (1, 2))


@tagged('post_install', '-at_install')
class TestExamTool(BaseCase):

    def test_weight_of_a_missing_part_is_shared(self):
        weights = {'theory': 40, 'practice': 50, 'attitude': 10}
        self.assertEqual(exam.combine(
            {'theory': 80, 'practice': 90, 'attitude': None}, weights), 85.56)
        self.assertIsNone(exam.combine({'theory': None}, weights))
        self.assertIsNone(exam.combine({'theory': 50}, {'theory': 0}))
