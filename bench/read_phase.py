"""What looking at records costs, in a table of a given size."""
import gc

from .measure import measure, median_of
from .populate import populate
from .views import NO_HIT, read_specifications, search_domain

SEEDS = 250  # divides the usual table sizes
WARM_UP = 2
RUNS = 7


def bench_read(database, session, case, levels):
    """Return ``{level: costs}``; ``levels`` are numbers of rows that the table has at least."""
    with session.transaction() as env:
        seed_ids = env[case.model].create([case.values(number) for number in range(SEEDS)]).ids
    restricted = database.role(*case.restricted) if case.restricted else None
    results = {}
    for level in sorted(levels):
        rows = populate(database, case, seed_ids, level)
        results[level] = {'rows': rows, **_reads(session, case, seed_ids[0])}
        if restricted:
            results[level]['restricted'] = _reads(restricted, case)
    return results


def _reads(session, case, record_id=None):
    """Return the costs of the screens; the form is of ``record_id``, else of the newest."""
    with session.transaction() as env:
        screens = read_specifications(env, case.model)
        no_hit = search_domain(env, case.model, NO_HIT)
        newest = env[case.model].search([], order='id desc', limit=1)
        record_id, name = record_id or newest.id, newest[case.name_field]
    by_month = [f'{case.date_field}:month']
    reads = {
        'list': lambda model: model.web_search_read(
            [], screens['list'], limit=80, count_limit=10001),
        'form': lambda model: model.browse(record_id).web_read(screens['form']),
        'name_search': lambda model: model.name_search(name, limit=8),
        'no_hit': lambda model: model.web_search_read(
            no_hit, screens['list'], limit=80, count_limit=10001),
        'grouped': lambda model: model.web_read_group(
            case.default_filter, [case.stage_field], ['__count'], auto_unfold=True,
            unfold_read_specification=screens['kanban'], unfold_read_default_limit=80),
        'pivot': lambda model: model.formatted_read_grouping_sets(
            [], [[], by_month, [*by_month, case.stage_field]], ['__count']),
    }
    return {screen: _repeat(session, case.model, read) for screen, read in reads.items()}


def _repeat(session, model, read):
    """Return the median cost of warm runs, each in a transaction with an empty cache."""
    gc.collect()
    costs = []
    for _ in range(WARM_UP + RUNS):
        with measure() as cost, session.transaction() as env:
            read(env[model])
        costs.append(cost)
    return median_of(costs[WARM_UP:])
