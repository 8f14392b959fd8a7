"""A process is killed in the middle of a settlement: nothing of it is there afterwards."""
import json
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from odoo.modules.registry import Registry
from odoo.sql_db import close_db, db_connect
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import SQL, config

SCRIPT = Path(__file__).with_name('settlement_process.py')

pytestmark = pytest.mark.long


@tagged('post_install', '-at_install')
class TestSettlementKilled(BaseCase):
    """Real processes on a committed copy of the database; they talk by pipes and locks."""

    def setUp(self):
        super().setUp()
        self.database = f'{get_db_name()}_killed'
        self._administer(SQL("DROP DATABASE IF EXISTS %s", SQL.identifier(self.database)))
        # a database in use cannot be copied
        close_db(get_db_name())
        self._administer(SQL(
            "CREATE DATABASE %s TEMPLATE %s", SQL.identifier(self.database),
            SQL.identifier(get_db_name())))
        with closing(db_connect(self.database).cursor()) as cr:
            # what the other process prints asks no server: ours serves another database
            cr.execute("""
                INSERT INTO ir_config_parameter (key, value)
                     VALUES ('report.url', 'http://127.0.0.1:9')
                ON CONFLICT (key) DO UPDATE SET value = excluded.value""")
            cr.commit()
        self.addCleanup(self._drop)

    def _drop(self):
        close_db(self.database)
        self._administer(SQL("DROP DATABASE %s WITH (FORCE)", SQL.identifier(self.database)))
        # of the copy alone: config.filestore() names the one that all test workers share
        files = Path(config['data_dir']) / 'filestore' / self.database
        shutil.rmtree(files, ignore_errors=True)

    def _administer(self, statement):
        with closing(db_connect('postgres').cursor()) as cr:
            cr._cnx.autocommit = True  # databases are made outside of transactions
            cr.execute(statement)
            cr._cnx.autocommit = False

    def _start(self, what, *arguments):
        """Start a second process on the copy."""
        options = {name: config[name] for name in (
            'data_dir', 'db_host', 'db_port', 'db_user', 'db_password') if config[name]}
        options['addons-path'] = ','.join(map(str, config['addons_path']))
        options = {name.replace('data_dir', 'data-dir'): value
                   for name, value in options.items()}
        process = subprocess.Popen(
            [sys.executable, str(SCRIPT), json.dumps(options), self.database, what,
             *map(str, arguments)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def _hear(self, process):
        """Return what the process says next."""
        line = process.stdout.readline()
        self.assertTrue(line, process.poll() is not None and process.stderr.read())
        return json.loads(line)

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
