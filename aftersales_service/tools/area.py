"""Which outlets serve an address, in the order in which they are asked.

Pure Python, no Odoo import. The most specific area wins (postal code before city before
state before country), then its priority, then the outlet with the least open orders.
"""
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where the service is needed; what is unknown is empty."""

    country: int | None = None
    state: int | None = None
    city: str = ''
    zip_code: str = ''


@dataclass(frozen=True)
class Area:
    """A part of the map that an outlet serves; what is empty excludes nothing."""

    outlet: int
    country: int | None = None
    state: int | None = None
    city: str = ''
    zip_from: str = ''
    zip_to: str = ''
    priority: int = 10
    zone: int | None = None

    @property
    def specificity(self) -> tuple[bool, bool, bool, bool]:
        """Order areas: an area with a higher value names its place more closely."""
        return (bool(self.zip_from or self.zip_to), bool(self.city), bool(self.state),
                bool(self.country))


def normalize_zip(zip_code: str | None) -> str:
    """Return a postal code without blanks and hyphens, in capitals.

    >>> normalize_zip(' sw1a-1aa ')
    'SW1A1AA'
    """
    return ''.join(char for char in (zip_code or '') if char.isalnum()).upper()


def normalize_city(city: str | None) -> str:
    """Return a name of a city as it is compared.

    >>> normalize_city(' Shanghai ') == normalize_city('SHANGHAI')
    True
    >>> normalize_city('上海市') == normalize_city('上海')
    True
    """
    return (city or '').strip().casefold().removesuffix('市')


def zip_in_range(zip_code: str, zip_from: str, zip_to: str) -> bool:
    """Return whether a postal code lies between two bounds, both included.

    A bound may be the beginning of a code: it stands for all codes that begin so.
    An empty bound is open; a missing code lies in no range.

    >>> zip_in_range('200233', '200000', '200999'), zip_in_range('201100', '200', '200')
    (True, False)
    >>> zip_in_range('200233', '200', '200'), zip_in_range('SW1A 1AA', 'SW1', 'SW9')
    (True, True)
    """
    code, low, high = map(normalize_zip, (zip_code, zip_from, zip_to))
    return bool(code) and code[:len(low)] >= low and (not high or code[:len(high)] <= high)


def covers(area: Area, place: Place) -> bool:
    """Return whether everything that ``area`` names is true of ``place``.

    >>> covers(Area(1, country=48, city='上海'), Place(country=48, city='上海市'))
    True
    >>> covers(Area(1, country=48, city='上海'), Place(country=48))
    False
    """
    if area.country and area.country != place.country:
        return False
    if area.state and area.state != place.state:
        return False
    if area.city and normalize_city(area.city) != normalize_city(place.city):
        return False
    return not (area.zip_from or area.zip_to) or zip_in_range(
        place.zip_code, area.zip_from, area.zip_to)


class AreaMap:
    """The areas of a company, looked up by country and state before they are compared."""

    def __init__(self, areas: Iterable[Area]):
        self._areas: dict[tuple[int | None, int | None], list[Area]] = defaultdict(list)
        for area in areas:
            self._areas[area.country or None, area.state or None].append(area)

    def __bool__(self) -> bool:
        return bool(self._areas)

    def find(self, place: Place) -> dict[int, Area]:
        """Return the best area of each outlet that serves ``place``."""
        best: dict[int, Area] = {}
        country, state = place.country or None, place.state or None
        for key in {(country, state), (country, None), (None, state), (None, None)}:
            for area in self._areas.get(key, ()):
                if covers(area, place) and (
                        area.outlet not in best or _rank(area) < _rank(best[area.outlet])):
                    best[area.outlet] = area
        return best


def rank_outlets(best: Mapping[int, Area], loads: Mapping[int, int] | None = None) -> list[int]:
    """Return the outlets in the order in which they are asked.

    ``best`` is what ``AreaMap.find`` returns; ``loads`` counts the open orders by outlet.

    >>> country, city = Area(1, country=48), Area(2, country=48, city='Shanghai')
    >>> rank_outlets({1: country, 2: city})
    [2, 1]
    >>> rank_outlets({1: Area(1), 2: Area(2), 3: Area(3, priority=1)}, {1: 5, 2: 4})
    [3, 2, 1]
    """
    loads = loads or {}
    return sorted(best, key=lambda outlet: (
        _rank(best[outlet]), loads.get(outlet, 0), outlet))


def find_zone(best: Mapping[int, Area]) -> int | None:
    """Return the zone of the area that names its place most closely and has one.

    >>> find_zone({1: Area(1, country=48, zone=7), 2: Area(2, city='Shanghai', zone=8)})
    8
    >>> find_zone({1: Area(1, country=48, zone=7), 2: Area(2, city='Shanghai')})
    7
    >>> find_zone({1: Area(1)})
    """
    zoned = [area for area in best.values() if area.zone]
    return min(zoned, key=_rank).zone if zoned else None


def has_tie(best: Mapping[int, Area]) -> bool:
    """Return whether only the load can decide between outlets.

    >>> has_tie({1: Area(1), 2: Area(2)}), has_tie({1: Area(1), 2: Area(2, state=3)})
    (True, False)
    """
    return len({_rank(area) for area in best.values()}) < len(best)


def _rank(area: Area) -> tuple:
    return tuple(not named for named in area.specificity), area.priority
