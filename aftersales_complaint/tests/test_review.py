from freezegun import freeze_time

from odoo.tests import tagged

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestReview(ComplaintCommon):
    """Before the 10th of a month managers review what was closed in the month before."""

    def _plan(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref('aftersales_complaint.ir_cron_complaint_review').method_direct_trigger()
        self.env.invalidate_all()
        return self.env['mail.activity'].search([
            ('user_id', '=', self.complaint_manager.id), ('summary', 'like', "Review penalties")])

    def test_managers_review_before_the_tenth_once(self):
        with freeze_time('2026-02-20 09:00:00'):
            self._settle(self._create_complaint())
        self.assertFalse(self._plan('2026-02-28 12:00:00'))
        found = self._plan('2026-03-02 12:00:00')
        self.assertRecordValues(found, [{
            'date_deadline': found.date_deadline.replace(2026, 3, 9), 'res_model': False,
            'summary': "Review penalties: 1 complaints closed in February 2026"}])
        self.assertEqual(self._plan('2026-03-03 12:00:00'), found)

    def test_nothing_is_planned_after_the_day_nor_without_cases(self):
        self.assertFalse(self._plan('2026-03-02 12:00:00'))
        with freeze_time('2026-03-20 09:00:00'):
            self._settle(self._create_complaint())
        self.assertFalse(self._plan('2026-04-10 12:00:00'))
        self.env.company.complaint_review_day = 0
        self.assertFalse(self._plan('2026-04-02 12:00:00'))
