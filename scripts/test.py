"""``make test``: the whole suite through pytest-odoo, on copies of installed databases.

First the suite as most companies install it, so that it cannot lean on a bridge or its
application unseen; then the bridges beside their applications, with what these might slow
down or break; then the modules of ``tests/addons`` that extend the suite as others would.

``make test MODULES=…`` runs the tests of some modules and of all that build on them;
``make test-slow`` what is too slow for every push: the click robot, update and removal, 500
examples of each property, and each app without the others.
"""
import argparse
import os
import subprocess
import tempfile

from . import fingerprint, overdue, postgres, settings
from .database import Databases
from .odoo_server import Odoo
from .prepare import prepare
from .problem import Problem, run_command
from .shell import say

# a browser test waits for pages as long as it computes: one worker more than there are cores
WORKERS = (os.cpu_count() or 1) + 1
# a worker that crashed ends the run, which names its test: with --dist loadfile, xdist 3.8 waits
# for ever for the worker that it starts instead
PARALLEL = ['-n', str(WORKERS), '--dist', 'loadfile', '--no-loadscope-reorder',
            '--max-worker-restart', '0']
NO_TEST = 5  # the exit code of pytest
BIGGEST = 'aftersales_service/tests'  # half of all tests
SUITE, BRIDGED, PROOF = 'the suite', 'the bridges', 'the proof'
# what a bridge's application might slow down or break, beside the bridge's own tests
BESIDE_BRIDGES = [
    'tests/test_models.py', 'tests/test_query_limits.py', 'tests/test_translations.py',
    'tests/test_settlement_killed.py', 'aftersales_service/tests/returns']
# what is tried of an app alone, beside its own tests: every form opens
ALONE = ['tests/test_models.py', 'tests/test_core_forms.py']
SLOW = 'slow or hypothesis'  # marks of pytest; hypothesis sets its own
SLOW_EXAMPLES = '500'
# a test may open two transactions in one thread: one that waits for the other must end
PATIENCE = '-c lock_timeout=2min'


def _rounds():
    """Return ``{round: the files and folders that have its tests}``."""
    rounds = {
        SUITE: [f'{home}/tests' for home in (*fingerprint.main_modules(), '.', 'bench')],
        BRIDGED: [*(f'{name}/tests' for name in fingerprint.bridges()), *BESIDE_BRIDGES],
        PROOF: [*(f'tests/addons/{name}/tests' for name in fingerprint.proof_modules()),
                'tests/test_models.py']}
    if not fingerprint.bridges():
        del rounds[BRIDGED]
    return {name: [path for path in paths if (settings.ROOT / path).exists()]
            for name, paths in rounds.items()}


def _portions(paths):
    """Return the paths of a round in portions, each of them with fresh workers.

    What a process keeps of thousands of tests, memory, files, threads, stays half as much.
    """
    rest = [path for path in paths if path != BIGGEST]
    return [portion for portion in ([BIGGEST] if BIGGEST in paths else [], rest) if portion]


def _round_of(path):
    """Return the round in whose database the tests of a chosen ``path`` can run."""
    if path.startswith('tests/addons/'):
        return PROOF
    return BRIDGED if path.split('/')[0] in fingerprint.bridges() else SUITE


def _is_path(argument):
    return not argument.startswith('-') and (
        settings.ROOT / argument.split('::')[0]).exists()


def _choose(rounds, arguments):
    """Return the rounds with those of their tests that the arguments name, all without any."""
    paths = [argument for argument in arguments if _is_path(argument)]
    if not paths:
        return rounds
    chosen = {name: [path for path in paths if _round_of(path) == name] for name in rounds}
    return {name: paths for name, paths in chosen.items() if paths}


def _tests_of(modules):
    """Return the tests of ``modules`` and of all that build on them, the proof's included."""
    if unknown := sorted(set(modules) - set(settings.suite_modules())):
        raise Problem(f"there is no module {', '.join(unknown)}.",
                      f"Choose among: {', '.join(settings.suite_modules())}")
    above = fingerprint.above(modules)
    homes = [*above, *(f'tests/addons/{name}' for name in fingerprint.proof_modules()
                       if {*above} & {*fingerprint.manifest(name, settings.PROOFS)['depends']})]
    return [path for name in homes if (settings.ROOT / (path := f'{name}/tests')).exists()]


def _database(databases, name):
    """Return the installed database of a round."""
    return databases.proof() if name == PROOF else databases.template(bridged=name == BRIDGED)


def _result(codes):
    """Return one exit code for all rounds: no test is a failure only when no round had any."""
    failed = [code for code in codes if code not in (0, NO_TEST)]
    return failed[0] if failed else min(codes, default=NO_TEST)


def _pytest(odoo, database, logs, arguments, env, until=None):
    """Run pytest and return its exit code."""
    command = [
        odoo.workshop.python, '-m', 'pytest', f'--odoo-config={odoo.config}',
        f'--odoo-database={database}', '--odoo-log-level=warn', '--odoo-http', *arguments]
    env = {**odoo.env, **env, 'PGOPTIONS': PATIENCE,
           'AFTERSALES_INSTALL_LOGS': os.pathsep.join(map(str, logs)),
           'AFTERSALES_TREE': str(odoo.workshop.tree)}
    with tempfile.TemporaryDirectory() as watch:
        process = subprocess.Popen(list(map(str, command)), cwd=settings.ROOT,
                                   env={**env, overdue.FOLDER: watch})
        try:
            return overdue.wait(process, until, watch)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()


def _apps_alone(databases, odoo):
    """Test each app without the others, but not in a browser; yield the exit codes."""
    for app in fingerprint.apps_to_try_alone():
        paths = [name for name in (f'{app}/tests', *ALONE) if (settings.ROOT / name).exists()]
        with databases.alone(app) as database:
            say(f"pytest: starting with {app} alone")
            yield _pytest(odoo, database, [], [
                *PARALLEL, '-m', 'not slow and not browser', *paths], {})


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--no-demo', action='store_true',
                        help="skip the installation with demo data")
    parser.add_argument('--modules', default='',
                        help="only the tests of these modules and of those above them, a,b,…")
    parser.add_argument('--slow', action='store_true',
                        help="what every push leaves out, and properties with many examples")
    return parser.parse_known_args()


def _plan(options, arguments):
    """Return the rounds to run and the arguments that all of them get."""
    modules = [name for name in options.modules.split(',') if name]
    rounds = _choose(_rounds(), [*arguments, *(_tests_of(modules) if modules else [])])
    shared = [argument for argument in arguments if not _is_path(argument)]
    if options.slow:
        return {SUITE: rounds[SUITE]}, ['-m', SLOW, *shared]
    # each worker copies the database: a selection starts faster alone
    workers = [] if arguments else PARALLEL
    return rounds, [*([] if '-m' in shared else ['-m', 'not slow']), *workers, *shared]


def main():
    """Install what changed, copy it, and test the copy."""
    until = overdue.deadline()
    options, arguments = _arguments()
    rounds, shared = _plan(options, arguments)
    say(f"cache: {settings.cache()}")
    workshop = prepare('test')
    with postgres.server(workshop.python) as server:
        odoo = Odoo(workshop, server, extra_addons=[settings.PROOFS], config='make-test.conf')
        databases = Databases(odoo)
        installed = [_database(databases, name) for name in rounds]
        if not (options.no_demo or options.modules or options.slow):
            installed += [databases.template(True, bridged) for bridged in (False, True)]
        logs = [databases.log_of(name) for name in dict.fromkeys(installed)]
        env = {'AFTERSALES_EXAMPLES': SLOW_EXAMPLES} if options.slow else {}
        codes = []
        for name, paths in rounds.items():
            with databases.scratch(_database(databases, name)) as database:
                for portion in _portions(paths):
                    say(f"pytest: starting with {name}, {len(portion)} folders or files")
                    codes.append(_pytest(odoo, database, logs, [*shared, *portion], env, until))
        if options.slow:
            codes += _apps_alone(databases, odoo)
        return _result(codes)


if __name__ == '__main__':
    run_command(main)
