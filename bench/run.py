"""One run: which cases, which phases, and what is missing."""
import sys
import time
import traceback

from . import machine
from .cases import DEFAULT_CASES
from .cases.oca import OCA_CASES
from .cases.service import products_with_warranty
from .database import Database, Refusal
from .flow_phase import bench_flow
from .read_phase import bench_read
from .write_phase import bench_write

PHASES = ('read', 'write', 'flow')
_START = time.monotonic()


def say(text):
    """Tell the reader on stderr how far the run is."""
    print(f"[{time.monotonic() - _START:4.0f} s] {text}", file=sys.stderr, flush=True)


def measure_all(options, save):
    """Return the raw results, and one line for each part that failed.

    ``save(results)`` is called after each part: a run that is stopped keeps what it has.
    """
    database = Database(options.database)
    core = Database(options.core_database) if options.core_database else None
    results = {'machine': machine.describe(database), 'models': {}}
    failures = []

    def attempt(what, function, *arguments):
        say(what)
        try:
            return function(*arguments)
        except Exception as error:  # noqa: BLE001 - the other models' figures must not get lost
            traceback.print_exc()
            failures.append(f"{what}: {str(error).partition(chr(10))[0]}")
        finally:
            results['machine']['load_after'] = machine.load()
            save(results)

    if {'write', 'read'} & set(options.phases):
        for case in _cases(database, options):
            result = results['models'][case.model] = {}
            attempt(case.model, _measure_model, database, case, options, result)
    if 'flow' in options.phases:
        results['flow'] = {}
        attempt("sale flow", _measure_flow, database, core, results['flow'])
    return results, failures


def _cases(database, options):
    """Return the cases whose model is installed and wanted."""
    cases = [case() for case in DEFAULT_CASES]
    if options.oca:
        cases += [case() for case in OCA_CASES]
    if options.models:
        cases = [case for case in cases if case.model in options.models]
    for case in cases:
        if case.model not in database.registry:
            say(f"{case.model}: not installed, left out")
    return [case for case in cases if case.model in database.registry]


def _measure_model(database, case, options, result):
    """Fill ``result`` phase by phase, so that a failing one leaves the others' figures."""
    session = database.role(case.model, case.groups)
    with database.superuser.transaction() as env:
        case.prepare(env, session.uid)
        rows = env[case.model].search_count([])
    if rows > min(options.rows):
        say(f"{case.model}: {rows:,} rows of an earlier run; a smaller table is not measured")
    # read comes first: the table then has the wanted sizes exactly, and write finds it filled
    if 'read' in options.phases:
        result['read'] = bench_read(database, session, case, options.rows)
    if 'write' in options.phases:
        result['write'] = bench_write(session, case, options.records)


def _measure_flow(database, core, flow):
    """Measure core's sale flow in both databases, which must differ by our modules only."""
    if core:
        _check_same_modules(database, core)
        flow['core alone'] = bench_flow(core)
    flow['with the suite'] = bench_flow(database)
    if 'aftersales.warranty' in database.registry:
        flow['with a warranty card each'] = bench_flow(database, products_with_warranty)


def _check_same_modules(database, core):
    ours = {name for name in database.modules() if name.startswith('aftersales_')}
    if others := (database.modules() - ours) ^ core.modules():
        raise Refusal(f"{database.name} and {core.name} differ by more than our modules: "
                      f"{', '.join(sorted(others))}.")
