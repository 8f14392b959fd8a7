from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

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

    def _create_unit(self, *users, head=None, **values):
        """Return a department of all companies, with employees of the first one."""
        unit = self.env['hr.department'].create({
            'name': "Glass Laboratory", 'company_id': False, **values})
        for user in users + ((head,) if head else ()):
            employee = self.env['hr.employee'].create({
                'name': user.name, 'user_id': user.id, 'department_id': unit.id})
            if user == head:
                unit.manager_id = employee
        return unit

    def test_head_of_another_company_does_not_become_the_person(self):
        unit = self._create_unit(head=self.employee)
        other = self.env['res.company'].create({'name': "Second Company"})
        self.desk.company_ids += other
        self.env['aftersales.complaint.category'].sudo().search([]).department_id = False
        self.env['aftersales.complaint.rule'].search(
            [('subject', '=', 'assignment')]).write({'department_id': unit.id})
        here = self._create_complaint().with_user(self.desk)
        here.action_judge()
        self.assertRecordValues(here, [
            {'department_id': unit.id, 'unit_user_id': self.employee.id}])
        desk = self.desk.with_company(other)
        there = self.env['aftersales.complaint'].with_user(desk).with_context(
            allowed_company_ids=other.ids).create({
                'description': "It drips", 'phone': '+16505550199', 'company_id': other.id})
        there.action_judge()
        self.assertEqual(there.department_id, unit)
        self.assertFalse(there.unit_user_id)
        there.action_assign()
        there.action_investigate()
        self.assertEqual(there._get_reminded_users(), self.desk)
        self.assertFalse(unit._get_aftersales_heads(other))
        self.assertEqual(unit._get_aftersales_heads(here.company_id), self.employee)

    def test_members_read_the_cases_of_their_unit(self):
        unit = self._create_unit(self.employee)
        cases = self.env['aftersales.complaint'].with_user(self.employee)
        case = self._create_complaint()
        self.assertFalse(case.with_user(self.employee).has_access('read'))
        case.with_user(self.desk).action_judge()
        case.with_user(self.desk).write({'department_id': unit.id, 'unit_user_id': False})
        case.with_user(self.desk).action_assign()
        action = self.env.ref('aftersales_complaint.aftersales_complaint_action_unit')
        self.assertEqual(cases.search([('is_of_my_unit', '=', True)]), case)
        self.assertIn('is_of_my_unit', action.domain)
        self.assertTrue(cases.browse(case.id).is_of_my_unit)
        # without a head the members go on; their step is theirs
        self.assertIn(self.employee, case.sudo().activity_ids.user_id)
        cases.browse(case.id).action_investigate()
        # who leaves the department leaves its cases
        self.employee.employee_ids.department_id = self.env['hr.department'].create(
            {'name': "Canteen"})
        self.assertFalse(cases.search([('id', '=', case.id)]))

    def test_unit_without_people_waits_for_the_desk(self):
        case = self._create_complaint(user_id=self.desk.id).with_user(self.desk)
        case.action_judge()
        case.write({'department_id': self._create_unit().id, 'unit_user_id': False})
        case.action_assign()
        self.assertEqual(case.sudo().activity_ids.user_id, self.desk)

    def test_customers_do_not_investigate(self):
        guest = new_test_user(self.env, 'unit_guest', 'base.group_portal')
        case = self._create_complaint().with_user(self.desk)
        for name in 'unit_user_id', 'user_id':
            with self.subTest(name=name), self.assertRaisesRegex(
                    ValidationError, "choose a colleague"):
                case[name] = guest
