"""``make demo``: a running Odoo with the suite and its demo story."""
import argparse
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from . import lock, postgres, settings
from .database import Databases
from .odoo_server import Odoo, first_error
from .prepare import prepare
from .problem import Problem, run_command
from .shell import say

_DEMO_LOGINS = """
    SELECT users.login FROM res_users users
      JOIN ir_model_data data ON data.model = 'res.users' AND data.res_id = users.id
     WHERE data.module LIKE 'aftersales%' AND users.active ORDER BY users.id"""


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--db', default=f'aftersales_demo_{settings.clone_key()}')
    parser.add_argument('--port', type=int, default=settings.DEMO_PORT)
    return parser.parse_args()


def check_port(port):
    """Refuse a port that is in use."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(('127.0.0.1', port))
        except PermissionError as error:
            raise Problem(f"port {port} may be opened by root only.",
                          "Choose one above 1024: make demo PORT=8070") from error
        except OSError as error:
            raise Problem(f"port {port} is taken by another program.",
                          f"Stop it, or choose another: make demo PORT={port + 1}") from error


def _wait_until_ready(process, port, log):
    address = f'http://127.0.0.1:{port}/web/login'
    while process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=60):
                return
        except urllib.error.HTTPError as error:
            raise Problem(f"the login page answers {error.code}.",
                          f"The log is in {log}") from error
        except OSError:
            time.sleep(0.2)
    raise Problem(f"Odoo stopped: {first_error(log)}", f"The whole log is in {log}")


def _greet(server, database, port, log):
    logins = server.sql(_DEMO_LOGINS, database)
    say(f"ready: http://127.0.0.1:{port}   login: admin   password: admin")
    if logins:
        print(f"         people of the demo story (password = login): {', '.join(logins)}")
    print(f"         database: {database}   log: {log}\n         Ctrl-C stops everything.",
          flush=True)


def _stop(process):
    """Stop Odoo if it still runs: gently, then by force."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def serving(odoo, database, port):
    """Run the web server while the block lasts; yield its process and its log."""
    log = settings.clone_folder() / f'{database}.log'
    with log.open('w') as target:
        process = subprocess.Popen(
            odoo.command('-d', database, f'--http-port={port}', f'--db-filter=^{database}$'),
            env=odoo.env, cwd=settings.clone_folder(), stdout=target, stderr=subprocess.STDOUT)
        try:
            _wait_until_ready(process, port, log)
            yield process, log
        finally:
            _stop(process)


def main():
    """Prepare what is missing, then serve until Ctrl-C."""
    arguments = _arguments()
    check_port(arguments.port)
    busy = Problem(f"a demo of the database {arguments.db} is running already.",
                   "Stop it with Ctrl-C, or start another: make demo DB=other PORT=8070")
    with lock.refusing(f'demo-{arguments.db}', busy):
        say(f"cache: {settings.cache()}")
        workshop = prepare('demo')
        with postgres.server(workshop.python) as server:
            odoo = Odoo(workshop, server)
            Databases(odoo).demo(arguments.db)
            say("odoo: starting")
            with serving(odoo, arguments.db, arguments.port) as (process, log):
                _greet(server, arguments.db, arguments.port, log)
                if process.wait():
                    raise Problem(f"Odoo stopped: {first_error(log)}", f"The whole log is in {log}")
    return 0


if __name__ == '__main__':
    run_command(main)
