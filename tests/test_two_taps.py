"""Two taps of one customer at once: two real transactions on committed data."""
from contextlib import contextmanager

from two_transactions import TwoTransactionsCase

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged


@tagged('post_install', '-at_install')
class TestTwoTaps(TwoTransactionsCase):
    """One answer stays, however often it is sent; a printed code makes one sheet."""

    def _make(self, env):
        customer = env['res.partner'].create({'name': "Two Taps"})
        order = env['aftersales.order'].create({
            'partner_id': customer.id, 'description': "Cold"})
        order.date_done = '2026-11-28 08:00:00'
        survey = env['survey.survey'].create({
            'title': "Two Taps", 'survey_type': 'aftersales', 'access_mode': 'token',
            'question_and_page_ids': [Command.create({
                'title': "Would you recommend us?", 'question_type': 'scale',
                'scale_min': 0, 'scale_max': 10, 'aftersales_metric': 'nps'})]})
        answers = env['survey.user_input'].create({'survey_id': survey.id})
        self.key, self.printed = answers.access_token, order._get_feedback_key()
        self.survey_id, self.order_id, self.customer_id = survey.id, order.id, customer.id

    def _remove(self, env):
        env['survey.user_input'].search([
            '|', ('survey_id', '=', self.survey_id),
            ('aftersales_order_id', '=', self.order_id)]).unlink()
        env['survey.survey'].browse(self.survey_id).unlink()
        env['aftersales.order'].browse(self.order_id).unlink()
        env['res.partner'].browse(self.customer_id).unlink()

    @contextmanager
    def _open(self, key):
        """Open the answers in a transaction of its own, which ends with the block."""
        with self._transaction() as env:
            yield env['survey.user_input']._find_by_feedback_key(key)

    def test_second_tap_waits_and_is_repeated(self):
        with self._open(self.key) as late:
            question = late.survey_id.question_ids
            with self._open(self.key) as first:
                first._aftersales_answer(first.survey_id.question_ids, 3)
            self._assert_repeated(late, late._aftersales_answer, question, 9)
            late._aftersales_answer(question, 9)
        with self._open(self.key) as answers:
            self.assertEqual(answers.nps, 9)
            self.assertEqual(answers.user_input_line_ids.mapped('value_scale'), [9])

    def test_printed_code_makes_one_sheet(self):
        with self._open(self.printed) as late:
            self.assertFalse(late.id)
            with self._transaction() as env:
                self.assertTrue(
                    env['survey.user_input']._find_by_feedback_key(self.printed, True).id)
                with self.assertRaisesRegex(UserError, "being rated at this moment"):
                    late.env['survey.user_input']._find_by_feedback_key(self.printed, True)
                late.env.cr.rollback()
        with self._open(self.printed) as answers:
            self.assertEqual(answers.search_count(
                [('aftersales_order_id', '=', self.order_id)]), 1)
