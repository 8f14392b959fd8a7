"""``make clean``: remove what the other commands built, and nothing else."""
import argparse
import shutil

from . import lock, postgres, settings
from .database import Databases
from .odoo_server import Odoo
from .prepare import Workshop
from .problem import Problem, run_command
from .shell import say


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--db', help="only this database")
    parser.add_argument('--all', action='store_true',
                        help="the whole cache as well: downloads, Python packages, PostgreSQL")
    return parser.parse_args()


def _workshop():
    """Return what is already there; cleaning must not download anything."""
    tree = settings.cache() / 'odoo'
    python = next(settings.cache().glob('venv/*/bin/python'), None)
    return Workshop(tree, python)


def _drop_databases(only):
    """Drop one database, or all of this clone."""
    workshop = _workshop()
    if not postgres.is_external() and not any(settings.cache().glob('postgres/*/data')):
        return
    with postgres.server(workshop.python) as server:
        databases = Databases(Odoo(workshop, server))
        for name in [only] if only else server.names(f'aftersales_{settings.clone_key()}_'):
            _drop(databases, name)
        if not only:
            _drop(databases, f'aftersales_demo_{settings.clone_key()}')


def _drop(databases, name):
    if not databases.server.exists(name):
        say(f"database: {name} does not exist")
        return
    busy = Problem(f"a demo of {name} is running.", "Stop it with Ctrl-C first.")
    with lock.refusing(f'demo-{name}', busy):
        say(f"database: removing {name}")
        databases.drop(name)
    databases.log_of(name).unlink(missing_ok=True)


def _remove_cache():
    """Remove the cache, unless a command of another clone still works in it."""
    busy = Problem("another command is using the cache.", "Stop it first.")
    with lock.refusing('postgres-users', busy):
        say(f"removing {settings.cache()}")
        shutil.rmtree(settings.cache())


def main():
    """Remove databases, then this clone's folder, then with --all the cache."""
    arguments = _arguments()
    if not settings.cache().is_dir():
        say("nothing to remove")
        return 0
    if not arguments.all or postgres.is_external():
        _drop_databases(arguments.db)
    if arguments.all:
        _remove_cache()
    elif not arguments.db:
        shutil.rmtree(settings.clone_folder())
    return 0


if __name__ == '__main__':
    run_command(main)
