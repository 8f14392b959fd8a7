"""What creating and moving records costs, one by one and in a batch."""
from itertools import count

from .measure import Cost, measure, median_of, per_record
from .statements import count_statements

WARM_UP = 3


def bench_write(session, case, size):
    """Create ``size`` records in one batch and a fifth of them one by one; move that fifth.

    Of the batch, one fifth is taken through the workflow one by one (each step in a
    transaction of its own with an empty cache, as a user's click) and one fifth at once.
    """
    single = max(size // 5, 1)
    with session.transaction() as env:
        rows = env[case.model].search_count([])
    numbers = count()
    _create(session, case, numbers, 5)
    cost, ids = _create(session, case, numbers, size)
    singles = [_create(session, case, numbers, 1)[0] for _ in range(single)]
    warm_up = _create(session, case, numbers, WARM_UP)[1]
    _move_one_by_one(session, case, warm_up)
    moves = _move_one_by_one(session, case, ids[:single])
    batches = _move_at_once(session, case, ids[single:2 * single])
    _check_closed(session, case, ids[:2 * single])
    steps = {step: {'single': median_of(moves[step]), 'batch': per_record(batches[step], single)}
             for step in case.steps}
    whole = [sum(costs, Cost()) for costs in zip(*moves.values(), strict=True)]
    return {
        'rows': rows,
        'create': {'batch': per_record(cost, size), 'single': median_of(singles)},
        'tracked': steps[case.tracked_step],
        'workflow': {'single': median_of(whole),
                     'batch': per_record(sum(batches.values(), Cost()), single)},
        'steps': steps,
        'statements': _statements(session, case, numbers),
    }


def bench_life(session, case, size):
    """Take ``size`` records from the call to the closing, one after the other.

    Return the median cost of such a life: creation and every step of the workflow.
    """
    numbers, lives, ids = count(), [], []
    for _ in range(WARM_UP + size):
        cost, created = _create(session, case, numbers, 1)
        moves = _move_one_by_one(session, case, created)
        lives.append(sum((moved for [moved] in moves.values()), cost))
        ids += created
    _check_closed(session, case, ids)
    return median_of(lives[WARM_UP:])


def _create(session, case, numbers, size):
    """Return the cost of one transaction that creates ``size`` records, and their ids."""
    values = [case.values(next(numbers)) for _ in range(size)]
    with measure() as cost, session.transaction() as env:
        ids = env[case.model].create(values).ids
    return cost, ids


def _step(session, case, step, ids):
    with measure() as cost, session.transaction() as env:
        case.do(step, env[case.model].browse(ids))
    return cost


def _move_one_by_one(session, case, ids):
    """Return ``{step: cost of each record}``."""
    costs = {step: [] for step in case.steps}
    for record_id in ids:
        for step in case.steps:
            costs[step].append(_step(session, case, step, [record_id]))
    return costs


def _move_at_once(session, case, ids):
    """Return ``{step: cost of all records together}``."""
    return {step: _step(session, case, step, ids) for step in case.steps}


def _statements(session, case, numbers):
    """Return ``{what: {statement: how often}}`` for one more record."""
    with count_statements() as create:
        _cost, ids = _create(session, case, numbers, 1)
    result = {'create': dict(create.most_common())}
    for step in case.steps:
        with count_statements() as counter:
            _step(session, case, step, ids)
        result[step] = dict(counter.most_common())
    return result


def _check_closed(session, case, ids):
    """A workflow that did nothing would look fast."""
    with session.transaction() as env:
        _open_stages, closed = case.stages(env)
        left = env[case.model].search_count(
            [('id', 'in', ids), (case.stage_field, 'not in', closed)])
    if left:
        raise RuntimeError(f"{left} of {len(ids)} records did not reach their last stage")
