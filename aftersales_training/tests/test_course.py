from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import users

from .common import TrainingCommon


@tagged('post_install', '-at_install')
class TestCourse(TrainingCommon):

    @users('training_officer')
    def test_a_course_is_made_by_its_name(self):
        course = self.env['aftersales.training.course'].create({'name': "Refrigerant R32"})
        self.assertRecordValues(course, [{
            'kind': 'on_job', 'theory_pass': 80.0, 'practice_pass': 85.0}])

    @users('training_officer')
    def test_learners_read_the_files_of_a_course(self):
        file = self.env['ir.attachment'].create({'name': "Ladder.pdf", 'raw': b"%PDF-1.4"})
        course = self.env['aftersales.training.course'].create({
            'name': "Ladders", 'material_ids': [Command.link(file.id)]})
        self.assertEqual(file.with_user(self.technician).raw, b"%PDF-1.4")
        with self.assertRaisesRegex(ValidationError, "https://"):
            course.link = "javascript:alert(1)"

    def test_a_course_is_not_its_own_prerequisite(self):
        other = self.height_course.copy()
        other.prerequisite_ids = self.height_course
        with self.assertRaisesRegex(ValidationError, "own prerequisite"):
            self.height_course.prerequisite_ids = other

    @users('technician')
    def test_technicians_change_no_course(self):
        with self.assertRaises(AccessError):
            self.height_course.with_env(self.env).name = "Easy"
