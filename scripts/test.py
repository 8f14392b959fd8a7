"""``make test``: the whole suite through pytest-odoo, on copies of installed databases."""
import argparse
import os
import subprocess

from . import postgres, settings
from .database import Databases
from .odoo_server import Odoo
from .prepare import prepare
from .problem import run_command
from .shell import say

WORKERS = 2


def _paths():
    """Return the folders with tests: those of the modules that exist, then the suite's."""
    homes = [*settings.suite_modules(), '.', 'bench']
    paths = [settings.ROOT / home / 'tests' for home in homes]
    return [path for path in paths if path.is_dir()]


def _pytest(odoo, database, logs, arguments):
    """Run pytest and return its exit code; 5, no test, is a failure as well."""
    chosen = [argument for argument in arguments if not argument.startswith('-')
              and (settings.ROOT / argument.split('::')[0]).exists()]
    # two browsers and two databases keep two cores busy; a selection starts faster alone
    workers = [] if arguments else ['-n', WORKERS, '--dist', 'loadfile', '--no-loadscope-reorder']
    command = [
        odoo.workshop.python, '-m', 'pytest', f'--odoo-config={odoo.config}',
        f'--odoo-database={database}', '--odoo-log-level=warn', '--odoo-http',
        *workers, *([] if chosen else _paths()), *arguments]
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
        template = databases.template()
        installed = [template, *([] if options.no_demo else [databases.template(demo=True)])]
        logs = [databases.log_of(name) for name in installed]
        with databases.scratch(template) as database:
            say("pytest: starting")
            return _pytest(odoo, database, logs, arguments)


if __name__ == '__main__':
    run_command(main)
