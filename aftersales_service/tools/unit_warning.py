"""What does not fit together about a unit that service is asked for: pure Python."""
from datetime import date
from typing import NamedTuple


class UnitFacts(NamedTuple):
    """What the order says about a unit and what is known of it; ids, 0 or ``None`` if unknown."""

    customer: int = 0  # the company or person who asks
    owner: int = 0  # whom the warranty card names
    product: int = 0  # that the order names
    known_products: tuple[int, ...] = ()  # that carry this serial number, on card or in stock
    sold: date | None = None
    reported: date | None = None
    planned: date | None = None


def find_warnings(facts: UnitFacts) -> list[str]:
    """Return what to ask about before the order is believed, the gravest first.

    >>> find_warnings(UnitFacts(customer=1, owner=1, product=5, known_products=(5, 6)))
    []
    >>> find_warnings(UnitFacts(customer=1, owner=2, product=5, known_products=(6,)))
    ['other_product', 'other_customer']
    >>> find_warnings(UnitFacts(sold=date(2026, 6, 1), reported=date(2026, 5, 31),
    ...                       planned=date(2026, 6, 2)))
    ['reported_before_sale']
    >>> find_warnings(UnitFacts(sold=date(2026, 6, 1), planned=date(2026, 5, 1)))
    ['planned_before_sale']
    """
    warnings = {
        'other_product': (
            facts.product and facts.known_products
            and facts.product not in facts.known_products),
        'other_customer': facts.customer and facts.owner and facts.customer != facts.owner,
        'reported_before_sale': facts.sold and facts.reported and facts.reported < facts.sold,
        'planned_before_sale': facts.sold and facts.planned and facts.planned < facts.sold,
    }
    return [name for name, applies in warnings.items() if applies]
