"""A test with two real transactions at once, on committed data that its end removes."""
from contextlib import contextmanager

from psycopg2.errors import SerializationFailure

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tests import BaseCase
from odoo.tests.common import get_db_name, new_test_user
from odoo.tools import mute_logger


class TwoTransactionsCase(BaseCase):
    """Commits what ``_make`` makes, and removes it by ``_remove`` and with the users made here."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.user_ids = []
        with self._transaction(
                no_reset_password=True, tracking_disable=True) as env:
            self._make(env)
        self.addCleanup(self._clean)

    def _make(self, env):
        """Make the data; ids are kept, since records end with their transaction."""

    def _remove(self, env):
        """Leave the database as it was: the next test reads it."""

    def _make_users(self, env, group, *logins):
        """Make a user of the group for each login, whose ids stand in ``user_ids``."""
        users = [new_test_user(env, login, group) for login in logins]
        self.user_ids += [user.id for user in users]
        return users

    def _clean(self):
        with self._transaction() as env:
            self._remove(env)
            users = env['res.users'].browse(self.user_ids)
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    @contextmanager
    def _transaction(self, uid=SUPERUSER_ID, **context):
        """Give an environment in a transaction of its own, which ends with the block."""
        with self.registry.cursor() as cr:
            yield Environment(cr, uid, context)

    def _roll_back(self, records):
        records.env.cr.rollback()
        records.env.invalidate_all()

    def _assert_repeated(self, records, action, *arguments):
        """Let the late one meet what was committed; core repeats the request that meets this."""
        with mute_logger('odoo.sql_db'), self.assertRaises(SerializationFailure):
            action(*arguments)
        self._roll_back(records)
