from datetime import timedelta
from uuid import uuid4

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import TrainingCommon


@tagged('post_install', '-at_install')
class TestTool(TrainingCommon):
    """Who has which tool, until when it measures, and that it comes back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meter = cls.env['aftersales.tool'].with_user(cls.training_officer).create({
            'name': "Clamp Meter", 'code': 'T-001', 'kind': 'instrument',
            'calibration_months': 12, 'date_calibrated': fields.Date.today()})

    def _issue(self, user):
        self.meter.receiver_id = user
        self.meter.action_issue()

    def test_issue_and_return_are_kept(self):
        with self.assertRaisesRegex(UserError, "Say first to whom"):
            self.meter.action_issue()
        self._issue(self.technician)
        self.assertRecordValues(self.meter, [{
            'state': 'issued', 'user_id': self.technician.id, 'receiver_id': False}])
        with self.assertRaisesRegex(UserError, "What is"):
            self.meter.action_issue()
        self.meter.action_take_back()
        self.assertRecordValues(self.meter.issue_ids, [{
            'user_id': self.technician.id, 'issuer_id': self.training_officer.id}])
        self.assertTrue(self.meter.issue_ids.date_returned)
        self.assertFalse(self.meter.user_id)
        self._issue(self.agent)  # at once to another person
        self.assertEqual(self.meter.user_id, self.agent)

    def test_instrument_after_its_calibration_is_not_issued(self):
        """Calibrated on 1 January for 12 months: the last day is 31 December."""
        with self.assertRaisesRegex(ValidationError, "lies ahead"):
            self.meter.date_calibrated = '2029-01-01'
        self.meter.date_calibrated = '2025-01-01'
        self.assertEqual(str(self.meter.calibration_date), '2025-12-31')
        with self.assertRaisesRegex(UserError, "calibration is over"):
            self._issue(self.technician)
        self.meter.date_calibrated = fields.Date.today()
        self._issue(self.technician)

    def test_alerts_come_once_and_go_with_the_reason(self):
        self.meter.date_calibrated = fields.Date.today() - timedelta(days=350)
        for _again in range(2):
            self.env['aftersales.tool']._cron_alert()
            self.assertEqual(self.meter.activity_ids.user_id, self.training_officer)
            self.assertEqual(len(self.meter.activity_ids), 1)
        self.meter.date_calibrated = fields.Date.today()
        self.assertFalse(self.meter.activity_ids)

    def test_who_leaves_gives_back(self):
        self._issue(self.outlet_technician)
        tools = self.env['aftersales.tool']
        self.assertFalse(tools.search([('has_holder_left', '=', True)]))
        self.outlet.member_ids -= self.outlet_technician
        tools._cron_alert()
        self.assertTrue(self.meter.has_holder_left)
        self.assertEqual(self.meter.activity_ids.summary, "Collect it: the holder leaves")
        self.meter.action_take_back()
        self.assertFalse(self.meter.activity_ids)
        # an employee: from the day on which the departure is registered
        employee = self.env['hr.employee'].create({
            'name': "Tom", 'user_id': self.technician.id})
        self._issue(self.technician)
        wizard = self.env['hr.departure.wizard'].new({'employee_ids': employee.ids})
        self.assertEqual(wizard.aftersales_tools, "T-001 Clamp Meter")
        employee.departure_date = fields.Date.today()
        self.assertEqual(self.meter.activity_ids.user_id, self.training_officer)

    def test_holder_reads_the_own_tools_only(self):
        self._issue(self.technician)
        tools = self.env['aftersales.tool']
        self.assertEqual(tools.with_user(self.technician).search([]), self.meter)
        self.assertFalse(tools.with_user(self.agent).search([]))
        self.assertFalse(self.env['aftersales.tool.issue'].with_user(self.agent).search([]))
        with self.assertRaises(AccessError):
            self.meter.with_user(self.technician).action_take_back()
        with self.assertRaises(AccessError):
            self.meter.with_user(self.technician).user_id = self.agent
        with self.assertRaisesRegex(AccessError, "is protected"):
            self.meter.user_id = self.agent

    def test_holder_confirms_the_receipt_by_phone(self):
        self._issue(self.outlet_technician)
        for user, status in ((self.technician, 'refused'), (self.outlet_technician, 'done')):
            [answer] = self.env['aftersales.job.action'].with_user(user)._handle_batch([{
                'uuid': str(uuid4()), 'kind': 'tool_receipt',
                'res_model': 'aftersales.tool.issue', 'res_id': self.meter.issue_ids.id,
                'payload': {}}])
            self.assertEqual(answer['status'], status, answer['message'])
        self.assertTrue(self.meter.issue_ids.date_confirmed)

    def test_list_names_each_person_on_a_page(self):
        self._issue(self.technician)
        self.meter.copy({'code': 'T-002', 'name': "Vacuum Pump"})
        words = self.env['ir.actions.report'].with_user(
            self.training_officer)._render_qweb_html(
                'aftersales_training.report_tools',
                self.env['aftersales.tool'].search([]).ids)[0].decode()
        for word in ("Technician Tom", "T-001", "Vacuum Pump", "In the store"):
            self.assertIn(word, words)
