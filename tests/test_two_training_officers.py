"""Two training officers give the last seat of a session away at once: two real transactions."""
from two_transactions import TwoTransactionsCase

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

OFFICER = 'aftersales_training.group_training_officer'


@tagged('post_install', '-at_install')
class TestTwoTrainingOfficers(TwoTransactionsCase):
    """A session gets no learner more than it has seats, also when two count at once."""

    def _make(self, env):
        self._make_users(env, OFFICER, 'early_officer', 'late_officer')
        self._make_users(env, 'base.group_user', 'first_learner', 'second_learner')
        course = env['aftersales.training.course'].create({
            'name': "Two Officers", 'kind': 'pre_job'})
        session = env['aftersales.training.session'].create({
            'course_id': course.id, 'trainer_id': self.user_ids[0], 'seats': 1,
            'date_start': '2037-06-04 01:00:00', 'date_end': '2037-06-04 09:00:00'})
        self.course_id, self.session_id = course.id, session.id

    def _remove(self, env):
        session = env['aftersales.training.session'].browse(self.session_id)
        session.attendance_ids.unlink()
        session.unlink()
        env['aftersales.training.course'].browse(self.course_id).unlink()

    def _seat(self, env, learner):
        env['aftersales.training.attendance'].create(
            {'session_id': self.session_id, 'user_id': self.user_ids[learner]})
        env.flush_all()

    def test_last_seat_is_given_once(self):
        with self._transaction(self.user_ids[1]) as late:
            session = late['aftersales.training.session'].browse(self.session_id)
            self.assertFalse(session.seats_taken)  # this transaction sees it empty from now on
            with self._transaction(self.user_ids[0]) as early:
                self._seat(early, 2)
                # while the other one decides, this one is asked to try again
                with self.assertRaisesRegex(UserError, "Another user is changing"):
                    self._seat(late, 3)
                self._roll_back(session)
                self.assertFalse(session.seats_taken)
            self._assert_repeated(session, self._seat, late, 3)
            with self.assertRaisesRegex(ValidationError, "has seats for 1, and 2 would"):
                self._seat(late, 3)
            self._roll_back(session)
            self.assertEqual(session.seats_taken, 1)
