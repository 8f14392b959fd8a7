from datetime import timedelta
from uuid import uuid4

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tests.common import new_test_user, users
from odoo.tools import mute_logger

from .common import TrainingCommon


@tagged('post_install', '-at_install')
class TestSession(TrainingCommon):
    """Seats, invitations and their answers, overlaps and costs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = cls.env.cr.now().replace(microsecond=0)
        cls.session = cls._create_session(
            cls.technician, cls.outlet_technician, seats=2,
            date_start=cls.now + timedelta(days=3), date_end=cls.now + timedelta(days=3, hours=8))
        cls.own, cls.outlets = cls.session.attendance_ids

    def test_a_course_of_two_days_ends_in_working_hours(self):
        """16 hours from Friday at nine end on Monday at five, not at one in the night."""
        self.env.company.resource_calendar_id.tz = 'UTC'
        self.height_course.hours = 16
        session = self.env['aftersales.training.session'].with_user(self.training_officer).create({
            'course_id': self.height_course.id, 'date_start': '2026-06-05 09:00:00'})
        self.assertEqual(str(session.date_end), '2026-06-08 17:00:00')
        self.height_course.hours = 8
        session = session.create({
            'course_id': self.height_course.id, 'date_start': '2026-06-05 09:00:00'})
        self.assertEqual(str(session.date_end), '2026-06-05 17:00:00')

    @users('training_officer')
    def test_each_learner_gets_a_private_meeting_that_names_no_one(self):
        session = self.session.with_env(self.env)
        session.action_confirm()
        events = session.sudo().attendance_ids.event_id
        self.assertEqual(len(events), 2)
        self.assertEqual(set(events.mapped('privacy')), {'private'})
        self.assertEqual(set(events.mapped('name')), {"Training"})
        for event, learner in zip(events, (self.technician, self.outlet_technician), strict=True):
            self.assertEqual(event.partner_ids, learner.partner_id)
            self.assertEqual(event.attendee_ids.state, 'needsAction')
            for word in self.technician.name, self.outlet_technician.name:
                self.assertNotIn(word, f"{event.name} {event.description} {event.location}")
        # colleagues read that somebody is busy, and nothing else
        event = events[0].with_user(self.agent)
        self.assertNotIn("Height", event.display_name)

    def test_invitation_and_its_key_are_the_learners_alone(self):
        """Colleagues of any company search all meetings and attendees of core's."""
        self.session.with_user(self.training_officer).action_confirm()
        company = self.env['res.company'].create({'name': "Second Company"})
        outsider = new_test_user(
            self.env, 'outsider', 'base.group_user,base.group_partner_manager',
            company_id=company.id, company_ids=[Command.set(company.ids)])
        events = self.session.attendance_ids.event_id
        domain = [('event_id', 'in', events.ids)]
        lunch = self.env['calendar.event'].with_user(self.technician).create({
            'name': "Lunch", 'start': self.now, 'stop': self.now + timedelta(hours=1)})
        for user, seen in (
                (self.agent, 0), (outsider, 0), (self.coach, 0), (self.training_officer, 0),
                (self.technician, 1)):
            self.env.invalidate_all()
            attendees = self.env['calendar.attendee'].with_user(user)
            meetings = self.env['calendar.event'].with_user(user)
            with self.subTest(user=user.login):
                rows = attendees.search_read(domain, ['partner_id', 'state', 'access_token'])
                self.assertEqual(len(rows), seen)
                self.assertEqual(
                    attendees.search_count([('event_id', '=', lunch.id)]), 1)  # as in core
                self.assertEqual(len(meetings.browse(events.ids).read(['attendee_ids'])), 2)
                for words in ('name', 'ilike', "Height"), ('display_name', 'ilike', "Height"):
                    self.assertFalse(meetings.search_count([words]))
                # those who may read the session read the course in their own calendars
                self.assertEqual(
                    "Work at Height" in meetings.browse(self.own.event_id.id).display_name,
                    user in (self.coach, self.training_officer, self.technician))
        # who learns in the same session does not read who else does
        self.session.seats = 3
        self.env['aftersales.training.attendance'].create(
            {'session_id': self.session.id, 'user_id': self.agent.id})
        self.env.invalidate_all()
        self.assertEqual(self.own.event_id.with_user(self.agent).display_name, "Busy")
        hidden = self.own.event_id.attendee_ids
        for method, args in (('read', [['access_token']]), ('do_decline', []), ('unlink', [])):
            self.env.invalidate_all()
            with self.assertRaises(AccessError), mute_logger('odoo.addons.base.models.ir_rule'):
                getattr(hidden.with_user(outsider), method)(*args)
        with self.assertRaisesRegex(UserError, "meeting of a training"):
            self.own.event_id.with_user(self.coach).write({'is_aftersales_training': False})

    def test_mails_to_the_learner_say_which_training_it_is(self):
        session = self.session.with_user(self.training_officer)
        messages = self.env['mail.message'].sudo()

        def read_mail(since):
            message = messages.search(
                [('id', '>', since), ('model', '=', 'calendar.event'),
                 ('partner_ids', 'in', self.technician.partner_id.ids)])
            self.assertEqual(len(message), 1)
            return f"{message.subject} {message.body}"
        last = messages.search([], limit=1, order='id desc').id
        session.action_confirm()
        self.assertIn("Training: Work at Height", read_mail(last))
        self.assertIn(
            f'accept?token={self.own.event_id.attendee_ids.access_token}', read_mail(last))
        last = messages.search([], limit=1, order='id desc').id
        session.write({'date_start': self.now + timedelta(days=5),
                       'date_end': self.now + timedelta(days=5, hours=8)})
        self.assertIn("Training: Work at Height", read_mail(last))
        last_mail = self.env['mail.mail'].sudo().search([], limit=1, order='id desc').id
        session.action_cancel()
        mails = self.env['mail.mail'].sudo().search([('id', '>', last_mail)])
        self.assertIn("Cancelled: Training: Work at Height", mails.mapped('subject'))

    def test_answer_by_mail_is_the_answer_of_the_learner_alone(self):
        self.session.with_user(self.training_officer).action_confirm()
        attendee = self.own.event_id.attendee_ids
        attendee.sudo().do_accept()  # core's page, by the key of the mail
        self.assertEqual(self.own.state, 'accepted')
        attendee.with_user(self.technician).do_decline()
        self.assertEqual((self.own.state, self.session.seats_taken), ('declined', 1))
        with self.assertRaises(AccessError):
            attendee.with_user(self.agent).write({'state': 'accepted'})
        with self.assertRaises(UserError):
            self.own.event_id.with_user(self.technician).write(
                {'start': self.now + timedelta(days=9)})

    @users('training_officer')
    def test_more_people_than_seats_are_refused(self):
        attendances = self.env['aftersales.training.attendance']
        with self.assertRaisesRegex(ValidationError, "has seats for 2, and 3 would"), \
                self.env.cr.savepoint():
            attendances.create({'session_id': self.session.id, 'user_id': self.agent.id})
        self.session.with_env(self.env).action_confirm()
        self.own.event_id.attendee_ids.sudo().do_decline()
        other = attendances.create({'session_id': self.session.id, 'user_id': self.agent.id})
        self.assertTrue(other.sudo().event_id)
        with self.assertRaisesRegex(ValidationError, "has seats for 2"), self.env.cr.savepoint():
            self.own.event_id.attendee_ids.sudo().do_accept()
        with self.assertRaisesRegex(ValidationError, "has seats for 1"), self.env.cr.savepoint():
            self.session.with_env(self.env).seats = 1

    @users('training_officer')
    def test_overlap_of_trainer_and_learner_warns(self):
        with Form(self.env['aftersales.training.session']) as form:
            form.course_id = self.height_course
            form.date_start = self.session.date_start + timedelta(hours=1)
            self.assertFalse(form.warning)
            form.trainer_id = self.coach
            self.assertRegex(form.warning, "Coach Carl, who holds it, has another training")
            with form.attendance_ids.new() as line:
                line.user_id = self.technician
        self.assertRegex(form.record.warning, "another training at the same time: Technician Tom")
        self.assertEqual(form.record.state, 'planned')

    @users('training_officer')
    def test_cost_adds_fee_by_the_hour_and_is_for_officers(self):
        trainer = self.env['aftersales.training.trainer'].create(
            {'user_id': self.coach.id, 'fee': 100.0})
        session = self.env['aftersales.training.session'].create({
            'course_id': self.height_course.id, 'trainer_id': self.coach.id,
            'date_start': self.now, 'date_end': self.now + timedelta(hours=3),
            'place_cost': 50.0})
        self.assertRecordValues(
            session, [{'lecturer_id': trainer.id, 'fee': 300.0, 'cost': 350.0}])
        with self.assertRaises(AccessError):
            session.with_user(self.coach).read(['cost'])
        with self.assertRaisesRegex(CheckViolation, "end_after_start"), (
                mute_logger('odoo.sql_db')):
            session.date_end = self.now - timedelta(hours=3)
            session.flush_recordset()

    def test_an_answer_after_the_beginning_is_refused(self):
        session = self._create_session(
            self.agent, date_start=self.now - timedelta(hours=1),
            date_end=self.now + timedelta(hours=2))
        session.with_user(self.training_officer).action_confirm()
        late = session.attendance_ids
        for answer in 'accepted', 'declined':
            with self.assertRaisesRegex(UserError, "The session has begun"):
                late.sudo()._reply(answer)
        late.event_id.attendee_ids.sudo().do_decline()  # core's page, by the key of the mail
        self.assertEqual(late.state, 'invited')

    def test_the_phone_says_the_last_day_of_a_long_session(self):
        self.session.write({'date_start': '2026-12-01 09:00:00', 'date_end': '2026-12-01 17:00:00'})
        self.assertEqual(self.own.sudo()._prepare_mobile_attendance()['time'], "09:00–17:00")
        self.session.date_end = '2026-12-30 17:00:00'
        self.assertEqual(
            self.own.sudo()._prepare_mobile_attendance()['time'], "09:00 – 2026-12-30 17:00")

    def test_moved_session_moves_meetings_and_asks_again(self):
        session = self.session.with_user(self.training_officer)
        session.action_confirm()
        self.own.event_id.attendee_ids.sudo().do_accept()
        session.write({'date_start': self.now + timedelta(days=5),
                       'date_end': self.now + timedelta(days=5, hours=8)})
        self.assertEqual(self.own.event_id.start, self.now + timedelta(days=5))
        self.assertEqual(self.own.state, 'invited')
        session.action_cancel()
        self.assertFalse(self.own.event_id.active)
        with self.assertRaisesRegex(UserError, "over or cancelled"):
            self.env['aftersales.training.attendance'].create(
                {'session_id': session.id, 'user_id': self.agent.id})

    def test_no_person_decides_on_the_own_training(self):
        self.session.with_user(self.training_officer).action_confirm()
        own = self._create_session(
            self.training_officer, date_start=self.now, date_end=self.now + timedelta(hours=2))
        own.sudo().write({'state': 'confirmed'})
        mine = own.attendance_ids.with_user(self.training_officer)
        with self.assertRaisesRegex(AccessError, "decided by the learner"):
            mine.action_note_present()
        with self.assertRaises(AccessError):
            mine.write({'attitude': 100})
        with self.assertRaises(AccessError):
            self.own.with_user(self.technician).action_note_present()
        self.own.with_user(self.coach).action_note_present()
        self.assertEqual((self.own.state, self.own.sign_in_kind), ('attended', 'hand'))

    def test_learner_neither_shows_the_code_nor_holds_the_session(self):
        """A course without exam: who shows the code to oneself would get a certificate."""
        learner, session = self.training_officer, self._create_session(
            self.training_officer, date_start=self.now, date_end=self.now + timedelta(hours=2))
        own = session.with_user(learner)
        own.action_confirm()
        attendance = session.attendance_ids
        for act in own.action_show_code, own._check_screen_access, own.action_hold:
            with self.subTest(act.__name__), self.assertRaisesRegex(AccessError, "learn"):
                act()
        with self.assertRaisesRegex(ValidationError, "cannot hold a session and learn in it"), (
                self.cr.savepoint()):
            own.trainer_id = learner
        for person in self.coach, learner:
            with self.subTest(person.login), self.assertRaisesRegex(
                    ValidationError, "cannot hold a session and learn in it"), (
                    self.cr.savepoint()):
                self.env['aftersales.training.session'].with_user(learner).create({
                    'course_id': self.height_course.id, 'trainer_id': person.id,
                    'date_start': self.now, 'attendance_ids': [(0, 0, {'user_id': person.id})]})
        # one who teaches does both
        held = session.with_user(self.coach)
        held._check_screen_access()
        attendance.with_user(self.coach).action_note_present()
        held.action_hold()
        self.assertEqual(attendance.state, 'passed')

    def test_others_read_neither_attendance_nor_answers(self):
        for user in self.agent, self.dispatcher:
            with self.subTest(user.name), self.assertRaises(AccessError):
                self.own.with_user(user).read(['state'])
        with self.assertRaises(AccessError):
            self.outlets.with_user(self.technician).read(['state'])
        with self.assertRaises(AccessError):
            self.outlets.with_user(self.outlet_technician).read(['state'])
        self.own.with_user(self.technician).read(['state', 'total'])
        for name in 'reaction_comment', 'fix_rate_after', 'event_id':
            with self.subTest(name), self.assertRaises(AccessError):
                self.own.with_user(self.coach).read([name])


@tagged('post_install', '-at_install')
class TestSignIn(TrainingCommon):
    """What the learner's phone sends when it scanned the code of the screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = cls.env.cr.now().replace(microsecond=0)
        cls.session = cls._create_running_session()
        cls.own, cls.outlets = cls.session.attendance_ids

    @classmethod
    def _create_running_session(cls):
        session = cls._create_session(
            cls.technician, cls.outlet_technician,
            date_start=cls.now - timedelta(minutes=10), date_end=cls.now + timedelta(hours=8))
        session.with_user(cls.training_officer).action_confirm()
        return session

    def _send(self, user, attendance, **payload):
        [answer] = self.env['aftersales.job.action'].with_user(user)._handle_batch([{
            'uuid': str(uuid4()), 'kind': 'training_sign_in', 'res_model': attendance._name,
            'res_id': attendance.id, 'payload': {'device': uuid4().hex, **payload}}])
        return answer['status'], answer['message']

    def test_code_of_the_screen_signs_in_the_invited(self):
        code = self.session._make_sign_in_code()
        self.assertEqual(self._send(self.outlet_technician, self.outlets, code=code)[0], 'done')
        self.assertEqual((self.outlets.state, self.outlets.sign_in_kind), ('attended', 'code'))
        self.assertEqual(self.own.state, 'invited')

    def test_one_tap_signs_in_one_person(self):
        code, device = self.session._make_sign_in_code(), uuid4().hex
        foreign = ('refused', "This job does not exist or is no longer yours.")
        self.assertEqual(self._send(self.technician, self.outlets, code=code), foreign)
        self.assertEqual(self._send(self.agent, self.own, code=code), foreign)
        self._send(self.technician, self.own, code=code, device=device)
        self.assertRegex(
            self._send(self.outlet_technician, self.outlets, code=code, device=device)[1],
            "Another person signed in with this phone")
        self.assertEqual((self.own.state, self.outlets.state), ('attended', 'invited'))

    def test_wrong_foreign_and_late_codes_are_refused_in_words(self):
        other = self._create_running_session()
        code = self.session._make_sign_in_code()
        for wrong, words in (
                (other._make_sign_in_code(), "another session. Scan the code of “Work at Height"),
                (code[:-1] + ('0' if code[-1] != '0' else '1'), "is no code to sign in"),
                (None, "is no code to sign in"), ([code], "is no code to sign in")):
            with self.subTest(wrong):
                self.assertRegex(self._send(self.technician, self.own, code=wrong)[1], words)
        with freeze_time(self.now + timedelta(minutes=2)):
            self.assertRegex(
                self._send(self.technician, self.own, code=code)[1],
                "shows a new one every 30 seconds")
        self.assertEqual(self.own.state, 'invited')

    def test_sign_in_has_its_time(self):
        for shift in timedelta(hours=-1), timedelta(hours=9):
            with self.subTest(shift), freeze_time(self.now + shift):
                code = self.session._make_sign_in_code()
                self.assertRegex(
                    self._send(self.technician, self.own, code=code)[1], "You can sign in from")
        with self.assertRaises(UserError):
            self.session.with_user(self.training_officer).action_hold()

    def test_who_did_not_sign_in_was_absent(self):
        self._send(self.technician, self.own, code=self.session._make_sign_in_code())
        self.height_course.skill_id = False
        self.session.with_user(self.coach).action_hold()
        self.assertEqual((self.own.state, self.outlets.state), ('passed', 'absent'))

    def test_rating_is_given_once_by_who_was_there(self):
        def rate(**payload):
            [answer] = self.env['aftersales.job.action'].with_user(
                self.technician)._handle_batch([{
                    'uuid': str(uuid4()), 'kind': 'training_reaction',
                    'res_model': self.own._name, 'res_id': self.own.id, 'payload': {
                        'content': 5, 'trainer': 4, 'use': 3, **payload}}])
            return answer['message'] or answer['status']

        self.assertRegex(rate(), "Only who was there")
        self.own.with_user(self.coach).action_note_present()
        self.assertRegex(rate(use=6), "one to five stars")
        self.assertRegex(rate(), "once it is over")
        self.own.session_id.with_user(self.coach).action_hold()
        self.assertEqual(rate(comment="More practice"), 'done')
        self.assertRegex(rate(), "rated this training already")
        self.assertRecordValues(self.own, [{'reaction': 4.0, 'reaction_comment': "More practice"}])
