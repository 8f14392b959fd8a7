from odoo.exceptions import AccessError
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

    @users('technician')
    def test_technicians_change_no_course(self):
        with self.assertRaises(AccessError):
            self.height_course.with_env(self.env).name = "Easy"
