"""What a return costs, and who handles returns at the lowest cost: pure Python, no Odoo.

Activity-based costing: the cost of an activity is divided by the *practical* capacity of its
driver, so that idle capacity is not charged to the returns there are.
"""
from dataclasses import dataclass


def activity_rate(pool: float, capacity: float) -> float:
    """Return the cost of one unit of the driver.

    >>> activity_rate(12_000, 800)
    15.0
    """
    if capacity <= 0:
        raise ValueError("the practical capacity must be positive")
    return pool / capacity


def time_rate(cost_per_minute: float, minutes: float) -> float:
    """Return the cost of one step by the time it takes (time-driven variant).

    >>> time_rate(0.8, 15)
    12.0
    """
    return cost_per_minute * minutes


@dataclass(frozen=True, slots=True)
class Way:
    """A way to handle returns: what it costs in a period without any, and for each one."""

    fixed: float
    variable: float

    def total(self, quantity: float) -> float:
        """Return the cost of so many returns in the period.

        >>> Way(1000, 20).total(50)
        2000
        """
        return self.fixed + self.variable * quantity


def own_way(recorded: float, fixed_part: float, direct: float, quantity: float) -> Way:
    """Return our own way from what was recorded for ``quantity`` returns.

    :param recorded: cost of all activities in the period
    :param fixed_part: the part of it that would remain without a return
    :param direct: material and freight, less what was recovered

    >>> own_way(recorded=10_000, fixed_part=4_000, direct=2_000, quantity=400)
    Way(fixed=4000, variable=20.0)
    """
    if quantity <= 0:
        return Way(fixed_part, 0.0)
    return Way(fixed_part, (recorded - fixed_part + direct) / quantity)


def joint_way(shared_fixed: float, share: float, variable: float) -> Way:
    """Return the way of a plant run with others: our share (per cent) of its fixed cost.

    >>> joint_way(30_000, 10, 14)
    Way(fixed=3000.0, variable=14)
    """
    return Way(shared_fixed * share / 100, variable)


def outsourced_way(base_fee: float, fee: float, percent: float, unit_value: float) -> Way:
    """Return the way of a contractor: a base fee, a fee per return and per cent of its value.

    >>> outsourced_way(500, 18, 2, 300)
    Way(fixed=500, variable=24.0)
    """
    return Way(base_fee, fee + unit_value * percent / 100)


def break_even(one: Way, other: Way) -> float | None:
    """Return the number of returns at which both ways cost the same.

    ``None`` if one of them is cheaper, or as cheap, whatever the number.

    >>> break_even(Way(4000, 20), Way(500, 24))
    875.0
    >>> break_even(Way(0, 10), Way(100, 12)) is None
    True
    """
    slope = one.variable - other.variable
    if not slope:
        return None
    quantity = (other.fixed - one.fixed) / slope
    return quantity if quantity > 0 else None
