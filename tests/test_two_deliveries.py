"""Two processes number documents at once: two real transactions on committed sequences."""
from contextlib import contextmanager

from psycopg2.errors import LockNotAvailable
from two_transactions import TwoTransactionsCase

from odoo.tests import tagged
from odoo.tools import mute_logger


@tagged('post_install', '-at_install')
class TestTwoDeliveries(TwoTransactionsCase):
    """No number is given twice; with a sequence that may have gaps, no delivery waits."""

    def _make(self, env):
        self.sequence_ids = {
            kind: env['ir.sequence'].create({
                'name': kind, 'implementation': kind, 'prefix': 'T', 'padding': 2}).id
            for kind in ('standard', 'no_gap')}

    def _remove(self, env):
        env['ir.sequence'].browse(self.sequence_ids.values()).unlink()

    @contextmanager
    def _process(self, kind):
        """Give a function that draws from the sequence in a transaction of its own."""
        with self._transaction() as env:
            sequence = env['ir.sequence'].browse(self.sequence_ids[kind])
            yield env.cr, lambda count: env['aftersales.warranty']._draw_from(sequence, count)

    def test_both_draw_at_once_and_who_gives_up_leaves_a_gap(self):
        with self._process('standard') as (first, draw), self._process('standard') as (
                __, draw_too):
            self.assertEqual(draw(3), ['T01', 'T02', 'T03'])
            self.assertEqual(draw_too(3), ['T04', 'T05', 'T06'])
            self.assertEqual(draw(2), ['T07', 'T08'])
            first.rollback()
        with self._process('standard') as (__, draw):
            self.assertEqual(draw(2), ['T09', 'T10'])

    def test_without_gaps_the_second_is_refused_until_the_first_ends(self):
        with self._process('no_gap') as (first, draw), self._process('no_gap') as (
                second, draw_too):
            self.assertEqual(draw(3), ['T01', 'T02', 'T03'])
            # core repeats the request that meets this
            with mute_logger('odoo.sql_db'), self.assertRaises(LockNotAvailable):
                draw_too(3)
            second.rollback()
            first.rollback()  # who gives up leaves no gap
            self.assertEqual(draw_too(3), ['T01', 'T02', 'T03'])
        with self._process('no_gap') as (__, draw):
            self.assertEqual(draw(2), ['T04', 'T05'])
