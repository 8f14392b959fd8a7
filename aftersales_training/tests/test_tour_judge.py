from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import TrainingCommon


@tagged('post_install', '-at_install')
class TestTourJudge(HttpCase, TrainingCommon):
    """Buttons of the training desk, as the pages press them."""

    def test_judge_names_the_exam_that_is_open(self):
        self.height_course.item_ids = [fields.Command.create({'name': "Wears the belt"})]
        now = self.env.cr.now().replace(microsecond=0)
        session = self._create_session(
            self.technician, date_start=now - timedelta(hours=2),
            date_end=now + timedelta(hours=1))
        session.with_user(self.training_officer).action_confirm()
        session.attendance_ids.with_user(self.coach).action_note_present()
        session.with_user(self.coach).action_hold()
        self.coach.password = 'coach'
        self.start_tour(f'/odoo/training-sessions/{session.id}', 'aftersales_training_judge',
                        login='coach', timeout=120)

    def test_find_needs_from_the_list(self):
        course, today = self.height_course, fields.Date.today()
        self.env['aftersales.certificate']._issue(self.technician, course, date=today)
        self.env['aftersales.certificate'].search(
            [('user_id', '=', self.technician.id), ('course_id', '=', course.id)]).sudo().write(
                {'valid_until': today + timedelta(days=10)})
        self.training_officer.password = 'training_officer'
        self.start_tour('/odoo/training-needs', 'aftersales_training_find_needs',
                        login='training_officer', timeout=120)
