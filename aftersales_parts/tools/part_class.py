"""Classes of spare parts and the service level that follows from them: pure Python.

ABC ranks the value used in a year, XYZ how much demand varies, FSN how long a part lay still, HML
its price, SDE how hard it is to buy; VED (criticality) is given by people. ABC and XYZ change only
after some runs in a row (``settle``): shares and variations flicker, months without movement,
prices and suppliers are facts. Sources: Axsäter and Silver for ABC 80/95; the cuts of XYZ and the
table of service levels are usual values, and parameters.
"""
import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

ABC_CLASSES = COUNTED_CLASSES = ('A', 'B', 'C')
XYZ_CLASSES = ('X', 'Y', 'Z')
VED_CLASSES = ('vital', 'essential', 'desirable')
LEVEL_CELLS = tuple(abc + xyz for abc in ABC_CLASSES for xyz in XYZ_CLASSES)


class ClassRules(NamedTuple):
    """Parameters; per cents are 0 to 100."""

    abc_cuts: tuple[float, float] = (80.0, 95.0)
    xyz_cuts: tuple[float, float] = (0.5, 1.0)
    slow_months: int = 12
    dead_months: int = 24
    price_cuts: tuple[float, float] = (100.0, 1000.0)
    runs: int = 2
    cell_levels: Mapping[str, float] = {}
    ved_levels: Mapping[str, float] = {}


class PartFacts(NamedTuple):
    """What is known of a part on the day of a run; quantities in its own unit."""

    value: float  # of what was used in a year
    price: float  # of one piece
    total: float  # used in ``periods`` months
    squares: float  # sum of the squares of the monthly quantities
    periods: int  # months of history, those without demand included
    idle_months: int | None  # since it was used last; None: never
    is_new: bool = False  # too young to lie still
    ved: str = 'desirable'
    lead_days: int | None = None
    suppliers: int = 0


class PartClasses(NamedTuple):
    """The classes that one run proposes for a part."""

    abc: str
    xyz: str
    fsn: str
    hml: str
    sde: str
    share: float  # cumulated share of the value, in per cent
    variation: float | None


def cumulated_shares(values: Sequence[float]) -> list[float]:
    """Return for each value the share that it and all larger ones have, in per cent.

    Equal values keep their order. Nothing used at all: 100 each.

    >>> cumulated_shares([5, 80, 15])
    [100.0, 80.0, 95.0]
    """
    if min(values, default=0.0) < 0:
        raise ValueError("a value that was used cannot be negative")
    whole, so_far = math.fsum(values), 0.0
    shares = [100.0] * len(values)
    if whole:
        for index in sorted(range(len(values)), key=lambda index: -values[index]):
            so_far += values[index]
            shares[index] = 100.0 * so_far / whole
    return shares


def abc_class(value: float, share: float, cuts: tuple[float, float] = (80.0, 95.0)) -> str:
    """Return A, B or C of a part with this cumulated share; what was not used is C.

    >>> [abc_class(1, share) for share in (80.0, 80.1, 95.0, 95.1)]
    ['A', 'B', 'B', 'C']
    >>> abc_class(0, 0.0)
    'C'
    """
    if not 0 < cuts[0] < cuts[1] < 100:
        raise ValueError("the cuts of ABC must rise and lie between 0 and 100")
    share = round(share, 9)  # sums of cents
    return 'C' if value <= 0 or share > cuts[1] else 'A' if share <= cuts[0] else 'B'


def abc_classes(values: Sequence[float], cuts: tuple[float, float] = (80.0, 95.0)) -> list[str]:
    """Return the class of each part by the value used; the largest is A, however large it is.

    >>> abc_classes([90, 6, 4])
    ['A', 'C', 'C']
    >>> abc_classes([40, 40, 15, 5, 0])
    ['A', 'A', 'B', 'C', 'C']
    """
    shares = cumulated_shares(values)
    classes = [abc_class(value, share, cuts) for value, share in zip(values, shares, strict=True)]
    if values and max(values) > 0:
        classes[max(range(len(values)), key=lambda index: values[index])] = 'A'
    return classes


def variation(total: float, squares: float, periods: int) -> float | None:
    """Return the coefficient of variation of a demand, of the whole population; None for none.

    >>> variation(total=20, squares=100, periods=4)
    0.0
    >>> round(variation(total=12, squares=144, periods=4), 4)
    1.7321
    >>> variation(0, 0, 12)
    """
    if total < 0 or squares < 0:
        raise ValueError("demand cannot be negative")
    if periods <= 0 or not total:
        return None
    mean = total / periods
    return math.sqrt(max(squares / periods - mean * mean, 0.0)) / mean


def xyz_class(cv: float | None, cuts: tuple[float, float] = (0.5, 1.0)) -> str:
    """Return X (even), Y or Z (irregular, or no demand).

    >>> [xyz_class(cv) for cv in (0.0, 0.5, 0.51, 1.0, 1.01, None)]
    ['X', 'X', 'Y', 'Y', 'Z', 'Z']
    """
    return 'Z' if cv is None or cv > cuts[1] else 'X' if cv <= cuts[0] else 'Y'


def fsn_class(idle_months: int | None, slow: int = 12, dead: int = 24,
              is_new: bool = False) -> str:
    """Return F (fast), S (slow) or N (not moving: dead) by the months without use.

    >>> [fsn_class(months) for months in (0, 11, 12, 23, 24, None)]
    ['F', 'F', 'S', 'S', 'N', 'N']
    >>> fsn_class(None, is_new=True)
    'S'
    """
    if idle_months is not None and idle_months < slow:
        return 'F'
    return 'S' if is_new or (idle_months is not None and idle_months < dead) else 'N'


def hml_class(price: float, cuts: tuple[float, float] = (100.0, 1000.0)) -> str:
    """Return H (high), M or L (low) by the price of one piece.

    >>> [hml_class(price) for price in (99.99, 100, 999.99, 1000)]
    ['L', 'M', 'M', 'H']
    """
    return 'H' if price >= cuts[1] else 'M' if price >= cuts[0] else 'L'


def sde_class(lead_days: int | None, suppliers: int) -> str:
    """Return S (scarce), D (difficult) or E (easy) by lead time and number of suppliers.

    >>> sde_class(91, 1), sde_class(91, 2), sde_class(31, 1), sde_class(30, 1), sde_class(None, 0)
    ('S', 'D', 'D', 'E', 'S')
    """
    if not suppliers or lead_days is None:
        return 'S'
    if lead_days > 90:
        return 'S' if suppliers == 1 else 'D'
    return 'D' if lead_days > 30 and suppliers == 1 else 'E'


def classify(facts: Sequence[PartFacts], rules: ClassRules) -> list[PartClasses]:
    """Return what a run proposes for each of all parts of a company.

    >>> [part] = classify([PartFacts(900, 300, 36, 36, 36, 0)], ClassRules())
    >>> part.abc, part.xyz, part.fsn, part.hml, part.sde
    ('A', 'X', 'F', 'M', 'S')
    """
    values = [part.value for part in facts]
    shares, classes = cumulated_shares(values), abc_classes(values, rules.abc_cuts)
    proposals = []
    for part, share, abc in zip(facts, shares, classes, strict=True):
        cv = variation(part.total, part.squares, part.periods)
        proposals.append(PartClasses(
            abc, xyz_class(cv, rules.xyz_cuts),
            fsn_class(part.idle_months, rules.slow_months, rules.dead_months, part.is_new),
            hml_class(part.price, rules.price_cuts), sde_class(part.lead_days, part.suppliers),
            share, cv))
    return proposals


def settle(current: str | None, candidate: str | None, runs: int, proposed: str,
           needed: int = 2, is_new_month: bool = True) -> tuple[str, str | None, int]:
    """Return ``(class, candidate, runs)`` after a run: a class changes after ``needed`` in a row.

    Runs over the data of one month are one run.

    :param is_new_month: whether this is the first run over the data of its month

    >>> settle(None, None, 0, 'B')
    ('B', None, 0)
    >>> settle('B', None, 0, 'A')
    ('B', 'A', 1)
    >>> settle('B', 'A', 1, 'A')
    ('A', None, 0)
    >>> settle('B', 'A', 1, 'C'), settle('B', 'A', 1, 'B')
    (('B', 'C', 1), ('B', None, 0))
    >>> settle('B', 'A', 1, 'A', is_new_month=False)
    ('B', 'A', 1)
    """
    if not current or proposed == current:
        return proposed, None, 0
    runs = runs + is_new_month if proposed == candidate else 1
    return (proposed, None, 0) if runs >= needed else (current, proposed, runs)


def service_level(abc: str, xyz: str, fsn: str, ved: str, rules: ClassRules) -> float:
    """Return the target in per cent: the higher of the two tables; dead parts have none (0).

    >>> rules = ClassRules(cell_levels={'CZ': 85.0}, ved_levels={'vital': 99.0})
    >>> service_level('C', 'Z', 'S', 'vital', rules), service_level('C', 'Z', 'N', 'vital', rules)
    (99.0, 0.0)
    """
    if fsn == 'N':
        return 0.0
    level = max(rules.cell_levels.get(abc + xyz, 0.0), rules.ved_levels.get(ved, 0.0))
    if not 0 <= level < 100:
        raise ValueError("a service level lies below 100 %")
    return level
