from bench.limits import compare


def _cost(ms=1, queries=1, count=200):
    return {'ms': ms, 'queries': queries, 'count': count}


def _limits(results):
    """Return ``{what: (figure, limit)}``."""
    return {what: (figure, limit) for what, figure, limit in compare(results)}


def _written(ms, queries=1):
    pair = {'batch': _cost(ms, queries), 'single': _cost(ms, queries)}
    return {'write': {'create': pair, 'tracked': pair}}


def _read(ms):
    return {screen: _cost(ms, 9)
            for screen in ('list', 'form', 'name_search', 'no_hit', 'grouped', 'short', 'pivot')}


def test_nothing_measured_has_no_limits():
    assert compare({'models': {}}) == []
    assert compare({'models': {'aftersales.order': {}}, 'decide': {}, 'clocks': {}}) == []


def test_time_of_a_batch_is_bound_by_the_floor_of_the_same_run():
    alone = {'models': {'aftersales.order': _written(6)}}
    assert not [what for what in _limits(alone) if "floor" in what]
    alone['models']['bench.record'] = _written(5)
    assert _limits(alone)["ms per order created in a batch: 1.5 x the floor's"] == (6, 7.5)


def test_life_is_bound_by_the_repair_of_the_same_run():
    results = {'models': {'aftersales.order': {'life': _cost(900, 257)},
                          'repair.order': {'life': _cost(400, 167)}}}
    assert list(_limits(results).values()) == [(257, 257)]
    del results['models']['repair.order']
    assert compare(results) == []


def test_largest_table_is_compared_with_the_smallest_for_each_role():
    levels = {'1000': {**_read(10), 'restricted': _read(20), 'portal': {'page': _cost(4)}},
              '100000': {**_read(90), 'restricted': _read(21), 'portal': {'page': _cost(5)}}}
    limits = _limits({'models': {'aftersales.order': {'read': levels}}})
    assert limits["ms at 100,000 rows, dispatcher: list: 1.5 x at 1,000"] == (90, 15.0)
    assert limits["ms at 100,000 rows, agent: form: 1.5 x at 1,000"] == (21, 30.0)
    assert limits["ms at 100,000 rows, customer: page: 1.5 x at 1,000"] == (5, 6.0)
    assert limits["ms at 100,000 rows, agent: by stage, 8 cards a column"] == (21, 200)


def test_pivot_is_bound_by_that_of_as_many_repairs():
    results = {'models': {'aftersales.order': {'read': {'1000': _read(3), '100000': _read(90)}},
                          'repair.order': {'read': {'1000': _read(5), '100000': _read(80)}}}}
    what = "ms of the pivot at 100,000 rows: repair.order's own"
    assert _limits(results)[what] == (90, 80)
    del results['models']['repair.order']['read']['100000']
    assert what not in _limits(results)


def test_boards_of_as_many_cards_are_compared():
    levels = {'1000': {**_read(10), 'restricted': _read(10)},
              '100000': {**_read(12), 'restricted': _read(12)}}
    boards = [what for what in _limits({'models': {'aftersales.order': {'read': levels}}})
              if "by stage" in what]
    assert boards == [
        "ms at 100,000 rows, agent: by stage, 8 cards a column",
        "ms at 100,000 rows, dispatcher: by stage, default filter: 1.5 x at 1,000"]


def test_one_size_of_table_compares_nothing_with_itself():
    limits = _limits({'models': {'aftersales.order': {'read': {'1000': _read(10)}}}})
    assert sorted(limits) == ["statements of a form without a repair",
                              "statements of the list of 80"]


def test_complaints_have_limits_of_their_own():
    levels = {'1000': {**_read(10), 'restricted': _read(20)},
              '100000': {**_read(90), 'restricted': _read(160)}}
    limits = _limits({'models': {'aftersales.complaint': {**_written(6, 17), 'read': levels}}})
    assert limits["statements to create one complaint"] == (17, 24)
    assert limits["statements of one stage change of a complaint"] == (17, 16)
    assert limits["ms at 100,000 complaints, agent: by stage, default filter"] == (160, 150)
    assert limits["ms at 100,000 complaints, desk: form: 1.5 x at 1,000"] == (90, 15.0)
    assert not [what for what in limits if "dispatcher" in what]


def test_clocks_of_fewer_orders_have_less_time():
    clocks = {'set': _cost(900, 40, 500), 'recompute': _cost(200, 50, 500)}
    assert _limits({'clocks': clocks}) == {
        "ms to give 500 orders their promises": (900, 500.0),
        "ms to reschedule the promises of 500 orders": (200, 250.0)}


def test_recall_of_fewer_cards_has_less_time():
    recall = {'units': _cost(900, 40, 500), 'orders': _cost(2900, 400, 500)}
    assert _limits({'recall': recall}) == {
        "ms to make the orders of a recall of 500 units": (2900, 3000.0)}


def test_a_usual_night_is_bound_and_a_restored_backup_is_not():
    states = {'rows': 1000, 'usual': _cost(90, 9, 1), 'many': _cost(61_000, 9, 1000)}
    assert _limits({'states': states}) == {
        "ms of a night's states among 1,000 cards": (90, 60_000)}


def test_suite_adds_nothing_to_a_sale():
    flow = {'core alone': {'confirm': _cost(10, 196)},
            'with the suite': {'confirm': _cost(10, 197)}}
    assert _limits({'flow': flow}) == {"statements added to a sale: confirm": (1, 0)}
    assert compare({'flow': {'with the suite': {'confirm': _cost(10, 197)}}}) == []


def test_cards_of_a_delivery_cost_few_statements():
    flow = {'core alone': {'deliver': _cost(10, 105)}, 'with the suite': {},
            'with a warranty card each': {'deliver': _cost(10, 115)}}
    assert _limits({'flow': flow}) == {"statements added to a delivery by its cards": (10, 7)}
