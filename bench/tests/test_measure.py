import doctest
import threading

from bench import limits, measure, report
from bench.measure import Cost, median_of, per_record


def test_doctests_of_the_pure_modules():
    for module in limits, measure, report:
        results = doctest.testmod(module)
        assert results.attempted, module
        assert not results.failed, module


def test_measure_counts_what_the_cursors_of_this_thread_report():
    with measure.measure() as cost:
        threading.current_thread().query_count += 3
        threading.current_thread().query_time += 0.25
    assert (cost.queries, cost.sql_seconds) == (3, 0.25)
    assert cost.seconds > 0


def test_measure_starts_from_zero_each_time():
    for _ in range(2):
        with measure.measure() as cost:
            threading.current_thread().query_count += 1
        assert cost.queries == 1


def test_median_ignores_one_slow_run():
    costs = [Cost(0.001, 5), Cost(0.002, 5), Cost(9.0, 5)]
    assert median_of(costs)['ms'] == 2.0
    assert median_of(costs)['ms_range'] == [1.0, 9000.0]


def test_median_of_statements_is_one_that_was_observed():
    assert median_of([Cost(1, 9), Cost(1, 12)])['queries'] == 9


def test_costs_per_record_of_a_batch():
    assert per_record(Cost(1.0, 305, 0.4), 100) == {
        'ms': 10.0, 'queries': 3.05, 'sql_share': 0.4, 'count': 100}
