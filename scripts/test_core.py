"""``make test-core``: core beside the suite: its own tests, and what the suite costs it.

Outside of what a push must pass: core's suites take hours. Everything is done twice, on a copy of
the database with core alone and on one with the suite, and the two are compared:

costs    statements of a sale and of a purchase, memory of a worker, sizes of the pages' files
install  time of the installation on a database with many sales; no core row may change
suites   core's own tests, ``--suites sale,stock`` for some of them; what fails with the suite
         and not without it is a fault

``--phases costs,install`` makes some of it. The figures are printed, and kept as JSON beside the
logs.
"""
import argparse
import json
import subprocess
import time
from xml.etree import ElementTree as ET

from . import core_figures, fingerprint, postgres, settings
from .database import Databases
from .odoo_server import Odoo
from .prepare import prepare
from .problem import Problem, run_command
from .shell import say

PHASES = ('costs', 'install', 'suites')
SUITES = ('base', 'mail', 'portal', 'product', 'sale', 'sale_stock', 'stock', 'stock_account',
          'purchase', 'repair', 'account', 'crm', 'calendar', 'rating', 'survey', 'hr', 'test_lint')
SALE_LINES = 220_000
# rows of core that an installation may not touch
TABLES = ('sale_order', 'sale_order_line', 'res_partner', 'product_template', 'stock_move')
_FILL = f"""
partner = env['res.partner'].create({{'name': "Many Sales"}})
product = env['product.product'].create({{'name': "Often Sold"}})
sale = env['sale.order'].create({{'partner_id': partner.id, 'order_line': [
    (0, 0, {{'product_id': product.id}}) for number in range(10)]}})
env.flush_all()
env.cr.execute("SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
               "WHERE table_name = 'sale_order_line' AND column_name <> 'id' "
               "AND table_schema = 'public'")
[columns] = env.cr.fetchone()
env.cr.execute(f"INSERT INTO sale_order_line ({{columns}}) SELECT {{columns}} "
               "FROM sale_order_line, generate_series(1, {SALE_LINES // 10}) "
               f"WHERE order_id = {{sale.id}}")
env.cr.commit()
"""


def _shell(odoo, database, code):
    """Run code in an Odoo shell that finds our scripts; return what it prints."""
    env = {**odoo.env, 'PYTHONPATH': str(settings.ROOT)}
    done = subprocess.run(
        odoo.command('shell', '-d', database, '--no-http', '--log-level=error'), env=env,
        input=code, cwd=settings.clone_folder(), text=True, capture_output=True, check=False)
    if done.returncode:
        raise Problem(f"the shell of {database} stopped: {done.stderr[-500:]}", "")
    return done.stdout


def _measure(odoo, database):
    printed = _shell(odoo, database, (
        'from scripts.core_figures import measure\nmeasure(env)\n'))
    found = [line.partition(core_figures.MARK)[2] for line in printed.splitlines()
             if core_figures.MARK in line]
    if not found:
        raise Problem(f"the figures of {database} cannot be read: {printed[-500:]}", "")
    return json.loads(found[0])


def _costs(databases):
    """Return ``{figure: (without, with)}``."""
    figures = []
    for template in (databases.core(), databases.template()):
        with databases.scratch(template) as database:
            say(f"core: measuring a copy of {template}")
            figures.append(_measure(databases.odoo, database))
    return {name: (figures[0].get(name), value) for name, value in figures[1].items()}


def _checksums(server, database, columns, last_ids):
    """Return a checksum of each table, over the rows and columns that it had before."""
    return {table: server.sql(
        f"SELECT md5(string_agg(md5(row::text), '' ORDER BY row.id)) FROM "
        f"(SELECT {', '.join(names)} FROM {table} WHERE id <= {last_ids[table]}) AS row", database)
        for table, names in columns.items()}


def _install(databases):
    """Return the time of the installation, and which tables of core it changed."""
    server, odoo = databases.server, databases.odoo
    with databases.scratch(databases.core()) as database:
        say(f"core: writing {SALE_LINES} sale lines")
        _shell(odoo, database, _FILL)
        columns = {table: server.sql(
            "SELECT quote_ident(column_name) FROM information_schema.columns WHERE "
            f"table_name = '{table}' AND table_schema = 'public' "
            # who gets one of our roles is stamped
            "AND column_name NOT IN ('write_date', 'write_uid') ORDER BY 1", database)
            for table in TABLES}
        lines = int(server.sql("SELECT count(*) FROM sale_order_line", database)[0])
        last_ids = {table: server.sql(f"SELECT coalesce(max(id), 0) FROM {table}", database)[0]
                    for table in TABLES}
        before = _checksums(server, database, columns, last_ids)
        started = time.monotonic()
        log = databases.log_of(database)
        odoo.run("odoo: installing the suite", log, '-d', database, '-i',
                 ','.join(fingerprint.main_modules()))
        log.unlink()
        seconds = round(time.monotonic() - started)
        after = _checksums(server, database, columns, last_ids)
    return {'sale lines': lines, 'seconds': seconds,
            'changed tables': [table for table in TABLES if before[table] != after[table]]}


def _failures(report):
    """Return the number of tests of a report of pytest, and the names of those that failed."""
    cases = list(ET.parse(report).iter('testcase'))
    return len(cases), {f"{case.get('classname')}::{case.get('name')}" for case in cases
                        if case.find('failure') is not None or case.find('error') is not None}


def _run_suites(odoo, database, suites):
    """Run core's tests on all modules of a database, with none of our own settings of pytest."""
    addons = odoo.workshop.tree / 'odoo' / 'addons'
    report = settings.clone_folder() / f'{database}.xml'
    paths = [addons / suite / 'tests' for suite in suites if (addons / suite / 'tests').is_dir()]
    subprocess.run(list(map(str, (
        odoo.workshop.python, '-m', 'pytest', '-c', '/dev/null', '--noconftest', '-q', '-p',
        'no:cacheprovider', f'--rootdir={addons}', f'--junit-xml={report}', '--odoo-http',
        f'--odoo-config={odoo.config}', f'--odoo-database={database}', '--odoo-log-level=error',
        *paths))), env=odoo.env, cwd=settings.clone_folder(), check=False,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return _failures(report)


def _suites(databases, suites):
    """Return how many tests of core ran, and what fails with the suite alone."""
    results = []
    for template in (databases.core(), databases.template()):
        with databases.scratch(template) as database:
            say(f"core: tests of {', '.join(suites)} on a copy of {template}")
            results.append(_run_suites(databases.odoo, database, suites))
    (__, without), (number, beside) = results
    return {'tests': number, 'fail without the suite, too': len(without & beside),
            'fail with the suite only': sorted(beside - without)}


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--phases', default=','.join(PHASES), help=f"of {', '.join(PHASES)}")
    parser.add_argument('--suites', default=','.join(SUITES), help="core modules to test")
    return parser.parse_args()


def main():
    """Measure, print, and fail where core is worse off."""
    options = _arguments()
    phases = options.phases.split(',')
    if unknown := set(phases) - set(PHASES):
        raise Problem(f"there is no phase {', '.join(sorted(unknown))}.",
                      f"Choose among: {', '.join(PHASES)}")
    workshop = prepare('test')
    with postgres.server(workshop.python) as server:
        databases = Databases(Odoo(workshop, server, config='test-core.conf'))
        steps = {'costs': lambda: _costs(databases), 'install': lambda: _install(databases),
                 'suites': lambda: _suites(databases, options.suites.split(','))}
        results = {phase: steps[phase]() for phase in PHASES if phase in phases}
    path = settings.cache() / 'logs' / 'test-core.json'
    path.write_text(json.dumps(results, indent=2))
    for phase, figures in results.items():
        for name, value in figures.items():
            print(f"{phase:8} {name:28} {value}")
    say(f"core: kept in {path}")
    return int(bool(results.get('install', {}).get('changed tables')
                    or results.get('suites', {}).get('fail with the suite only')))


if __name__ == '__main__':
    run_command(main)
