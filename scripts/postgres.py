"""A PostgreSQL server to work with: the embedded cluster, or the one that PG* name."""
import os
import shutil
from contextlib import contextmanager

from . import cluster, settings
from .problem import Problem
from .shell import environment, run, say

_VARIABLES = ('PGHOST', 'PGPORT', 'PGUSER', 'PGPASSWORD')


def is_external():
    """Return whether the caller named another server."""
    return any(os.environ.get(name) for name in _VARIABLES)


@contextmanager
def server(python):
    """Yield a running ``Server``; an embedded one stops with its last user."""
    if is_external():
        found = Server({})
        found.check()
        say(f"postgres: using the server at {os.environ.get('PGHOST') or 'the default socket'}")
        yield found
        return
    own = cluster.Cluster(cluster.find_binaries(python))
    with own.running():
        say(f"postgres: {own.home.name} on a socket in {own.socket}")
        yield Server({'PGHOST': own.socket, 'PGPORT': cluster.PORT, 'PGUSER': cluster.USER,
                      'PATH': f"{own.binaries}{os.pathsep}{os.environ.get('PATH', '')}"})


def _quote(name):
    return '"' + name.replace('"', '""') + '"'


def _literal(text):
    return "'" + text.replace("'", "''") + "'"


class Server:
    """The few statements that the scripts need; ``env`` is what its clients must know."""

    def __init__(self, env):
        # a database named in the caller's environment would become Odoo's default
        self.env = {**env, 'PGDATABASE': 'postgres', 'PGAPPNAME': 'aftersales-suite'}

    def sql(self, statement, database='postgres'):
        """Return the lines that ``statement`` prints."""
        psql = shutil.which('psql', path=environment(self.env)['PATH']) or 'psql'
        return run([psql, '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', database, '-c', statement],
                   "PostgreSQL refuses", "Check the server, or PGHOST, PGPORT, PGUSER and "
                   "PGPASSWORD.", env=environment(self.env)).splitlines()

    def check(self):
        """Refuse a server of the caller's that Odoo 19 cannot use."""
        version = int(self.sql("SHOW server_version_num")[0]) // 10000
        if version < settings.POSTGRES_MIN:
            raise Problem(f"PostgreSQL {version} is too old for Odoo 19.",
                          f"Use a server of version {settings.POSTGRES_MIN} or newer.")
        if self.sql("SELECT rolcreatedb OR rolsuper FROM pg_roles "
                    "WHERE rolname = current_user") != ['t']:
            raise Problem("the PostgreSQL user may not create databases.",
                          "Give it the right: ALTER ROLE … CREATEDB")

    def exists(self, name):
        """Return whether the database ``name`` exists."""
        return bool(self.sql(f"SELECT 1 FROM pg_database WHERE datname = {_literal(name)}"))

    def names(self, prefix):
        """Return the databases whose name starts with ``prefix``."""
        return self.sql("SELECT datname FROM pg_database WHERE starts_with(datname, "
                        f"{_literal(prefix)}) ORDER BY datname")

    def copy(self, template, name):
        """Make the database ``name`` as a copy of ``template``."""
        self.sql(f"CREATE DATABASE {_quote(name)} TEMPLATE {_quote(template)}")

    def drop(self, name):
        """Remove the database ``name`` and end the connections to it."""
        self.sql(f"DROP DATABASE IF EXISTS {_quote(name)} WITH (FORCE)")

    def note(self, name):
        """Return what ``write_note`` left, or an empty text: the building was not finished."""
        return '\n'.join(self.sql("SELECT shobj_description(oid, 'pg_database') FROM pg_database "
                                  f"WHERE datname = {_literal(name)}"))

    def write_note(self, name, text):
        """Keep ``text`` with the database, as its comment, so that both live and die together."""
        self.sql(f"COMMENT ON DATABASE {_quote(name)} IS {_literal(text)}")

    def has_extension(self, name):
        """Return whether the server offers the extension ``name``."""
        return bool(self.sql("SELECT 1 FROM pg_available_extensions "
                             f"WHERE name = {_literal(name)}"))
