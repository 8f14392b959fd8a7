"""Marks of an exam: what they come to together, and whether they are enough."""

from collections.abc import Mapping

# a mark just below the line must not be rounded over it
EPSILON = 1e-9


def combine(marks: Mapping[str, float | None], weights: Mapping[str, float]) -> float | None:
    """Return the weighted mean of the marks (0 to 100), to two decimals; ``None`` without any.

    The weight of a part without mark is shared among the others. Marks have two decimals as well:
    the total of one part shows no pass mark that was not reached.

    >>> combine({'theory': 80, 'practice': 90, 'attitude': 100},
    ...         {'theory': 40, 'practice': 50, 'attitude': 10})
    87.0
    >>> combine({'theory': 80, 'practice': None}, {'theory': 40, 'practice': 60})
    80.0
    >>> combine({'theory': 79.95}, {'theory': 40})
    79.95
    >>> combine({'theory': None}, {'theory': 40})
    """
    known = {part: mark for part, mark in marks.items() if mark is not None and weights.get(part)}
    total = sum(weights[part] for part in known)
    if not total:
        return None
    return round(sum(mark * weights[part] for part, mark in known.items()) / total, 2)


def judge(marks: Mapping[str, float | None], required: Mapping[str, float]) -> bool | None:
    """Return whether each part that is required reaches its pass mark.

    ``None`` while a mark is missing and none is too low yet: one part does not make up for
    another.

    >>> judge({'theory': 80, 'practice': 85}, {'theory': 80, 'practice': 85})
    True
    >>> judge({'theory': 79.9, 'practice': None}, {'theory': 80, 'practice': 85})
    False
    >>> judge({'theory': 95, 'practice': None}, {'theory': 80, 'practice': 85})
    """
    known = [(marks.get(part), wanted) for part, wanted in required.items()]
    if any(mark is not None and mark < wanted - EPSILON for mark, wanted in known):
        return False
    return None if any(mark is None for mark, __ in known) else True


def rank(totals: Mapping[int, float | None]) -> dict[int, int]:
    """Return the place of each by its total, the best first; the same total, the same place.

    >>> rank({1: 80.0, 2: 90.0, 3: 80.0, 4: 70.0, 5: None})
    {1: 2, 2: 1, 3: 2, 4: 4}
    """
    known = [total for total in totals.values() if total is not None]
    return {key: 1 + sum(other > total for other in known)
            for key, total in totals.items() if total is not None}
