"""Choosing the most specific rule: pure Python, no Odoo import."""
from collections.abc import Iterable, Mapping
from typing import Any


def match_degree(criteria: Mapping[str, Any], facts: Mapping[str, Any]) -> int | None:
    """Return how many criteria of a rule the facts meet; ``None`` if one is not met.

    An empty criterion asks for nothing.

    >>> match_degree({'severity': '3', 'zone': None}, {'severity': '3', 'zone': 7})
    1
    >>> match_degree({'severity': '3', 'zone': 8}, {'severity': '3', 'zone': 7})
    """
    asked = {name: value for name, value in criteria.items() if value}
    if any(facts.get(name) != value for name, value in asked.items()):
        return None
    return len(asked)


def most_specific(
        rules: Iterable[tuple[Mapping[str, Any], Any]], facts: Mapping[str, Any]) -> Any | None:
    """Return what the rule with the most criteria met gives; of equals, the first.

    >>> rules = [({}, 'always'), ({'severity': '3'}, 'urgent')]
    >>> most_specific(rules, {'severity': '3'}), most_specific(rules, {'severity': '1'})
    ('urgent', 'always')
    """
    best, best_degree = None, -1
    for criteria, result in rules:
        degree = match_degree(criteria, facts)
        if degree is not None and degree > best_degree:
            best, best_degree = result, degree
    return best
