"""One run: which cases, which phases, and what is missing."""
import sys
import time
import traceback

from . import machine
from .cases import DEFAULT_CASES
from .cases.oca import OCA_CASES
from .cases.service import AftersalesOrder, products_with_warranty
from .clocks_phase import bench_clocks
from .database import Database, Refusal
from .decide_phase import bench_decide
from .flow_phase import bench_flow
from .needs_phase import bench_needs
from .parts_phase import bench_parts
from .phone_phase import bench_phone
from .read_phase import bench_read
from .recall_phase import bench_recall
from .results_phase import bench_results
from .scores_phase import bench_scores
from .states_phase import bench_states
from .waves_phase import bench_waves
from .write_phase import bench_life, bench_write

PHASES = ('read', 'write', 'life', 'decide', 'clocks', 'recall', 'flow', 'states', 'parts', 'waves',
          'results', 'needs', 'scores', 'phone')
PER_MODEL = ('read', 'write', 'life')
OURS = 'aftersales.order'
_START = time.monotonic()


def say(text):
    """Show on stderr how far the run is."""
    print(f"[{time.monotonic() - _START:4.0f} s] {text}", file=sys.stderr, flush=True)


def measure_all(options, save):
    """Return the raw results, and one line for each part that failed.

    ``save(results)`` is called after each part: a run that is stopped keeps what it has.
    """
    database = Database(options.database)
    core = Database(options.core_database) if options.core_database else None
    results = {'machine': machine.describe(database), 'note': options.note, 'models': {}}
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

    if set(PER_MODEL) & set(options.phases):
        for case in _cases(database, options):
            result = results['models'][case.model] = {}
            attempt(case.model, _measure_model, database, case, options, result)
    # cards and partners come last: what is measured before needs no million of them
    for phase in PHASES[len(PER_MODEL):]:
        if phase in options.phases and (phase == 'flow' or OURS in database.registry):
            result = results[phase] = {}
            attempt(phase, _MEASURES[phase], database, core, options, result)
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
    session = _prepare(database, case)
    with database.superuser.transaction() as env:
        rows = env[case.model].search_count([])
    if rows > min(options.rows):
        say(f"{case.model}: {rows:,} rows of an earlier run; a smaller table is not measured")
    # read comes first: the table then has the wanted sizes exactly, and write finds it filled
    if 'read' in options.phases:
        result['read'] = bench_read(database, session, case, options.rows)
    if 'write' in options.phases:
        result['write'] = bench_write(session, case, options.records)
    if 'life' in options.phases and (one_part := case.one_part()):
        session = _prepare(database, one_part)
        result['life'] = bench_life(session, one_part, max(options.records // 5, 1))


def _prepare(database, case):
    """Make the case's master data; return the session of its role."""
    session = database.role(type(case).__name__, case.groups)
    with database.superuser.transaction() as env:
        case.prepare(env, session.uid)
    return session


def _measure_decide(database, _core, options, result):
    case = AftersalesOrder()
    result.update(bench_decide(database, _prepare(database, case), case, options.records))


def _measure_clocks(database, _core, options, result):
    case = AftersalesOrder()
    result.update(
        bench_clocks(database, _prepare(database, case), case, 10 * options.records))


def _measure_recall(database, _core, options, result):
    case = AftersalesOrder()
    _prepare(database, case)
    result.update(bench_recall(database, case, 10 * options.records))


def _measure_states(database, _core, options, result):
    result.update(bench_states(database, max(options.rows)))


def _measure_parts(database, _core, options, result):
    if 'aftersales.part.suggestion' in database.registry:
        result.update(bench_parts(database, min(max(options.rows), 100_000)))


def _measure_results(database, _core, options, result):
    if 'aftersales.survey.report' in database.registry:
        result.update(bench_results(database, max(options.rows)))


def _measure_scores(database, _core, options, result):
    if 'aftersales.score' in database.registry:
        result.update(bench_scores(database, max(options.rows)))


def _measure_needs(database, _core, _options, result):
    if 'aftersales.training.need' in database.registry:
        result.update(bench_needs(database))


def _measure_phone(database, _core, options, result):
    case = AftersalesOrder()
    result.update(bench_phone(database, _prepare(database, case), case, max(options.rows)))


def _measure_waves(database, _core, options, result):
    if 'aftersales.survey.wave' in database.registry:
        result.update(bench_waves(database, max(options.rows), 10 * options.records))


def _measure_flow(database, core, _options, flow):
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


_MEASURES = {'decide': _measure_decide, 'clocks': _measure_clocks, 'recall': _measure_recall,
             'flow': _measure_flow, 'states': _measure_states, 'parts': _measure_parts,
             'waves': _measure_waves, 'results': _measure_results, 'needs': _measure_needs,
             'scores': _measure_scores, 'phone': _measure_phone}
