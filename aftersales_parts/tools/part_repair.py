"""Whether a returned part is worth a repair, and which parts of a box are checked: pure Python."""
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class RepairLimits:
    """Up to what share of the price of a new part a repair pays, and how often in its life."""

    cost_percent: float = 50.0
    life_percent: float = 70.0
    repairs: int = 3


def find_repair_objections(
        cost: float, new_price: float, life_percent: float, repairs: int,
        limits: RepairLimits = RepairLimits()) -> set[str]:
    """Return why a part is not repaired: ``cost``, ``life``, ``repairs``; nothing if it is.

    :param cost: of the repair, with freight
    :param new_price: of a new part
    :param life_percent: of the repaired part, of a new one's time to failure
    :param repairs: that the part had before

    >>> find_repair_objections(50, 100, 70, 2)
    set()
    >>> sorted(find_repair_objections(50.01, 100, 69, 3))
    ['cost', 'life', 'repairs']

    :raise ValueError: something is negative
    """
    if min(cost, new_price, life_percent, repairs) < 0:
        raise ValueError((cost, new_price, life_percent, repairs))
    objections = set()
    if cost * 100 > new_price * limits.cost_percent:
        objections.add('cost')
    if life_percent < limits.life_percent:
        objections.add('life')
    if repairs >= limits.repairs:
        objections.add('repairs')
    return objections


def choose_checked(
        values: dict[int, float], high_value: float, sample_percent: float) -> set[int]:
    """Return the keys of the parts that are checked: all of high value, a share of the others.

    The share is spread evenly over the keys in their order, so that it can be repeated, and is
    rounded up: a box with one cheap part has it checked.

    >>> sorted(choose_checked({1: 900, 2: 5, 3: 5, 4: 5}, 500, 10))
    [1, 2]

    :raise ValueError: the share is no per cent
    """
    if not 0 <= sample_percent <= 100:
        raise ValueError(sample_percent)
    checked = {key for key, value in values.items() if value >= high_value}
    others = sorted(values.keys() - checked)
    count = ceil(len(others) * sample_percent / 100)
    return checked | {others[index * len(others) // count] for index in range(count)}
