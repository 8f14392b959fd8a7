"""``make test``: the whole suite through pytest-odoo, on copies of installed databases.

First the suite as most companies install it, with the bridges between its own apps, so that it
cannot lean on an application of Odoo unseen; then the bridges beside such applications, with what
these might slow down or break.

While one works: ``make test MODULES=aftersales_parts`` tests these modules, those that build on
them, and what holds for all. ``make test-slow`` takes what is left out of ``make test``: the click
robot, update and uninstall, 500 examples of each property, and each app without the others, so
that none leans on another one unseen.
"""
import argparse
import os
import subprocess

from . import fingerprint, postgres, settings
from .database import Databases
from .odoo_server import Odoo
from .prepare import prepare
from .problem import Problem, run_command
from .shell import say

WORKERS = 2
NO_TEST = 5  # the exit code of pytest
NIGHTLY_EXAMPLES = 500  # of each property, beside the 30 of ``make test``
# what a bridge's application might slow down or break, beside the bridge's own tests
BRIDGED = ['tests/test_models.py', 'tests/test_query_limits.py', 'tests/test_translations.py',
           'tests/test_settlement_killed.py', 'aftersales_service/tests/returns']
# what is tried of an app alone, beside its own tests: every form opens
ALONE = ['tests/test_models.py', 'tests/test_core_forms.py']


def _paths(bridged, modules=()):
    """Return what has tests: the modules that exist and the suite; else the bridges.

    :param modules: only these and what builds on them, with the checks of the whole suite
    """
    wanted = fingerprint.with_dependants(modules) if modules else settings.suite_modules()
    homes = [name for name in wanted if (name in fingerprint.bridges()) == bridged]
    names = [f'{name}/tests' for name in homes]
    if bridged:
        names += [] if modules else BRIDGED
    else:
        names += ['tests'] if modules else ['tests', 'bench/tests']
    return [path for name in names if (path := settings.ROOT / name).exists()]


def _select_alone(app):
    """Return pytest's arguments for an app without the others: all but its browser tests."""
    paths = [path for name in (f'{app}/tests', *ALONE) if (path := settings.ROOT / name).exists()]
    return ['-n', WORKERS, '--dist', 'loadfile', '-m', 'not slow and not browser', *paths]


def _property_tests():
    """Return the files whose tests draw examples."""
    return sorted(str(path.relative_to(settings.ROOT)) for name in fingerprint.main_modules()
                  for path in (settings.ROOT / name / 'tests').rglob('test_*.py')
                  if 'hypothesis' in path.read_text())


def _modules(names):
    """Return the modules of a comma-separated list, which must exist."""
    modules = [name.strip() for name in names.split(',') if name.strip()]
    if unknown := sorted(set(modules) - set(settings.suite_modules())):
        raise Problem(f"the suite has no module {', '.join(unknown)}.",
                      f"Choose among {', '.join(settings.suite_modules())}.")
    return modules


def _chosen(arguments):
    """Return the files and folders that the arguments name."""
    return [argument for argument in arguments if not argument.startswith('-')
            and (settings.ROOT / argument.split('::')[0]).exists()]


def _rounds(databases, arguments, modules=()):
    """Yield whether a round has the bridges, its database and arguments.

    A chosen file runs in one round only: where its module is installed.
    """
    bridges = fingerprint.bridges()
    chosen = {argument: argument.split('/')[0] in bridges for argument in _chosen(arguments)}
    tested = fingerprint.with_dependants(modules) if modules else settings.suite_modules()
    present = set(chosen.values()) or {False, *(name in bridges for name in tested)}
    for bridged in sorted(present):
        yield bridged, databases.template(bridged=bridged), [
            argument for argument in arguments if chosen.get(argument, bridged) == bridged]


def _result(codes):
    """Return one exit code for all rounds: no test is a failure only when no round had any."""
    failed = [code for code in codes if code not in (0, NO_TEST)]
    return failed[0] if failed else min(codes, default=NO_TEST)


def _select(arguments, bridged, modules, is_slow):
    """Return pytest's arguments for a round: what is tested, and by how many workers."""
    if _chosen(arguments):  # a file that somebody names is tested whole, by one worker
        return arguments
    # two browsers and two databases keep two cores busy; a selection starts faster alone
    workers = [] if arguments else ['-n', WORKERS, '--dist', 'loadfile', '--no-loadscope-reorder']
    return [*workers, '-m', 'slow' if is_slow else 'not slow', *_paths(bridged, modules),
            *arguments]


def _pytest(odoo, database, logs, selection, examples=None):
    """Run pytest and return its exit code."""
    command = [
        odoo.workshop.python, '-m', 'pytest', f'--odoo-config={odoo.config}',
        f'--odoo-database={database}', '--odoo-log-level=warn', '--odoo-http', *selection]
    env = {**odoo.env, 'AFTERSALES_INSTALL_LOGS': os.pathsep.join(map(str, logs)),
           'AFTERSALES_TREE': str(odoo.workshop.tree)}
    if examples:
        env['AFTERSALES_EXAMPLES'] = str(examples)
    process = subprocess.Popen(list(map(str, command)), cwd=settings.ROOT, env=env)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _apps_alone(databases, odoo, modules):
    """Test each app without the others; yield the exit codes."""
    for app in fingerprint.apps_to_try_alone():
        if not modules or app in fingerprint.with_dependants(modules):
            with databases.alone(app) as database:
                say(f"pytest: starting with {app} alone")
                yield _pytest(odoo, database, [], _select_alone(app))


def main():
    """Install what changed, copy it, and test the copy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--no-demo', action='store_true',
                        help="skip the installation with demo data")
    parser.add_argument('--modules', default='', type=_modules, metavar='NAME,…',
                        help="only these modules and what builds on them")
    parser.add_argument('--slow', action='store_true',
                        help="what is left out: the click robot, update, many examples")
    options, arguments = parser.parse_known_args()
    say(f"cache: {settings.cache()}")
    workshop = prepare('test')
    with postgres.server(workshop.python) as server:
        odoo = Odoo(workshop, server)
        databases = Databases(odoo)
        demos = [False] if options.no_demo else [False, True]
        # one's work in between, and the night, need no proof that everything installs
        installed = [] if options.modules or options.slow else [
            databases.template(demo, bridged) for demo in demos for bridged in (False, True)]
        logs = [databases.log_of(name) for name in dict.fromkeys(installed)]
        codes = []
        for bridged, template, chosen in _rounds(databases, arguments, options.modules):
            with databases.scratch(template) as database:
                say("pytest: starting" + " with the bridges" * bridged)
                selection = _select(chosen, bridged, options.modules, options.slow)
                codes.append(_pytest(odoo, database, logs, selection))
                if options.slow and not bridged:
                    say(f"pytest: {NIGHTLY_EXAMPLES} examples of each property")
                    codes.append(_pytest(
                        odoo, database, logs, _property_tests(), NIGHTLY_EXAMPLES))
        if options.slow:
            codes += _apps_alone(databases, odoo, options.modules)
        return _result(codes)


if __name__ == '__main__':
    run_command(main)
