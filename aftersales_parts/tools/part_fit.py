"""Whether a part fits a unit: ranges of serial numbers and of the day the unit was built.

Serial numbers are compared with those of the same length only: ``A-9`` would stand behind
``A-10``. An empty end of a range is open; a range without ends takes every unit.
"""
from datetime import date
from typing import Any, NamedTuple


class Unit(NamedTuple):
    """What is known of a unit: its machine (a product template), number and day of production."""

    machine: Any
    serial: str = ''
    built: date | None = None


class FitRange(NamedTuple):
    """Which units of a machine a part fits; both ranges must hold."""

    serial_from: str = ''
    serial_to: str = ''
    built_from: date | None = None
    built_to: date | None = None

    def problem(self) -> str | None:
        """Return what is wrong: ``length``, ``serial_order``, ``built_order`` or ``None``.

        >>> FitRange('AC-0100', 'AC-0001').problem()
        'serial_order'
        >>> FitRange('AC-1', 'AC-10').problem()
        'length'
        >>> FitRange(built_from=date(2023, 5, 1), built_to=date(2023, 4, 30)).problem()
        'built_order'
        >>> FitRange('AC-0001').problem()
        """
        if self.serial_from and self.serial_to:
            if len(self.serial_from) != len(self.serial_to):
                return 'length'
            if self.serial_from > self.serial_to:
                return 'serial_order'
        if self.built_from and self.built_to and self.built_from > self.built_to:
            return 'built_order'
        return None

    def takes(self, serial: str = '', built: date | None = None) -> bool | None:
        """Return whether a unit fits; ``None`` where what is known of it does not tell.

        >>> old = FitRange(built_to=date(2023, 4, 30))
        >>> old.takes(built=date(2023, 4, 30)), old.takes(built=date(2023, 8, 1)), old.takes()
        (True, False, None)
        >>> FitRange('AC-0100', 'AC-0199').takes('AC-0150'), FitRange('AC-0100').takes('AC-99')
        (True, False)
        """
        answers = []
        if self.serial_from or self.serial_to:
            answers.append(self._takes_serial(serial) if serial else None)
        if self.built_from or self.built_to:
            answers.append(
                (self.built_from or built) <= built <= (self.built_to or built) if built else None)
        if False in answers:
            return False
        return None if None in answers else True

    def _takes_serial(self, serial: str) -> bool:
        if len(serial) != len(self.serial_from or self.serial_to):
            return False
        return (self.serial_from or serial) <= serial <= (self.serial_to or serial)

    def overlaps(self, other: 'FitRange') -> bool:
        """Return whether one unit can be in both.

        >>> FitRange('A-10', 'A-20').overlaps(FitRange('A-20', 'A-30'))
        True
        >>> FitRange(built_to=date(2023, 4, 30)).overlaps(FitRange(built_from=date(2023, 5, 1)))
        False
        """
        lengths = {len(end) for fit in (self, other)
                   for end in (fit.serial_from, fit.serial_to) if end}
        return len(lengths) < 2 and _meet(
            self.serial_from, self.serial_to, other.serial_from, other.serial_to) and _meet(
            self.built_from, self.built_to, other.built_from, other.built_to)


def _meet(first, last, other_first, other_last) -> bool:
    """Return whether two ranges with open ends have something in common."""
    return not (
        (last and other_first and last < other_first)
        or (other_last and first and other_last < first))
