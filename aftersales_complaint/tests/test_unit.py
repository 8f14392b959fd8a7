from odoo.tests import tagged

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestUnit(ComplaintCommon):
    """The first unit lets people in; another one takes the case from the former."""

    def test_first_unit_lets_people_in(self):
        case = self._create_complaint()
        case.message_subscribe(self.agent.partner_id.ids)
        case.with_user(self.desk).action_judge()
        case.with_user(self.desk).unit_user_id = self.employee
        self.assertIn(self.agent.partner_id, case.message_partner_ids)
        self.assertTrue(case.with_user(self.employee).has_access('read'))

    def test_another_unit_takes_the_case_from_the_former(self):
        case = self._create_complaint(user_id=self.desk.id, unit_user_id=self.employee.id)
        case.message_subscribe(self.employee.partner_id.ids)
        case.with_user(self.desk).unit_user_id = self.other_agent
        self.assertNotIn(self.employee.partner_id, case.message_partner_ids)

    def test_readers_are_known_of_no_record_in_particular(self):
        self.assertLessEqual(
            {'department_id', 'unit_user_id', 'user_id', 'partner_id'},
            self.env['aftersales.complaint']._get_reader_fields())
