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


# what people who work, or a server that runs, write at any time
_BUSY = {'bus_bus', 'ir_attachment', 'ir_cron_trigger', 'ir_module_module', 'mail_message',
         'ir_module_module_dependency', 'orm_signaling_registry', 'mail_tracking_value'}
_SCHEMA = """
    SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type
      FROM information_schema.columns WHERE table_schema = 'public'
     UNION SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
     UNION SELECT conrelid::regclass || ': ' || pg_get_constraintdef(oid) FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace
     UNION SELECT 'sequence ' || sequencename FROM pg_sequences"""
_AGENT = """
env['res.users'].create({'name': "Agent", 'login': 'only_ours', 'group_ids': [
    (6, 0, env.ref('aftersales_service.group_aftersales_agent').ids)]})
env.cr.commit()
"""


def _rows(databases, name):
    """Return the number of rows of each table, without those that any server writes."""
    server = databases.server
    tables = server.sql("SELECT relname FROM pg_class WHERE relkind = 'r' "
                        "AND relnamespace = 'public'::regnamespace ORDER BY 1", name)
    # a module that was seen is known for ever
    known = "WHERE model <> 'ir.module.module'"
    return {table: int(server.sql(
        f'SELECT count(*) FROM "{table}" {known if table == "ir_model_data" else ""}', name)[0])
        for table in tables if table not in _BUSY}


def test_removing_the_suite_leaves_the_database_as_it_was(databases):
    """Columns, indexes, constraints and rows are core's own; who was an agent may log in."""
    server, core = databases.server, databases.core()
    with databases.scratch(databases.template()) as name:
        odoo = databases.odoo
        subprocess.run(odoo.command('shell', '-d', name, '--no-http'), env=odoo.env, text=True,
                       input=_AGENT, cwd=settings.clone_folder(), check=True)
        assert _uninstall(databases, odoo.command(
            'module', 'uninstall', 'aftersales_service', '-d', name)) == []
        assert set(server.sql(_SCHEMA, name)) ^ set(server.sql(_SCHEMA, core)) == set()
        assert server.sql(
            "SELECT data.name FROM res_users users"
            " JOIN res_groups_users_rel member ON member.uid = users.id"
            " JOIN ir_model_data data ON data.model = 'res.groups' AND data.res_id = member.gid"
            " WHERE users.login = 'only_ours'", name) == ['group_user']
        server.sql("DELETE FROM res_users WHERE login = 'only_ours'", name)
        before, after = _rows(databases, core), _rows(databases, name)
        # the agent's address and conversation with the robot
        assert {table: number - before.get(table, 0) for table, number in after.items()
                if before.get(table) != number} == {
                    'res_partner': 1, 'discuss_channel_member': 1}


def _uninstall(databases, command):
    done = subprocess.run(command, env=databases.odoo.env, capture_output=True, text=True,
                          cwd=settings.clone_folder(), check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return log_check.unexpected(done.stderr, log_check.AllowedLines.read())
