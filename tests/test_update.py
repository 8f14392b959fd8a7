"""Installing, updating and removing modules leaves the database as it should be."""
import subprocess

import pytest

from scripts import log_check, settings
from scripts.fingerprint import main_modules, needs

SUITE = settings.suite_modules()
pytestmark = pytest.mark.slow


def _records(databases, name):
    """Return what the suite's data files made, with the number of rows of each table."""
    server = databases.server
    records = server.sql("SELECT module, name, model, res_id FROM ir_model_data "
                         "WHERE module LIKE 'aftersales%' ORDER BY 1, 2", name)
    tables = server.sql("SELECT relname FROM pg_class WHERE relkind = 'r' "
                        "AND relname LIKE 'aftersales%' ORDER BY 1", name)
    counts = [server.sql(f'SELECT count(*) FROM "{table}"', name)[0] for table in tables]
    return records, list(zip(tables, counts, strict=True))


def _run(databases, name, what, *arguments):
    """Run Odoo on the database and return its unreviewed log lines."""
    log = databases.log_of(name)
    databases.odoo.run(what, log, '-d', name, *arguments)
    lines = log_check.unexpected(log.read_text(), log_check.AllowedLines.read())
    log.unlink()
    return lines


def test_updating_changes_nothing(databases):
    with databases.scratch(databases.template(bridged=True)) as name:
        before = _records(databases, name)
        lines = _run(databases, name, "odoo: updating the suite", '-u', ','.join(SUITE))
        assert lines == []
        assert _records(databases, name) == before


def test_each_module_installs_without_the_others(databases):
    """What needs all the others is left out: the templates show that it installs."""
    lines = []
    for module in SUITE:
        if needs(module) not in (set(SUITE), set(main_modules())):
            with databases.scratch(databases.core()) as name:
                lines += _run(databases, name, f"odoo: installing {module} alone", '-i', module)
    assert lines == []


def test_removing_the_suite_leaves_the_core_working(databases):
    with databases.scratch(databases.template(bridged=True)) as name:
        first = next(module for module in SUITE if needs(module) == {module})
        command = databases.odoo.command('module', 'uninstall', first, '-d', name)
        assert _uninstall(databases, command) == []
        left = databases.server.sql("SELECT name FROM ir_model_data WHERE module LIKE "
                                    "'aftersales%' LIMIT 5", name)
        assert left == []
        assert _run(databases, name, "odoo: starting without the suite") == []


def _uninstall(databases, command):
    done = subprocess.run(command, env=databases.odoo.env, capture_output=True, text=True,
                          cwd=settings.clone_folder(), check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return log_check.unexpected(done.stderr, log_check.AllowedLines.read())
