from datetime import timedelta
from uuid import uuid4

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TrainingCommon


@tagged('post_install', '-at_install')
class TestCoaching(TrainingCommon):
    """The sheet of an on-the-job training, checked by the coach's phone, and trainers' ratings."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        now = cls.env.cr.now().replace(microsecond=0)
        cls.course = cls.env.ref('aftersales_training.aftersales_training_course_installer')
        cls.session = cls._create_session(
            cls.outlet_technician, cls.technician, course_id=cls.course.id,
            date_start=now - timedelta(days=1), date_end=now + timedelta(days=20))
        cls.session.with_user(cls.training_officer).action_confirm()
        cls.sheet, cls.other_sheet = cls.session.attendance_ids

    def _check(self, user, task, **payload):
        [answer] = self.env['aftersales.job.action'].with_user(user)._handle_batch([{
            'uuid': str(uuid4()), 'kind': 'training_task', 'res_model': task._name,
            'res_id': task.id, 'payload': {'result': 'mastered', **payload}}])
        return answer['status']

    def test_coach_checks_the_tasks_of_the_course_on_the_phone(self):
        self.assertEqual(len(self.sheet.task_ids), 6)
        self.assertEqual(self.sheet.coach_id, self.coach)
        coached = self.coach.with_user(self.coach)._get_mobile_data('training')['coaching']
        self.assertIn(self.outlet_technician.name, [sheet['name'] for sheet in coached])
        first, second = self.sheet.task_ids[:2]
        for stranger in self.outlet_technician, self.technician, self.agent:
            self.assertEqual(self._check(stranger, first), 'refused')
        self.assertEqual(self._check(self.coach, first), 'done')
        self.assertEqual(self._check(self.coach, second, result='perfect'), 'refused')
        self.assertRecordValues(first, [{'result': 'mastered', 'checker_id': self.coach.id}])
        self.assertFalse(second.result)
        self.assertAlmostEqual(self.sheet.task_progress, 100 / 6)

    def test_results_of_tasks_are_written_by_the_check_alone(self):
        task = self.sheet.task_ids[0]
        with self.assertRaisesRegex(AccessError, "is protected"):
            task.with_user(self.coach).result = 'mastered'
        task.with_user(self.coach).action_again()
        self.assertEqual(task.result, 'again')
        with self.assertRaisesRegex(UserError, "plan of a course"):  # all companies share it
            self.course.task_ids[0].with_user(self.training_officer).action_mastered()
        with self.assertRaises(AccessError):
            task.with_user(self.technician).action_mastered()

    def test_learner_reads_the_own_page_and_no_other(self):
        own = self.outlet_technician.with_user(self.outlet_technician)
        data = own._get_mobile_data('training')
        self.assertEqual([item['res_id'] for item in data['sessions']], self.sheet.ids)
        self.assertFalse(data['coaching'])

    def test_sheet_is_printed_with_tasks_and_post(self):
        html, __ = self.env['ir.actions.report'].with_user(self.coach)._render_qweb_html(
            'aftersales_training.report_training_coaching', self.sheet.ids)
        for words in "Olga&#39;s Station", "Checks the place", "Coach Carl":
            with self.subTest(words):
                self.assertIn(words, html.decode())

    def test_trainer_is_rated_by_three_at_least(self):
        trainer = self.env['aftersales.training.trainer'].create({'user_id': self.coach.id})
        session = self._create_session(
            self.technician, self.outlet_technician, self.agent,
            date_start=self.session.date_start, date_end=self.session.date_end)
        self.assertEqual(session.lecturer_id, trainer)
        session.with_user(self.training_officer).action_confirm()
        people = session.attendance_ids
        people.with_user(self.coach).action_note_present()
        for person, stars in zip(people, (5, 4, 4), strict=True):
            self.assertEqual((trainer.rating, session._get_figures()['reaction']), (0.0, None))
            with freeze_time(session.date_end):
                person._record_reaction({'content': 4, 'trainer': stars, 'use': 4}, None)
            trainer.invalidate_recordset()
        self.assertEqual(trainer.rating, 4.3)
        self.assertEqual(trainer.rating_count, 3)
