"""Every log line of level WARNING or above that nobody reviewed fails its test.

``assertLogs`` and ``mute_logger`` keep their records from reaching the root
logger, so a test that expects a warning simply says so.
"""
import gc
import inspect
import logging
import os
import re
from functools import cache

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from scripts import kept_caches, log_check, overdue, shared_chrome

# the same examples on every run and every machine, however busy; loaded before any test module,
# because a test keeps the profile that it was defined under
hypothesis_settings.register_profile(
    'suite', derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow],
    max_examples=int(os.environ.get('AFTERSALES_EXAMPLES', '30')))
hypothesis_settings.load_profile('suite')

_OUTSIDE = "outside of a test"
_BROWSER = r'browser_js\(|start_tour\(|^from .*\bphone import'
_COUNTED = r'assertQuer|sql_log_count|_count_queries'


class _Watcher(logging.Handler):
    """Collects the records that the reviewed list does not know, by test."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.allowed = log_check.AllowedLines.read()
        self.test = _OUTSIDE
        self.note = None  # what a process that runs tests is at
        self.unexpected = {}

    def emit(self, record):
        text = f"{record.name}: {self.format(record)}"
        if not self.allowed.allows(text):
            self.unexpected.setdefault(self.test, []).append(f"{record.levelname} {text}")


_watcher = _Watcher()


@pytest.fixture(scope='session')
def allowed_log_lines():
    """Return the reviewed list, so that other checks mark the entries they use."""
    return _watcher.allowed


@pytest.fixture(scope='session', autouse=True)
def people_and_goods(request):
    """Make people and goods of the tests before the first test, once for each database."""
    if request.config.getoption('--odoo-database', default=None):
        request.getfixturevalue('load_http')
        from odoo import SUPERUSER_ID, api
        from odoo.modules.registry import Registry
        from odoo.tests.common import HttpCase, get_db_name

        from odoo.addons.aftersales_service.tests import goods, people
        from odoo.addons.base.models import res_users

        # passwords of tests resist nobody: each new one and each log-in took half a second
        res_users.MIN_ROUNDS = 1000
        with Registry(get_db_name()).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            people.create_all(env)
            goods.set_up_company(env)
            goods.create_all(env)
            if HttpCase.http_port():  # else each class would set it, and empty caches with it
                env['ir.config_parameter'].set_param('web.base.url', HttpCase.base_url())
        gc.collect()
        gc.freeze()  # models and fields stay until the end


@cache
def _holds(module, pattern):
    return bool(re.search(pattern, inspect.getsource(module), re.M))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what needs a browser, and begin with the files that last: no worker waits then."""
    for item in items:
        module = getattr(item, 'module', None)
        if module and _holds(module, _BROWSER):
            item.add_marker('browser')
        if module and _holds(module, _COUNTED):
            item.add_marker('counts')
    items.sort(key=lambda item: (
        item.get_closest_marker('long') is None, item.get_closest_marker('browser') is None))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Give a test that counts queries the same empty caches, whatever ran before it."""
    if item.get_closest_marker('counts') and item.config.getoption(
            '--odoo-database', default=None):
        from odoo.modules.registry import Registry
        from odoo.tests.common import get_db_name
        # before its first test a worker has no database of its own, and nothing in its caches;
        # a registry of the common one would keep others from copying it
        if registry := Registry.registries.get(get_db_name()):
            registry.clear_all_caches()


def pytest_sessionstart(session):
    """Listen from before the registry is loaded."""
    logging.getLogger().addHandler(_watcher)
    if hasattr(session.config, 'workerinput'):
        _keep_shared_files()
    if hasattr(session.config, 'workerinput') or session.config.getoption('dist', 'no') == 'no':
        _watcher.note = overdue.Note(os.environ.get('PYTEST_XDIST_WORKER', 'pytest'))
    if session.config.getoption('--odoo-database', default=None):
        kept_caches.install()
        if session.config.getoption('--odoo-http'):
            shared_chrome.install()


def _keep_shared_files():
    """Let no worker clear away the file that another one's open transaction has just written.

    pytest-odoo gives each worker its own database but all of them one filestore, and Odoo
    clears the filestore after each test class of what its own database does not name. The
    whole copy is dropped after the run.
    """
    from odoo.tests.common import TransactionCase  # only workers have an Odoo at hand
    TransactionCase._gc_filestore = classmethod(lambda cls: None)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    """Look for garbage less often: models, fields and tests are none, and there are many."""
    gc.set_threshold(50_000, 20, 100)


def pytest_runtest_logstart(nodeid, location):
    """Remember whose log lines come next."""
    _watcher.test = nodeid
    if _watcher.note:
        _watcher.note.begin(nodeid)


def pytest_runtest_logfinish(nodeid, location):
    """Log lines between two tests belong to neither."""
    _watcher.test = _OUTSIDE


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Fail the teardown of a test that logged what nobody reviewed."""
    report = yield
    lines = _watcher.unexpected.pop(item.nodeid, None) if call.when == 'teardown' else None
    if lines and report.passed:
        report.outcome = 'failed'
        report.longrepr = "Unreviewed log lines of this test:\n" + '\n'.join(lines)
    return report


def pytest_sessionfinish(session, exitstatus):
    """Fail a run whose set-up logged what nobody reviewed; a worker tells its controller."""
    shared_chrome.close_all()
    if (output := getattr(session.config, 'workeroutput', None)) is not None:
        output['unexpected'] = _watcher.unexpected
        output['used'] = sorted(_watcher.allowed.used)
    elif _watcher.unexpected and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """Take over what a worker of pytest-xdist saw."""
    output = getattr(node, 'workeroutput', {})
    _watcher.allowed.used.update(output.get('used', []))
    for test, lines in output.get('unexpected', {}).items():
        _watcher.unexpected.setdefault(test, []).extend(lines)


def pytest_terminal_summary(terminalreporter, config):
    """Quote the lines that belong to no test, and the entries that nothing needed."""
    for test, lines in _watcher.unexpected.items():
        terminalreporter.section(f"unreviewed log lines {test}", red=True)
        terminalreporter.write_line('\n'.join(lines))
    # a selection of tests says nothing about the list
    if not config.option.keyword and (unused := _watcher.allowed.unused()):
        terminalreporter.write_line("allowed log lines that nothing logged: " + '  '.join(unused))
