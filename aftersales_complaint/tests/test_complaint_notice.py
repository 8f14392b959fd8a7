from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tests.common import new_test_user

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintNotice(ComplaintCommon):
    """A case may lead to a notice to a person; only officers learn so from the case."""

    def test_notice_of_a_case_is_seen_by_officers_only(self):
        officer = new_test_user(
            self.env, 'case_officer', 'aftersales_conduct.group_conduct_officer,'
            'aftersales_complaint.group_complaint_desk')
        employee = self.env['hr.employee'].create({'name': "Wu Wei"})
        case = self._create_complaint()
        action = case.with_user(officer).action_view_notices()
        form = Form(self.env['aftersales.notice'].with_user(officer).with_context(
            **action['context']))
        form.employee_id = employee
        form.offence_id = self.env.ref('aftersales_conduct.aftersales_offence_a03')
        form.facts = "A valve was not mounted"
        notice = form.save()
        self.assertEqual(notice.record_name, case.display_name)
        self.assertEqual(case.with_user(officer).notice_ids, notice)
        for user in self.desk, self.complaint_manager, self.manager:
            seen = case.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    seen.read(['notice_ids'])
                self.assertNotIn('notice_ids', seen.fields_get())
                with self.assertRaises(AccessError):
                    seen.search([('notice_ids', '!=', False)])
        self.assertFalse(case.message_ids.filtered(
            lambda message: notice.name in (message.body or "") or "Wu Wei" in message.body))
