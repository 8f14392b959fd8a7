"""Conditions of the database that several settings share."""


def positive(*names: str) -> str:
    """Return the constraint that all columns hold more than nothing.

    >>> positive('days', 'tries')
    'CHECK(days > 0 AND tries > 0)'
    """
    return _check(names, '> 0')


def not_negative(*names: str) -> str:
    """Return the constraint that no column holds less than nothing.

    >>> not_negative('days')
    'CHECK(days >= 0)'
    """
    return _check(names, '>= 0')


def _check(names, condition):
    return f"CHECK({' AND '.join(f'{name} {condition}' for name in names)})"
