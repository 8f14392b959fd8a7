"""A test with real processes on a committed copy of the database; they talk by pipes and locks."""
import json
import select
import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from odoo.sql_db import close_db, db_connect
from odoo.tests import BaseCase
from odoo.tests.common import get_db_name
from odoo.tools import SQL, config

PATIENCE = 300  # seconds


class KilledCase(BaseCase):
    """Starts the processes of ``script`` (a file beside this one), which a test may kill."""

    script = None

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
        # a pipe that nothing empties would stop the process once it is full
        self.errors = tempfile.TemporaryFile('w+')  # noqa: SIM115 (open as long as the test)
        self.addCleanup(self.errors.close)
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name(self.script)), json.dumps(options),
             self.database, what, *map(str, arguments)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def _hear(self, process):
        """Return what the process says next."""
        heard, *__ = select.select([process.stdout], [], [], PATIENCE)
        line = heard and process.stdout.readline()
        if not line:
            self.errors.seek(0)
            self.fail(self.errors.read() or f"no word in {PATIENCE} seconds")
        return json.loads(line)
