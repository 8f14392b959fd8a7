from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestMerge(ComplaintCommon):
    """One matter is one case; who complained first has waited since then."""

    @freeze_time('2026-03-02 09:00:00')
    def test_merged_case_waits_since_the_first(self):
        first = self._create_complaint(amount_asked=50.0, wants_repair=True)
        with freeze_time('2026-03-03 09:00:00'):
            second = self._create_complaint(description="Still warm", amount_asked=20.0)
            first.with_user(self.desk)._merge_into(second.with_user(self.desk))
        self.assertRecordValues(first, [{'state': 'merged', 'merged_into_id': second.id}])
        self.assertTrue(first.date_closed)
        self.assertFalse(first.clock_ids.filtered(lambda clock: clock.result == 'running'))
        self.assertRecordValues(second, [{
            'date_received': datetime(2026, 3, 2, 9), 'amount_asked': 50.0, 'wants_repair': True}])
        self.assertIn("It does not cool although", second.description)
        solution = second.clock_ids.filtered(lambda clock: clock.kind == 'complaint_solution')
        self.assertEqual(solution.date_start, datetime(2026, 3, 2, 9))

    def test_two_customers_stay_apart(self):
        other = self._create_complaint(partner_id=self.customer.copy({'phone': False}).id)
        case = self._create_complaint()
        with self.assertRaisesRegex(UserError, "two customers stay apart"):
            case.with_user(self.desk)._merge_into(other.with_user(self.desk))
        self.assertEqual(case.state, 'new')
        stage = self.env['aftersales.complaint.stage'].search([('state', '=', 'merged')])
        with self.assertRaisesRegex(UserError, "use “Merge”"):
            case.with_user(self.desk).stage_id = stage

    @freeze_time('2026-03-02 09:00:00')
    def test_split_matter_has_waited_as_long(self):
        case = self._create_complaint()
        with freeze_time('2026-03-03 09:00:00'):
            action = self.env['aftersales.complaint.split'].with_user(self.desk).create({
                'complaint_id': case.id, 'subject': "Late", 'description': "He came late",
            }).action_confirm()
        split = self.env['aftersales.complaint'].browse(action['res_id'])
        self.assertRecordValues(split, [{
            'origin_id': case.id, 'partner_id': self.customer.id,
            'date_received': datetime(2026, 3, 2, 9), 'subject': "Late"}])

    def test_words_long_after_the_end_open_a_linked_case(self):
        case = self._create_complaint(self.env(user=self.agent), answer="A voucher")
        case.action_solve_now()
        case.with_user(self.desk).action_close()
        post = {'author_id': self.customer.id, 'message_type': 'comment',
                'subtype_xmlid': 'mail.mt_comment'}
        case.sudo().message_post(body="Thank you", **post)
        followers = Domain('origin_id', '=', case.id)
        self.assertFalse(case.sudo().search(followers))
        case.sudo().date_closed = datetime(2026, 1, 1)
        case.sudo().message_post(body="It broke again", **post)
        self.assertRecordValues(case.sudo().search(followers), [{
            'origin_id': case.id, 'description': "It broke again", 'state': 'new'}])

    @freeze_time('2026-03-02 09:00:00')
    def test_numbers_and_deadlines_of_platform_and_authority_are_kept(self):
        soon, late = datetime(2026, 3, 4, 9), datetime(2026, 3, 9, 9)
        for own, deadline in ({}, soon), (
                {'channel': 'authority', 'external_number': "12315-7",
                 'date_external_deadline': late}, soon), (
                {'channel': 'authority', 'external_number': "12315-7",
                 'date_external_deadline': datetime(2026, 3, 3, 9)}, datetime(2026, 3, 3, 9)):
            with self.subTest(own=own):
                target = self._create_complaint(**own).with_user(self.desk)
                other = self._create_complaint(
                    channel='platform', platform_number="TB-1", external_number="P-9",
                    date_external_deadline=soon).with_user(self.desk)
                other._merge_into(target)
                self.assertRecordValues(target, [{
                    'date_external_deadline': deadline, 'platform_number': "TB-1",
                    'external_number': own.get('external_number', "P-9"),
                    'channel': own.get('channel', 'platform'),
                    'merged_numbers': "TB-1, P-9"}])
                running = target.clock_ids.filtered(
                    lambda clock: clock.kind in ('complaint_platform', 'complaint_authority')
                    and clock.result == 'running')
                self.assertEqual(running.mapped('date_deadline'), [deadline])
                # the number that the platform asks by finds the case that goes on
                self.assertIn(target, target.search([('merged_ids.external_number', '=', "P-9")]))
