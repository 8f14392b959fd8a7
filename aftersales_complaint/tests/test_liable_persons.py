from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .money_common import PenaltyCommon


@tagged('post_install', '-at_install')
class TestLiablePersons(PenaltyCommon):
    """Who of a unit bears what; the numbers are typed from domain 2.9 and 6.1."""

    def setUp(self):
        super().setUp()
        self.case = self._create_complaint(kind='quality')
        self._lose(self.case, value=800)
        self._share(self.case, 30, sequence=20)
        self.unit = self._share(
            self.case, 70, 'department', department_id=self.department.id, sequence=1
        ).with_user(self.complaint_manager)

    def _name(self, employee, role='direct', user=None, **values):
        return self.env['aftersales.complaint.liability.person'].with_user(
            user or self.complaint_manager).create({
                'liability_id': self.unit.id, 'employee_id': employee.id, 'role': role,
                **values})

    def _name_three(self):
        return self._name(self.wu) + self._name(
            self._create_employee("Head Han"), 'first') + self._name(
            self._create_employee("Chief Cheng"), 'second')

    def test_split_by_table(self):
        """Loss 800, 70/30; unit one 560, row 501 to 1,000."""
        persons = self._name_three()
        self.assertEqual(self.unit.amount, 560)
        self.assertFalse(self.unit.action_split_table())
        self.assertEqual(persons.mapped('amount'), [392, 112, 56])
        self.unit.is_watched = True
        self.unit.action_split_table()
        self.assertEqual(persons.mapped('amount'), [336, 168, 56])
        self.unit.is_hidden = True
        self.unit.action_split_table()
        self.assertEqual(persons.mapped('amount'), [0, 560, 0])

    def test_part_of_a_missing_superior_stays_with_the_unit(self):
        person = self._name(self.wu)
        message = self.unit.action_split_table()['params']['message']
        self.assertEqual(person.amount, 392)
        self.assertRegex(message, r"168.* of .*560")

    def test_split_by_base_points(self):
        """Loss 6,000, points 6 + 4 + 2 + 2 + 2: the person with 4 bears 1,500."""
        self.case.loss_ids.with_user(self.desk).value = 6000
        self.case.event_liability_ids.filtered(
            lambda line: line.party == 'company').with_user(self.desk).share = 0
        self.unit.with_user(self.desk).share = 100
        persons = self.env['aftersales.complaint.liability.person']
        for number, points in enumerate((6, 4, 2, 2, 2)):
            persons |= self._name(self._create_employee(
                f"Person {number}", aftersales_base_points=points))
        self.unit.action_split_points()
        self.assertEqual(persons.mapped('amount'), [2250, 1500, 750, 750, 750])

    def test_all_members_when_no_person_can_be_named(self):
        other = self._create_employee("Li Lei")
        self.unit.action_add_members()
        self.assertEqual(self.unit.person_ids.employee_id, self.wu + other)
        self.unit.action_split_points()
        self.assertEqual(self.unit.person_ids.mapped('amount'), [280, 280])

    def test_unknown_base_points_are_refused_by_name(self):
        self.job.aftersales_base_points = 0
        self._name(self.wu)
        with self.assertRaisesRegex(UserError, "base points of these persons.*Wu Wei"):
            self.unit.action_split_points()

    def test_persons_bear_no_more_than_their_unit(self):
        person = self._name(self.wu)
        with self.assertRaisesRegex(ValidationError, "bear more than the unit"):
            person.amount = 560.01

    def test_officers_see_what_was_served_to_a_department(self):
        unit, case = (record.with_user(self.officer) for record in (self.unit, self.case))
        self.assertFalse(unit.has_access('read') or case.has_access('read'))
        self._serve(self.case)
        self.assertTrue(unit.has_access('read') and case.has_access('read'))
        self.assertFalse(case.has_access('write'))
        for vals in {'share': 1}, {'reason': "None"}, {'objection': "No"}:
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                unit.write(vals)
        with self.assertRaises(AccessError):
            unit.action_object()
        self._name(self.wu, user=self.officer)
        unit.action_split_table()
        self.assertEqual(self.unit.person_ids.amount, 392)

    def test_only_departments_have_persons(self):
        outlet = self._share(self.case, 0, 'outlet', outlet_id=self.north.id)
        with self.assertRaisesRegex(UserError, "Only departments have persons"):
            self.env['aftersales.complaint.liability.person'].with_user(
                self.complaint_manager).create(
                    {'liability_id': outlet.id, 'employee_id': self.wu.id})

    def test_liable_person_does_not_approve_the_proposal(self):
        self._name(self._create_employee("Lead Lea", self.lead))
        self.assertIn(self.lead, self.case.with_user(self.lead)._get_liable_users())

    def test_head_of_a_liable_department_does_not_approve(self):
        self.department.manager_id = self._create_employee("Lead Lea", self.lead)
        self.assertIn(self.lead, self.case.with_user(self.lead)._get_liable_users())
        for way in (lambda: self.unit.with_user(self.lead).write({'share': 0}),
                    lambda: self.unit.with_user(self.lead).write({'department_id': False})):
            with self.assertRaisesRegex(AccessError, "You are named here as liable"):
                way()
        self.unit.with_user(self.desk).share = 0
        self.assertNotIn(self.lead, self.case.with_user(self.lead)._get_liable_users())

    def test_liable_person_does_not_change_or_delete_the_own_row(self):
        person = self._name(self._create_employee("Manager Max", self.complaint_manager))
        for way in (person.unlink, self.unit.unlink,
                    lambda: person.write({'amount': 1}),
                    lambda: self.unit.write({'person_ids': [(2, person.id)]})):
            with self.assertRaisesRegex(AccessError, "You are named here as liable"):
                way()
        self.assertTrue(person.exists())
        person.with_user(self.second_manager).unlink()

    def test_history_keeps_every_change_where_few_read_it(self):
        person = self._name(self.wu)
        person.amount = 100
        person.role = 'first'
        person.unlink()
        lines = self.unit.person_history.split("\n")
        self.assertEqual(len(lines), 4)
        self.assertRegex(lines[0], "Manager Max · Wu Wei is named: Person at Fault")
        self.assertRegex(lines[1], "Wu Wei: .*0.00 → .*100.00")
        self.assertRegex(lines[3], "taken off")
        with self.assertRaises(AccessError):
            self.unit.with_user(self.desk).read(['person_history'])

    # === PENALTIES === #

    def test_penalties_come_from_a_served_sheet(self):
        persons = self._name_three()
        self.unit.action_split_table()
        with self.assertRaisesRegex(UserError, "Serve the notice"):
            persons.with_user(self.officer).action_create_penalties()
        self._serve(self.case)
        with self.assertRaises(AccessError):
            persons.with_user(self.complaint_manager).action_create_penalties()
        action = self.unit.with_user(self.officer).action_create_penalties()
        penalties = self.env['aftersales.penalty'].search(action['domain'])
        self.assertEqual(sorted(penalties.mapped('amount')), [56, 112, 392])
        self.assertEqual(penalties.complaint_id, self.case)
        # the person reads the evidence with the penalty
        self.assertEqual(penalties[0].sudo().photo_ids.mapped('name'), ["glass.png"])
        self.unit.with_user(self.officer).action_create_penalties()
        self.assertEqual(self.env['aftersales.penalty'].search_count(
            [('complaint_id', '=', self.case.id)]), 3)
        with self.assertRaisesRegex(ValidationError, "not higher than what the person"):
            penalties[0].with_user(self.officer).amount = 1000
        with self.assertRaisesRegex(UserError, "There is a penalty already"):
            persons[0].amount = 1
        with self.assertRaisesRegex(UserError, "There is a penalty already"):
            persons[0].unlink()

    def test_base_points_that_were_entered_later_are_read(self):
        """The message asks for them at the employee or the position: then the split works."""
        self.job.aftersales_base_points = 0
        person = self._name(self.wu)
        with self.assertRaisesRegex(UserError, "Enter the base points"):
            self.unit.action_split_points()
        self.job.aftersales_base_points = 3
        self.unit.action_split_points()
        self.assertEqual((person.base_points, person.amount), (3, 560))

    def test_persons_are_added_on_the_served_sheet(self):
        """The dialog of a share takes persons while the share itself stays as it was served."""
        self.unit.with_user(self.desk).share = 70
        self._serve(self.case)
        view = self.env.ref('aftersales_complaint.aftersales_complaint_view_form_liability')
        with Form(self.case.with_user(self.complaint_manager), view) as sheet:
            self.assertFalse(sheet._get_modifier('event_liability_ids', 'readonly'))
        self.case.with_user(self.complaint_manager).write({'event_liability_ids': [
            (1, self.unit.id, {'person_ids': [(0, 0, {'employee_id': self.wu.id})]})]})
        self.assertEqual(self.unit.person_ids.employee_id, self.wu)
        with self.assertRaisesRegex(UserError, "served and stay"):
            self.case.with_user(self.complaint_manager).write({'event_liability_ids': [
                (1, self.unit.id, {'share': 60.0})]})

    def test_form_tells_no_base_points_of_another_company(self):
        """The client sends what is chosen; an id that it may not choose brings no figure."""
        other = self.env['res.company'].create({'name': "Other"})
        job = self.env['hr.job'].create({'name': "Boss", 'aftersales_base_points': 9})
        foreign = self.env['hr.employee'].create({
            'name': "Foreign", 'company_id': other.id, 'job_id': job.id})
        persons = self.env['aftersales.complaint.liability.person'].with_user(
            self.complaint_manager)
        penalties = self.env['aftersales.penalty'].with_user(self.officer)
        for model, values in (persons, {'liability_id': self.unit.id}), (penalties, {}):
            for employee, points in (foreign, 0), (self.wu, 1):
                with self.subTest(model=model._name, employee=employee.name):
                    result = model.onchange(
                        {**values, 'employee_id': employee.id}, ['employee_id'],
                        {'employee_id': {}, 'base_points': {}, 'liability_id': {}} if values else (
                            {'employee_id': {}, 'base_points': {}}))
                    self.assertEqual(result['value'].get('base_points', 0), points)
