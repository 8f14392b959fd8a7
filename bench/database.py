"""The database under measurement: what may be measured, and transactions as a user gets them."""
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from odoo import SUPERUSER_ID, Command
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tools import config

from odoo.addons.base.models.ir_mail_server import IrMail_Server


class Refusal(Exception):
    """Why nothing is measured, in one line."""


def configure(path):
    """Read Odoo's configuration file; mails are rendered and queued, but no server is called."""
    if not Path(path).is_file():
        raise Refusal(f"the configuration file {path} does not exist.")
    config.parse_config(['-c', str(path), '--no-http', '--log-level=error'])
    IrMail_Server._connect__ = lambda self, *args, **kwargs: None
    IrMail_Server.send_email = lambda self, message, *args, **kwargs: message['Message-Id']


class Session:
    """One user's transactions on a database.

    Each has its own cursor and an empty record cache, as a request has; the registry and
    its caches stay warm, as in a running server.
    """

    def __init__(self, registry, uid, company_id):
        self.registry = registry
        self.uid = uid
        self.context = {'lang': 'en_US', 'tz': 'UTC', 'uid': uid,
                        'allowed_company_ids': [company_id]}

    @contextmanager
    def transaction(self):
        """Yield an environment; it is committed at the end, unless something went wrong."""
        with self.registry.cursor() as cr:
            yield Environment(cr, self.uid, self.context)


class Database:
    """A throw-away database with the modules to measure."""

    def __init__(self, name):
        if 'bench' not in name:
            raise Refusal(f"the database {name} may hold real data; rows are added to it, so "
                          "only a database with “bench” in its name is measured.")
        self.name = name
        try:
            self.registry = Registry(name)
        except psycopg2.OperationalError as error:
            raise Refusal(f"the database {name} cannot be opened: "
                          f"{str(error).splitlines()[0]}.") from error
        with self.registry.cursor() as cr:
            user = Environment(cr, SUPERUSER_ID, {})['res.users'].browse(SUPERUSER_ID)
            self.company_id = user.company_id.id
            user.company_id.email = 'company@bench.example.com'
            cr.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
            if not cr.rowcount:
                raise Refusal(f"the database {name} has no pg_trgm, so searches would run without "
                              "their indexes; use a PostgreSQL with its contrib modules.")
        self.superuser = Session(self.registry, SUPERUSER_ID, self.company_id)

    def role(self, name, groups, kind='base.group_user'):
        """Return the session of a user ``name`` who has just the given groups."""
        login = f'bench-{name}'
        with self.superuser.transaction() as env:
            user = env['res.users'].search([('login', '=', login)]) or env['res.users'].create({
                'name': login, 'login': login, 'email': f'{login}@bench.example.com'})
            user.group_ids = [Command.set([
                env.ref(xmlid).id for xmlid in (kind, *groups)])]
            return Session(self.registry, user.id, self.company_id)

    def customer(self):
        """Return the session of a customer with a login to the portal."""
        return self.role('customer', (), kind='base.group_portal')

    def modules(self):
        """Return the names of the installed modules."""
        with self.superuser.transaction() as env:
            installed = env['ir.module.module'].search([('state', '=', 'installed')])
            return set(installed.mapped('name'))
