"""Two people close and merge one complaint at once: two real transactions on committed data."""
from contextlib import contextmanager

from two_transactions import TwoTransactionsCase

from odoo.exceptions import UserError
from odoo.tests import tagged


@tagged('post_install', '-at_install')
class TestTwoComplaintUsers(TwoTransactionsCase):
    """One wins, the other is refused without waiting, and no case ends twice."""

    def _make(self, env):
        self._make_users(
            env, 'aftersales_complaint.group_complaint_desk',
            'first_desk', 'second_desk')
        partner = env['res.partner'].create({'name': "Two Complaints"})
        cases = env['aftersales.complaint'].create([
            {'partner_id': partner.id, 'description': words, 'kind': 'service'}
            for words in ("It leaks", "It still leaks")])
        answered = cases[0]
        answered._judge()
        answered.unit_user_id = self.user_ids[0]
        answered._set_state('assigned')
        answered._set_state('investigating')
        answered.write({'cause': "A seal", 'cause_category': 'material', 'offer': "A new one",
                        'answer': "We bring a new seal"})
        for state in ('proposed', 'approved', 'informed'):
            answered._set_state(state)
        self.case_ids, self.partner_id = cases.ids, partner.id

    def _remove(self, env):
        # no person may delete a case that was judged
        env.cr.execute("UPDATE aftersales_complaint SET state = 'new', merged_into_id = NULL "
                       "WHERE id = ANY(%s)", [self.case_ids])
        env['aftersales.complaint'].browse(self.case_ids).unlink()
        env['res.partner'].browse(self.partner_id).unlink()

    @contextmanager
    def _cases_of(self, number):
        """Give a user both cases in a transaction of its own, which ends with the block."""
        with self._transaction(self.user_ids[number]) as env:
            yield env['aftersales.complaint'].browse(self.case_ids)

    def _read(self):
        with self._cases_of(0) as cases:
            return [(case.state, case.merged_into_id.id) for case in cases]

    def test_case_that_is_closed_just_now_is_not_merged(self):
        with self._cases_of(0) as winner, self._cases_of(1) as loser:
            winner[0].action_settle()
            winner.env.flush_all()
            with self.assertRaisesRegex(UserError, "Another user is changing these records"):
                loser[0]._merge_into(loser[1])
            loser.env.cr.rollback()
        with self._cases_of(1) as late:
            with self.assertRaisesRegex(UserError, "cannot become"):
                late[0]._merge_into(late[1])
            late.env.cr.rollback()
        self.assertEqual(self._read(), [('settled', False), ('new', False)])

    def test_case_that_is_closed_just_now_takes_in_no_other(self):
        with self._cases_of(0) as winner, self._cases_of(1) as loser:
            winner[0].action_settle()
            winner.env.flush_all()
            loser.env.cr.execute("SET lock_timeout = '2s'")  # a merge that waits is a failure
            with self.assertRaisesRegex(UserError, "Another user is changing these records"):
                loser[1]._merge_into(loser[0])
            loser.env.cr.rollback()
        self.assertEqual(self._read(), [('settled', False), ('new', False)])

    def test_case_that_is_merged_just_now_is_not_closed(self):
        with self._cases_of(0) as winner, self._cases_of(1) as loser:
            winner[0]._merge_into(winner[1])
            winner.env.flush_all()
            with self.assertRaisesRegex(UserError, "Another user is changing these records"):
                loser[0].action_settle()
            loser.env.cr.rollback()
        self.assertEqual(self._read(), [('merged', self.case_ids[1]), ('new', False)])

    def test_two_cases_are_not_merged_into_each_other(self):
        with self._cases_of(0) as winner, self._cases_of(1) as loser:
            winner[0]._merge_into(winner[1])
            winner.env.flush_all()
            with self.assertRaisesRegex(UserError, "Another user is changing these records"):
                loser[1]._merge_into(loser[0])
            loser.env.cr.rollback()
        self.assertEqual(self._read(), [('merged', self.case_ids[1]), ('new', False)])
