"""What looking at records costs, in a table of a given size."""
import gc

from .measure import measure, median_of
from .populate import populate
from .views import NO_HIT, count_limit, read_specifications, search_domain

SEEDS = 100  # divides the usual table sizes
COLUMN = 80  # the client asks for so many cards of each column of a board
SHORT_COLUMN = 8  # so many of an agent's cards fill each column at a thousand rows
WARM_UP = 2
RUNS = 7
# one disturbance moves a quick page more than a slow one: it is read again
MOST_RUNS = 31
SECONDS = 1.5  # until its runs took as long
OWNED = 8  # records of the one customer who looks at the portal


def bench_read(database, session, case, levels):
    """Return ``{level: costs}``; ``levels`` are numbers of rows that the table has at least."""
    with session.transaction() as env:
        seed_ids = env[case.model].create([case.values(number) for number in range(SEEDS)]).ids
    restricted = database.role(*case.restricted) if case.restricted else None
    customer = database.customer() if case.has_portal else None
    owned_ids = _give(database, session, case, customer) if customer else []
    results = {}
    for level in sorted(levels):
        rows = populate(database, case, seed_ids, level, one_in=10 if results else 1)
        results[level] = {'rows': rows, **_reads(session, case, seed_ids[0])}
        if restricted:
            results[level]['restricted'] = _reads(restricted, case)
        if customer:
            results[level]['portal'] = _portal_reads(customer, case, owned_ids[0])
    return results


def _reads(session, case, record_id=None):
    """Return the costs of the screens; the form is of ``record_id``, else of the newest."""
    with session.transaction() as env:
        screens = read_specifications(env, case.model)
        no_hit, limit = search_domain(env, case.model, NO_HIT), count_limit(env, case.model)
        newest = env[case.model].search([], order='id desc', limit=1)
        record_id, name = record_id or newest.id, newest[case.name_field]
    by_month = [f'{case.date_field}:month']
    reads = {
        'list': lambda model: model.web_search_read(
            [], screens['list'], limit=80, count_limit=limit),
        'form': lambda model: model.browse(record_id).web_read(screens['form']),
        'name_search': lambda model: model.name_search(name, limit=8),
        'no_hit': lambda model: model.web_search_read(
            no_hit, screens['list'], limit=80, count_limit=limit),
        'grouped': lambda model: _board(model, case, screens['kanban'], COLUMN),
        'short': lambda model: _board(model, case, screens['kanban'], SHORT_COLUMN),
        'pivot': lambda model: model.formatted_read_grouping_sets(
            [], [[], by_month, [*by_month, case.stage_field]], ['__count']),
    }
    return {screen: _repeat(session, case.model, read) for screen, read in reads.items()}


def _board(model, case, specification, cards):
    return model.web_read_group(
        case.default_filter, [case.stage_field], ['__count'], auto_unfold=True,
        unfold_read_specification=specification, unfold_read_default_limit=cards)


def _give(database, session, case, customer):
    """Create a handful of records of the customer, as the role does; return their ids."""
    with database.superuser.transaction() as env:
        partner_id = env['res.users'].browse(customer.uid).partner_id.id
    with session.transaction() as env:
        records = env[case.model].create([
            {**case.values(number), 'partner_id': partner_id} for number in range(OWNED)])
        records.message_subscribe([partner_id])  # core shows a task to its followers
    return records.ids


def _portal_reads(session, case, record_id):
    """Return the costs of the customer's list and of one of its pages, without their HTML."""
    _check_owned(session, case)
    reads = {
        'list': lambda model: case.portal_list(model.env),
        'page': lambda model: case.portal_page(model.env, record_id),
    }
    return {page: _repeat(session, case.model, read) for page, read in reads.items()}


def _check_owned(session, case):
    """A customer who sees everything, or nothing, would be measured for nothing."""
    with session.transaction() as env:
        if (seen := env[case.model].search_count([])) != OWNED:
            raise RuntimeError(f"the customer sees {seen} records of {case.model}, not {OWNED}")


def _repeat(session, model, read):
    """Return the median cost of warm runs, each in a transaction with an empty cache."""
    gc.collect()
    for _ in range(WARM_UP):
        _read_once(session, model, read)
    costs = []
    while len(costs) < RUNS or (
            len(costs) < MOST_RUNS and sum(cost.seconds for cost in costs) < SECONDS):
        costs.append(_read_once(session, model, read))
    return median_of(costs)


def _read_once(session, model, read):
    with measure() as cost, session.transaction() as env:
        read(env[model])
    return cost
