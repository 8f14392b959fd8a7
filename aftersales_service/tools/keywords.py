"""Finding a name by the keywords it contains: pure Python, no Odoo import."""
import re
from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar('Key', bound=Hashable)


def best_match(name: str, keywords: Mapping[Key, str]) -> Key | None:
    """Return the key whose keywords fit a name best: the longest word found decides.

    Keywords are separated by commas. Latin words are looked for whole, in singular and
    plural; words of other scripts anywhere in the name.

    >>> rules = {1: "water heater, 热水器", 2: "gas water heater", 3: "fan, pc"}
    >>> best_match("Gas Water Heaters", rules), best_match("电热水器", rules)
    (2, 1)
    >>> best_match("Infants", rules)
    """
    found = {}
    for key, text in keywords.items():
        words = [word.strip() for word in text.split(',')]
        found[key] = max((len(word) for word in words if word and _contains(name, word)), default=0)
    best = max(found, key=lambda key: found[key], default=None)
    return best if best is not None and found[best] else None


def _contains(name: str, word: str) -> bool:
    if word.isascii():
        return bool(re.search(rf'\b{re.escape(word)}(?:e?s)?\b', name, re.IGNORECASE | re.ASCII))
    return word in name
