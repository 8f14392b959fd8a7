"""A process is killed in the middle of a settlement: nothing of it is there afterwards."""
import signal
from contextlib import closing

import pytest
from killed import KilledCase

from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tests import tagged

pytestmark = pytest.mark.long


@tagged('post_install', '-at_install')
class TestSettlementKilled(KilledCase):

    script = 'settlement_process.py'

    def _read(self, record_id):
        """Return what is committed: state, credit notes, ended cards, and units by place."""
        with closing(db_connect(self.database).cursor()) as cr:
            # waits for the lock of a transaction that is still being rolled back
            cr.execute("SELECT state FROM aftersales_return WHERE id = %s FOR UPDATE",
                       [record_id])
            [state] = cr.fetchone()
            cr.execute("SELECT count(*) FROM account_move WHERE move_type = 'out_refund'")
            [refunds] = cr.fetchone()
            cr.execute("""
                SELECT count(*) FROM aftersales_warranty card
                  JOIN aftersales_return_line line ON line.warranty_id = card.id
                 WHERE line.return_id = %s AND card.void_date IS NOT NULL""", [record_id])
            [ended] = cr.fetchone()
            cr.execute("""
                SELECT location.name, sum(quant.quantity)::integer FROM stock_quant quant
                  JOIN stock_location location ON location.id = quant.location_id
                  JOIN aftersales_return_line line ON line.product_id = quant.product_id
                 WHERE line.return_id = %s AND location.usage = 'internal'
              GROUP BY location.name HAVING sum(quant.quantity) != 0""", [record_id])
            places = dict(cr.fetchall())
        return state, refunds, ended, places

    def _count_coupons(self):
        """Return how many coupons are committed; none where there are no programmes."""
        with closing(db_connect(self.database).cursor()) as cr:
            cr.execute("SELECT to_regclass('loyalty_card') IS NOT NULL")
            if not cr.fetchone()[0]:
                return None
            cr.execute("SELECT count(*) FROM loyalty_card")
            return cr.fetchone()[0]

    def test_killed_after_the_credit_note_nothing_is_left(self):
        record_id = self._hear(self._start('prepare'))['id']
        before, coupons = self._read(record_id), self._count_coupons()
        self.assertEqual(before, ('inspected', 0, 0, {'Returns': 1}))

        settling = self._start('stop', record_id)
        self.assertEqual(self._hear(settling), {'refunds': 1})  # in its own transaction
        settling.send_signal(signal.SIGKILL)
        self.assertEqual(settling.wait(), -signal.SIGKILL)
        self.assertEqual(self._read(record_id), before)
        self.assertEqual(self._count_coupons(), coupons)

        # a second settlement settles all of it, and of two at once only one does
        self.assertIn("Another user is changing these records",
                      self._hear(self._start('twice', record_id))['answer'])
        self.assertEqual(self._read(record_id), ('settled', 1, 1, {'Stock': 1}))
        self.assertEqual(self._count_coupons(), None if coupons is None else coupons + 1)
        self.assertNotIn(self.database, Registry.registries)
