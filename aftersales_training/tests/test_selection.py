from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TrainingCommon


@tagged('post_install', '-at_install')
class TestSelection(TrainingCommon):
    """Candidates for a post are compared by what they hold today."""

    def test_candidates_stand_beside_each_other(self):
        gas = self.env['aftersales.skill'].create({'name': "Gas", 'is_statutory': True})
        self.env['aftersales.certificate'].create({
            'user_id': self.outlet_technician.id, 'skill_id': gas.id, 'issuer': "Authority",
            'licence_number': 'L-1', 'valid_until': '2099-01-01'})
        sheet = self.env['aftersales.training.requirement'].create({
            'name': "Fitter", 'line_ids': [
                Command.create({'kind': 'licence', 'skill_id': gas.id}),
                Command.create({'kind': 'course', 'course_id': self.height_course.id}),
                Command.create({'kind': 'criterion', 'name': "Driving licence"})]})
        selection = self.env['aftersales.training.selection'].with_user(
            self.training_officer).create({'requirement_id': sheet.id})
        with self.assertRaisesRegex(UserError, "one to 8 candidates"):
            selection.action_print()
        selection.user_ids = self.technician | self.outlet_technician
        licence, course, criterion = sheet.line_ids
        self.assertEqual(selection._get_findings(), {
            (licence, self.technician): False, (licence, self.outlet_technician): True,
            (course, self.technician): False, (course, self.outlet_technician): False,
            (criterion, self.technician): None, (criterion, self.outlet_technician): None})
        self.assertIn("Technician Tom lacks: Gas, Work at Height", selection.summary)
        words = self.env['ir.actions.report'].with_user(
            self.training_officer)._render_qweb_html(
                'aftersales_training.report_training_selection', selection.ids)[0].decode()
        for word in ("Fitter", "Outlet Olga", "Driving licence"):
            self.assertIn(word, words)
        with self.assertRaises(AccessError):
            selection.with_user(self.coach).read(['summary'])
