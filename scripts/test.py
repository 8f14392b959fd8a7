"""``make test``: the whole suite through pytest-odoo, on copies of installed databases.

First the suite as most companies install it, so that it cannot lean on a bridge or its
application unseen; then the bridges beside their applications, with what these might slow
down or break.
"""
import argparse
import os
import subprocess

from . import fingerprint, postgres, settings
from .database import Databases
from .odoo_server import Odoo
from .prepare import prepare
from .problem import run_command
from .shell import say

WORKERS = 2
NO_TEST = 5  # the exit code of pytest
# what a bridge's application might slow down or break, beside the bridge's own tests
BRIDGED = ['tests/test_models.py', 'tests/test_query_limits.py', 'tests/test_translations.py',
           'tests/test_settlement_killed.py', 'aftersales_service/tests/returns']


def _paths(bridged):
    """Return what has tests: the modules that exist and the suite; else the bridges."""
    if bridged:
        names = [*(f'{name}/tests' for name in fingerprint.bridges()), *BRIDGED]
    else:
        names = [f'{home}/tests' for home in (*fingerprint.main_modules(), '.', 'bench')]
    return [path for name in names if (path := settings.ROOT / name).exists()]


def _chosen(arguments):
    """Return the files and folders that the arguments name."""
    return [argument for argument in arguments if not argument.startswith('-')
            and (settings.ROOT / argument.split('::')[0]).exists()]


def _rounds(databases, arguments):
    """Yield whether a round has the bridges, its database and arguments.

    A chosen file runs in one round only: where its module is installed.
    """
    chosen = {argument: argument.split('/')[0] in fingerprint.bridges()
              for argument in _chosen(arguments)}
    for bridged in (False, True):
        if (bridged in chosen.values()) if chosen else (not bridged or fingerprint.bridges()):
            yield bridged, databases.template(bridged=bridged), [
                argument for argument in arguments
                if chosen.get(argument, bridged) == bridged]


def _result(codes):
    """Return one exit code for all rounds: no test is a failure only when no round had any."""
    failed = [code for code in codes if code not in (0, NO_TEST)]
    return failed[0] if failed else min(codes, default=NO_TEST)


def _pytest(odoo, database, logs, arguments, bridged):
    """Run pytest and return its exit code."""
    # two browsers and two databases keep two cores busy; a selection starts faster alone
    workers = [] if arguments else ['-n', WORKERS, '--dist', 'loadfile', '--no-loadscope-reorder']
    command = [
        odoo.workshop.python, '-m', 'pytest', f'--odoo-config={odoo.config}',
        f'--odoo-database={database}', '--odoo-log-level=warn', '--odoo-http',
        *workers, *([] if _chosen(arguments) else _paths(bridged)), *arguments]
    env = {**odoo.env, 'AFTERSALES_INSTALL_LOGS': os.pathsep.join(map(str, logs)),
           'AFTERSALES_TREE': str(odoo.workshop.tree)}
    process = subprocess.Popen(list(map(str, command)), cwd=settings.ROOT, env=env)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def main():
    """Install what changed, copy it, and test the copy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--no-demo', action='store_true',
                        help="skip the installation with demo data")
    options, arguments = parser.parse_known_args()
    say(f"cache: {settings.cache()}")
    workshop = prepare('test')
    with postgres.server(workshop.python) as server:
        odoo = Odoo(workshop, server)
        databases = Databases(odoo)
        demos = [False] if options.no_demo else [False, True]
        installed = [databases.template(demo, bridged)
                     for demo in demos for bridged in (False, True)]
        logs = [databases.log_of(name) for name in dict.fromkeys(installed)]
        codes = []
        for bridged, template, chosen in _rounds(databases, arguments):
            with databases.scratch(template) as database:
                say("pytest: starting" + " with the bridges" * bridged)
                codes.append(_pytest(odoo, database, logs, chosen, bridged))
        return _result(codes)


if __name__ == '__main__':
    run_command(main)
