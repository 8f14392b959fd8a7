"""Which rule of a list fits a case: pure functions."""


def fits(rule, facts):
    """Return whether each criterion that ``rule`` sets holds in ``facts``.

    An empty criterion holds always; a fact that costs a query may be a function without
    arguments, called when a rule asks for it and its earlier criteria hold. ``category`` fits
    when it is one of the case's category and its parents; ``repeat_from`` and ``amount_from``
    are lower limits, in times and in money.

    >>> rule = {'kind': 'quality', 'repeat_from': 1}
    >>> fits(rule, {'kind': 'quality', 'repeat': 1})
    True
    >>> fits(rule, {'kind': 'quality', 'repeat': 0})
    False
    >>> fits({'amount_from': 10000.0}, {'amount': 9999.99})
    False
    >>> fits({'grade': 7}, {'grade': lambda: 7})
    True
    >>> fits({'category': 3}, {'categories': (1, 3)})
    True
    """
    for name, asked in rule.items():
        if not asked:
            continue
        if name == 'category':
            if asked not in facts.get('categories', ()):
                return False
        elif name.endswith('_from'):
            if facts.get(name.removesuffix('_from'), 0) < asked:
                return False
        else:
            fact = facts.get(name)
            if (fact() if callable(fact) else fact) != asked:
                return False
    return True


def is_valid_on(day, first, last):
    """Return whether ``day`` lies from ``first`` to ``last``; an empty limit is none."""
    return (not first or first <= day) and (not last or day <= last)
