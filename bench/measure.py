"""Counting what a piece of work costs, and boiling repeated runs down to one figure."""
import statistics
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Cost:
    """Wall-clock seconds, SQL statements and the seconds spent in SQL.

    >>> Cost(0.5, 10, 0.2) + Cost(1.0, 5, 0.1)
    Cost(seconds=1.5, queries=15, sql_seconds=0.30000000000000004)
    """

    seconds: float = 0.0
    queries: int = 0
    sql_seconds: float = 0.0

    def __add__(self, other):
        return Cost(self.seconds + other.seconds, self.queries + other.queries,
                    self.sql_seconds + other.sql_seconds)


@contextmanager
def measure():
    """Yield a ``Cost`` that is filled on leaving; it counts all cursors of this thread."""
    thread, cost = threading.current_thread(), Cost()
    thread.query_count, thread.query_time = 0, 0.0  # Odoo's cursors add to these
    start = time.perf_counter()
    try:
        yield cost
    finally:
        cost.seconds = time.perf_counter() - start
        cost.queries, cost.sql_seconds = thread.query_count, thread.query_time


def per_record(cost, count):
    """Return one batch of ``count`` records as milliseconds and statements per record.

    >>> per_record(Cost(2.0, 1050, 0.5), 1000)
    {'ms': 2.0, 'queries': 1.05, 'sql_share': 0.25, 'count': 1000}
    """
    return {'ms': round(cost.seconds * 1000 / count, 3),
            'queries': round(cost.queries / count, 2),
            'sql_share': _share(cost), 'count': count}


def at_once(cost, count):
    """Return one click on ``count`` records, as a whole.

    >>> at_once(Cost(2.0, 1050, 0.5), 1000)
    {'ms': 2000.0, 'queries': 1050, 'sql_share': 0.25, 'count': 1000}
    """
    return {'ms': round(cost.seconds * 1000, 3), 'queries': cost.queries,
            'sql_share': _share(cost), 'count': count}


def median_of(costs):
    """Return the median milliseconds and statements of repeated runs, and their range.

    The statements are an observed number, never the mean of two, so that they can be
    found again in a log.

    >>> median_of([Cost(0.003, 9), Cost(0.001, 9), Cost(0.002, 10), Cost(0.009, 10)])['queries']
    9
    """
    milliseconds = [cost.seconds * 1000 for cost in costs]
    queries = [cost.queries for cost in costs]
    return {'ms': round(statistics.median(milliseconds), 3),
            'ms_range': [round(min(milliseconds), 3), round(max(milliseconds), 3)],
            'queries': statistics.median_low(queries),
            'queries_range': [min(queries), max(queries)],
            'sql_share': _share(sum(costs, Cost())), 'count': len(costs)}


def _share(cost):
    return round(cost.sql_seconds / cost.seconds, 2) if cost.seconds else 0.0
