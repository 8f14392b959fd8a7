"""``make screenshots``: take the pictures of the README from a fresh demo.

Ad hoc, against a running demo:
python3 -m scripts.screenshots --url /odoo --login admin --lang zh_CN --width 390 --out x.png
"""
import argparse
import json
import socket
import subprocess
import urllib.request
from pathlib import Path

from . import postgres, settings
from .database import Databases
from .demo import serving
from .odoo_server import Odoo
from .prepare import prepare
from .problem import Problem, run_command

LIST = Path(__file__).with_name('shots.toml')


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--db', help="unused: the pictures come from a fresh copy")
    parser.add_argument('--url', help="take one picture of this page of a running demo")
    parser.add_argument('--out', type=Path, default=Path('screenshot.png'))
    parser.add_argument('--login', default='admin', help="'' for a visitor without login")
    parser.add_argument('--password', help="if it is not the login")
    parser.add_argument('--lang')
    parser.add_argument('--width', type=int, default=1440)
    parser.add_argument('--full', action='store_true', help="the whole page")
    parser.add_argument('--click', action='append', default=[], help="selector to click first")
    parser.add_argument('--port', type=int, default=settings.DEMO_PORT)
    parser.add_argument('--only', default='', help="pictures whose name contains this")
    return parser.parse_args()


def _free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def _take(python, address, shots):
    """Hand the pictures to the environment, where playwright lives; return its exit code."""
    return subprocess.run([python, '-m', 'scripts.take_pictures', address], cwd=settings.ROOT,
                          input=json.dumps(shots), text=True, check=False).returncode


def _one(workshop, arguments):
    address = f'http://127.0.0.1:{arguments.port}'
    try:
        with urllib.request.urlopen(f'{address}/web/health', timeout=30):
            pass
    except OSError as error:
        raise Problem(f"no demo answers at {address}.",
                      "Start it with make demo, or say --port.") from error
    shot = {key: getattr(arguments, key)
            for key in ('url', 'login', 'password', 'lang', 'width', 'full', 'click')}
    return _take(workshop.python, address, [{**shot, 'target': str(arguments.out.resolve())}])


def _all(workshop, only):
    with postgres.server(workshop.python) as server:
        odoo = Odoo(workshop, server)
        databases = Databases(odoo)
        port = _free_port()
        with databases.scratch(databases.template(demo=True, bridged=True)) as database:
            databases.build_assets(database)
            with serving(odoo, database, port):
                return _take(workshop.python, f'http://127.0.0.1:{port}',
                             {'list': str(LIST), 'only': only})


def main():
    """Take one picture of a running demo, or all of the list from a fresh one."""
    arguments = _arguments()
    workshop = prepare('screenshots')
    if arguments.url:
        return _one(workshop, arguments)
    return _all(workshop, arguments.only)


if __name__ == '__main__':
    run_command(main)
