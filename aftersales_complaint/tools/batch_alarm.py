"""When faults of one batch, or of one month, are more than chance: pure functions."""
from math import sqrt
from typing import NamedTuple

# the upper line of a control chart, in standard deviations
SIGMAS = 3.0


class Limit(NamedTuple):
    """The mean of a history, its standard deviation and the limit above which it alarms."""

    mean: float
    sigma: float
    limit: float


def find_limit(history, sigmas=SIGMAS):
    """Return the limit ``mean + sigmas × σ`` of a history of rates or numbers.

    σ is that of a sample; a history of fewer than two values has no limit (``None``).

    >>> find_limit([2, 4, 4, 6])
    Limit(mean=4.0, sigma=1.632993161855452, limit=8.898979485566356)
    >>> find_limit([3]) is None
    True
    """
    values = list(history)
    if len(values) < 2:
        return None
    mean = sum(values) / len(values)
    sigma = sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
    return Limit(mean, sigma, mean + sigmas * sigma)


def is_alarm(value, history, least=1, sigmas=SIGMAS):
    """Return whether a value is above the limit of its history and at least ``least``.

    Without a history that gives a limit nothing alarms.

    >>> is_alarm(9, [2, 4, 4, 6]), is_alarm(8, [2, 4, 4, 6])
    (True, False)
    >>> is_alarm(2, [0, 0, 0], least=3), is_alarm(3, [0, 0, 0], least=3)
    (False, True)
    >>> is_alarm(100, [])
    False
    """
    limit = find_limit(history, sigmas)
    return limit is not None and value >= least and value > limit.limit


def find_batches(faults, units=None, least=3, sigmas=SIGMAS):
    """Return the batches whose rate is above that of all the others, the worst first.

    Each batch is judged by the others, so that it does not raise its own limit. A rate is
    compared with rates only, a number with numbers only.

    :param faults: ``{batch: number of faults}``; sold batches without a fault belong to it
    :param units: ``{batch: number of units}``; batches without are compared by their numbers

    >>> find_batches({'A': 1, 'B': 2, 'C': 1, 'D': 12})
    ['D']
    >>> find_batches({'A': 1, 'B': 2, 'C': 1, 'D': 12}, {'A': 10, 'B': 20, 'C': 10, 'D': 120})
    []
    >>> find_batches({'A': 0, 'B': 0, 'D': 2})
    []
    >>> find_batches({'A': 3, 'B': 0, 'C': 0, 'D': 9}, {'A': 5, 'B': 500, 'C': 500})
    ['A']
    """
    sold = {batch: units[batch] for batch in faults if units and units.get(batch)}
    found = []
    for group in (sold, dict.fromkeys(faults.keys() - sold.keys(), 1.0)):
        rates = {batch: faults[batch] / size for batch, size in group.items()}
        alarms = []
        for batch, rate in rates.items():
            limit = find_limit(
                (value for other, value in rates.items() if other != batch), sigmas)
            # equal numbers divided twice differ by their last digit
            if limit and faults[batch] >= least and rate > limit.limit * (1 + 1e-9):
                alarms.append(batch)
        found += sorted(alarms, key=lambda batch: (-rates[batch], str(batch)))
    return found
