from freezegun import freeze_time

from odoo.tests import Form, tagged

from .money_common import PIXEL, PenaltyCommon

SHEET = 'aftersales_complaint.aftersales_complaint_view_form_liability'


@tagged('post_install', '-at_install')
class TestMoneyScreens(PenaltyCommon):
    """Each screen opens and saves for the roles that work with it."""

    def setUp(self):
        super().setUp()
        self.case = self._create_complaint(kind='quality')

    def test_sheet_is_filled_by_the_desk_and_served_by_a_manager(self):
        with Form(self.case.with_user(self.desk), view=SHEET) as sheet:
            with sheet.loss_ids.new() as line:
                line.component = 'return'
                line.value = 2600
            with sheet.event_liability_ids.new() as line:
                line.party = 'department'
                line.department_id = self.department
                line.share = 70
                line.reason = "Glass too thin"
            with sheet.event_liability_ids.new() as line:
                line.party = 'company'
                line.share = 30
            sheet.amount_delay = 50
            with sheet.delay_liability_ids.new() as line:
                line.party = 'company'
                line.share = 100
        self.assertEqual(
            self.case.liability_ids.sorted('id').mapped('subject'), ['event', 'event', 'delay'])
        unit = self.case.liability_ids.filtered('department_id')
        unit.with_user(self.desk).photo_ids = [(0, 0, {'name': "glass.png", 'raw': PIXEL})]
        self._serve(self.case)
        for user in self.desk, self.lead, self.complaint_manager, self.agent:
            self.case.user_id = self.agent
            with Form(self.case.with_user(user), view=SHEET) as sheet:
                self.assertEqual(sheet.amount_loss, 2600)
        with freeze_time('2026-03-05 12:00:00'), Form(
                self.case.loss_ids.with_user(self.desk)) as loss:
            loss.date_resold = '2026-03-05'
            loss.resale_price = 1900
        self.assertEqual(self.case.amount_loss, 700)

    def test_persons_are_named_by_managers_and_officers(self):
        unit = self._share(self.case, 100, 'department', department_id=self.department.id)
        with Form(unit.with_user(self.complaint_manager)) as form, form.person_ids.new() as line:
            line.employee_id = self.wu
            self.assertEqual(line.base_points, 1)
        with Form(unit.with_user(self.officer)) as form:
            self.assertEqual(len(form.person_ids), 1)
        with Form(unit.with_user(self.desk)) as form:
            self.assertNotIn('person_ids', form._view['fields'])

    def test_penalty_opens_for_officer_person_and_decider(self):
        with Form(self.env['aftersales.penalty'].with_user(self.officer)) as form:
            form.employee_id = self.wu
            form.amount = 900
            form.reason = "Wrong label"
            form.evidence = "Photo"
            form.approver_id = self.boss
        penalty = form.record
        self.assertEqual(penalty.scheme_id, self.handbook)
        penalty.action_ask_statement()
        with Form(penalty.with_user(self.worker)) as form:
            form.statement = "I was alone"
        penalty.with_user(self.worker).action_hand_in()
        with Form(penalty.with_user(self.boss)) as form:
            form.decision_note = "It happened before"
        penalty.with_user(self.boss).action_approve()
        with Form(penalty.with_user(self.worker)) as form:
            form.appeal = "I was on leave"
        self.assertEqual(penalty.appeal, "I was on leave")

    def test_payroll_and_configuration_open(self):
        with freeze_time('2026-02-06 12:00:00'):
            with Form(self.env['aftersales.penalty.export'].with_user(self.officer)) as form:
                self.assertEqual(str(form.month), '2026-01-01')
            self.assertTrue(form.record.file)
        with Form(self.handbook.with_user(self.complaint_manager)) as form:
            form.note = "Checked"
        with Form(self.handbook.with_user(self.second)) as form:
            self.assertEqual(len(form.acknowledgement_ids), 1)
        with Form(self.env['aftersales.complaint.rule'].with_user(
                self.complaint_manager).with_context(default_subject='share')) as form:
            form.name = "Half and half"
            form.split = 'units'
            form.share_first = 50
            form.share_second = 50
        with Form(self.job) as form:
            form.aftersales_base_points = 2
        self.assertEqual(self.wu._get_base_points(self.env.company), 2)

    def test_scheme_is_switched_on_by_who_may_write_it(self):
        shared = self.handbook.copy({'company_id': False, 'name': "Shared"})
        shared.rule_version = '1'
        manager = shared.with_user(self.complaint_manager)
        self.assertFalse(manager.can_switch)
        own = self.env['aftersales.penalty.scheme'].with_user(self.complaint_manager).browse(
            manager.action_copy_for_company()['res_id'])
        self.assertRecordValues(own, [{
            'name': "Shared", 'company_id': self.env.company.id, 'is_on': False,
            'can_switch': True}])
        own.rule_version = '2'
        own.action_switch_on()
        self.assertTrue(own.is_on)
        administrator = shared.with_user(self.manager)
        self.assertTrue(administrator.can_switch)
        administrator.action_switch_on()
