from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_appraisal import AppraisalCommon


@tagged('post_install', '-at_install')
class TestAppraisalAudit(AppraisalCommon):
    """Some sheets that outlets issue alone are drawn; a wrong verdict costs the outlet."""

    def _issue(self, count=1):
        sheets = self.env['aftersales.appraisal'].concat(
            *(self._appraise() for __ in range(count))).with_user(self.member)
        sheets.action_issue()
        return sheets

    def test_lot_takes_the_share_and_is_repeatable(self):
        sheets = self._issue(5)
        drawn = sheets.sudo()._draw_audit(40.0, seed="2026-W03")
        self.assertEqual(len(drawn), 2)
        self.assertEqual((sheets - drawn).mapped('audit_state'), ['passed_over'] * 3)
        sheets.sudo().audit_state = False
        self.assertEqual(sheets.sudo()._draw_audit(40.0, seed="2026-W03"), drawn)

    def test_schedule_draws_each_sheet_once_by_the_companys_share(self):
        self.env.company.aftersales_audit_share = 50.0
        sheets = self._issue(4)
        approved = self._appraise(user=self.technician)
        approved.action_issue()
        approved.with_user(self.team_lead).action_approve()
        cron = self.env.ref('aftersales_service.ir_cron_aftersales_draw_audit')
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        sheets.invalidate_recordset()
        self.assertEqual(sheets.mapped('audit_state').count('drawn'), 2)
        self.assertFalse(approved.audit_state)
        before = sheets.mapped('audit_state')
        self.env['aftersales.appraisal']._cron_draw_audit()
        self.assertEqual(sheets.mapped('audit_state'), before)

    def test_wrong_verdict_is_charged_to_the_outlet(self):
        self.env.company.aftersales_wrong_appraisal_fee = 200.0
        sheet = self._issue()
        sheet._draw_audit(100.0)
        audited = sheet.with_user(self.team_lead)
        self.assertEqual(audited.audit_amount, 3200.0)
        with self.assertRaisesRegex(UserError, "Enter what is wrong"):
            audited.action_audit_wrong()
        audited.audit_note = "The seal was broken"
        audited.audit_amount = 3000.0
        audited.action_audit_wrong()
        self.assertRecordValues(sheet, [{
            'audit_state': 'wrong', 'auditor_id': self.team_lead.id}])
        self.assertRecordValues(self.outlet.charge_ids, [{
            'amount': 3000.0, 'kind': 'appraisal', 'res_model': sheet._name, 'res_id': sheet.id,
            'state': 'open', 'user_id': self.team_lead.id}])
        self.assertEqual(sheet.charge_ids, self.outlet.charge_ids)
        self.assertIn("The seal was broken", self.outlet.charge_ids.reason)
        with self.assertRaisesRegex(UserError, "audited already"):
            audited.action_audit_right()

    def test_right_verdict_costs_nothing(self):
        sheet = self._issue()
        sheet._draw_audit(100.0)
        sheet.with_user(self.team_lead).action_audit_right()
        self.assertEqual(sheet.audit_state, 'right')
        self.assertFalse(self.outlet.charge_ids)

    def test_only_leads_audit_and_never_their_own(self):
        sheet = self._issue()
        sheet._draw_audit(100.0)
        for action in (sheet.action_audit_right, sheet.action_audit_wrong,
                       sheet.action_draw_audit):
            with self.assertRaisesRegex(AccessError, "Only team leads can audit"):
                action()
        with self.assertRaisesRegex(AccessError, "Only team leads can audit"):
            sheet.audit_note = "All well"
        own = self._appraise(user=self.team_lead)
        own.action_issue()
        own.sudo()._draw_audit(100.0)
        with self.assertRaisesRegex(UserError, "You cannot audit"):
            own.action_audit_right()
        own.sudo().issuer_id = self.manager  # who wrote it does not audit it either
        with self.assertRaisesRegex(UserError, "You cannot audit"):
            own.action_audit_right()

    def test_button_shows_what_was_drawn(self):
        self.env.company.aftersales_audit_share = 100.0
        sheet = self._issue()
        action = self.env['aftersales.appraisal'].with_user(self.team_lead).action_draw_audit()
        self.assertIn(sheet, self.env['aftersales.appraisal'].search(action['domain']))
