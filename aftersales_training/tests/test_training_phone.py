from datetime import timedelta

from odoo.tests import HttpCase, tagged

from odoo.addons.aftersales_service.tests.visit.phone import Phone

from .common import TrainingCommon


@tagged('post_install', '-at_install')
class TestTrainingPhone(HttpCase, TrainingCommon):
    """The page "My Training" at 390 px, for an outlet's technician and for a coach."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        now = cls.env.cr.now().replace(microsecond=0)
        cls.outlet_technician.password = 'outlet_technician'
        cls.coach.password = 'coach'
        cls.height_course.skill_id = False
        cls.training = cls._create_session(
            cls.outlet_technician, date_start=now + timedelta(minutes=20),
            date_end=now + timedelta(hours=8))
        cls.training.with_user(cls.training_officer).action_confirm()
        cls.attendance = cls.training.attendance_ids

    def _create_exam(self):
        """Return the exam of the course, made as by RPC: the type alone is given."""
        survey = self.env['survey.survey'].create({
            'title': "Height: Theory", 'survey_type': 'training', 'questions_layout': 'one_page',
            'question_and_page_ids': [(0, 0, {
                'title': "Belt?", 'question_type': 'simple_choice', 'suggested_answer_ids': [
                    (0, 0, {'value': "Always", 'is_correct': True, 'answer_score': 10}),
                    (0, 0, {'value': "Never"})]})]})
        self.height_course.survey_id = survey
        return survey

    def test_screen_and_exam_open_for_their_people_only(self):
        screen = f'/training/sign-in/{self.training.id}'
        exam = f'/my/jobs/training/{self.attendance.id}/exam/theory'
        self.authenticate('coach', 'coach')
        self.assertIn('data:image/png', self.url_open(screen).text)
        self.assertEqual(self.url_open(f'{screen}/code').json()['people'], 1)
        self.assertEqual(self.url_open(exam).status_code, 404)
        self.authenticate('outlet_technician', 'outlet_technician')
        self.assertEqual(self.url_open(screen).status_code, 404)
        self.assertEqual(self.url_open(f'{screen}/code').status_code, 404)
        self.assertIn("no exam of this kind", self.url_open(exam).text)

    def test_portal_learner_takes_the_exam_on_its_page(self):
        survey = self._create_exam()
        self.training.date_start -= timedelta(minutes=30)
        self.attendance.with_user(self.coach).action_note_present()
        self.authenticate('outlet_technician', 'outlet_technician')
        page = self.url_open(f'/my/jobs/training/{self.attendance.id}/exam/theory')
        self.assertIn("Height: Theory", page.text)
        token = f'{survey.access_token}/{self.attendance.survey_input_ids.access_token}'
        question = survey.question_ids
        self.make_jsonrpc_request(f'/survey/begin/{token}', {})
        self.make_jsonrpc_request(f'/survey/submit/{token}', {
            str(question.id): str(question.suggested_answer_ids[0].id)})
        self.assertRecordValues(self.attendance, [{'state': 'passed', 'theory': 100.0}])
        # core's ways to a second try, or to one without a learner, are closed
        self.url_open(f'/survey/retry/{token}')
        self.url_open(f'/survey/start/{survey.access_token}')
        self.authenticate(None, None)
        for page in 'start', 'print':
            self.assertNotIn("Belt?", self.url_open(f'/survey/{page}/{survey.access_token}').text)
        self.assertEqual(survey.user_input_ids, self.attendance.survey_input_ids)
        self.assertEqual(len(survey.user_input_ids), 1)

    def test_test_before_shows_no_mark_that_would_be_a_key_to_the_exam(self):
        survey = self._create_exam()
        self.authenticate('outlet_technician', 'outlet_technician')
        shown = {}
        for kind in 'pre', 'theory':
            if kind == 'theory':
                self.training.date_start -= timedelta(minutes=30)
                self.attendance.with_user(self.coach).action_note_present()
            self.url_open(f'/my/jobs/training/{self.attendance.id}/exam/{kind}')
            answers = self.attendance.survey_input_ids.filtered(lambda one: one.state == 'new')
            token = f'{survey.access_token}/{answers.access_token}'
            self.make_jsonrpc_request(f'/survey/begin/{token}', {})
            shown[kind] = str(self.make_jsonrpc_request(f'/survey/submit/{token}', {
                str(survey.question_ids.id): str(
                    survey.question_ids.suggested_answer_ids[0].id)}))
        self.assertNotIn("100", shown['pre'])
        self.assertIn("100", shown['theory'])

    def test_learner_accepts_signs_in_by_the_scanned_code_and_rates(self):
        phone = Phone(self, 'outlet_technician')
        phone.open('/my/jobs')
        phone.tap('nav.pages a', "My Training")
        phone.tap('.training-session .accept', "Accept")
        phone.see('.training-session .badge', "Accepted")
        phone.see('.queue-badge', "✓")
        phone.settle()
        with phone.at_rest():
            self.assertEqual(self.attendance.state, 'accepted')
            code = self.training._make_sign_in_code()
        phone.open(f'/my/jobs?sign_in={code}#page/training')
        phone.tap('.sign-in-scanned', "Sign In: Work at Height")
        phone.see('.training-session .badge', "Attended")
        phone.miss('.training-session .rate')  # not before it is over
        with phone.at_rest():
            self.training.write({'date_start': self.training.date_start - timedelta(hours=9),
                                 'date_end': self.training.date_end - timedelta(hours=9)})
        phone.open('/my/jobs#page/training')
        phone.tap('.training-session .rate', "Rate the Training")
        for part, star in ('content', 5), ('trainer', 4), ('use', 3):
            phone.tap(f'.stars[data-part={part}] button:nth-child({star})')
        phone.tap('.sheet .big', "Save")
        phone.miss('.sheet')
        phone.see('.queue-badge', "✓")
        phone.settle()
        with phone.at_rest():
            self.assertRecordValues(self.attendance, [{
                'state': 'attended', 'sign_in_kind': 'code', 'reaction': 4.0}])
        self.assertLessEqual(phone.ask('document.documentElement.scrollWidth'), 390)
        # with the tabs of all modules nothing is cut either
        phone.ask("""(() => {
            const nav = document.querySelector('nav.pages');
            while (nav.children.length < 6) {
                nav.append(nav.lastElementChild.cloneNode(true));
            }
        })()""")
        self.assertLessEqual(phone.ask("document.querySelector('nav.pages').scrollWidth"), 390)
