"""Which of many papers are looked at again: a pure function, no Odoo import."""
import math
import random
from collections.abc import Sequence


def draw(keys: Sequence[int], share: float, seed: str) -> list[int]:
    """Return ``share`` per cent of ``keys``, rounded up, as the lot falls for ``seed``.

    The same seed draws the same: a user who doubts a draw repeats it.

    >>> draw([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 25.0, "2026-01") == draw(
    ...     [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 25.0, "2026-01")
    True
    >>> len(draw([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 25.0, "2026-01"))
    3
    >>> draw([1, 2], 0.0, "2026-01")
    []
    """
    size = min(len(keys), math.ceil(len(keys) * max(share, 0.0) / 100.0))
    # no secret hangs on it: it must be repeatable, not unpredictable
    return sorted(random.Random(seed).sample(sorted(keys), size))
