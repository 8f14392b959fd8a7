"""Sampling plans of GB/T 2828.1 (ISO 2859-1), single sampling: pure Python, no Odoo.

The tables are data (``aftersales.inspection.plan``); these functions read them as the standard
says: code letter by lot size and level, then the cell of letter and AQL, along the arrows.
"""
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

LEVELS = ('S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III')
SEVERITIES = ('normal', 'tightened', 'reduced')
BELOW, ABOVE = 'dn', 'up'  # arrows: use the first plan below, or above
FAILURES_TO_TIGHTEN, LOTS_TO_TIGHTEN = 2, 5  # failed lots among the last ones
LOTS_TO_RELAX = 5  # accepted in a run, on tightened inspection
FAILURES_TO_STOP = 5  # on tightened inspection
SCORE_TO_REDUCE = 30

_CELL = re.compile(r'(?P<name>[\w.-]+):(?P<value>\w+)')


@dataclass(frozen=True)
class PlanRow:
    """One line of a table: a code letter, its sample size, and a cell for each AQL.

    A cell is a rejection number (from 1) or an arrow; ``unverified`` names the AQLs of cells that
    could not be checked against the standard.
    """

    letter: str
    size: int
    cells: Mapping[float, int | str]
    unverified: frozenset[float] = frozenset()


@dataclass(frozen=True)
class PlanTables:
    """The letters by lot size (``(from, to or 0, {level: letter})``), and the rows by severity."""

    bands: tuple[tuple[int, int, Mapping[str, str]], ...]
    rows: Mapping[str, tuple[PlanRow, ...]]


@dataclass(frozen=True)
class Plan:
    """What to take of a lot, and up to how many defective pieces it is accepted."""

    letter: str
    size: int
    accept: int
    is_verified: bool = True


@dataclass(frozen=True)
class Switch:
    """Where inspection of one part from one supplier stands: severity and counters.

    ``recent`` are the results of the last lots (newest last), ``run`` the accepted lots in a run
    and ``failures`` the refused lots since inspection became tightened.
    """

    severity: str = 'normal'
    is_stopped: bool = False
    recent: tuple[bool, ...] = field(default=())
    run: int = 0
    failures: int = 0
    score: int = 0

    @property
    def may_reduce(self) -> bool:
        """Whether the score allows reduced inspection; a person decides on it."""
        return self.severity == 'normal' and not self.is_stopped and self.score >= SCORE_TO_REDUCE


def parse_cells(text: str) -> dict[str, str]:
    """Return the cells of a row as they are written in the data.

    >>> parse_cells('0.65:dn 1:up 1.5:2')
    {'0.65': 'dn', '1': 'up', '1.5': '2'}

    :raise ValueError: a cell is no ``name:value``, or is there twice
    """
    cells: dict[str, str] = {}
    for part in (text or '').split():
        found = _CELL.fullmatch(part)
        if not found or found['name'] in cells:
            raise ValueError(part)
        cells[found['name']] = found['value']
    return cells


def parse_plan_cells(text: str) -> dict[float, int | str]:
    """Return the cells of a plan by AQL: rejection numbers and arrows.

    >>> parse_plan_cells('0.65:dn 1:up 1.5:2')
    {0.65: 'dn', 1.0: 'up', 1.5: 2}

    :raise ValueError: an AQL is no number above 0, or a cell neither an arrow nor a number from 1
    """
    cells: dict[float, int | str] = {}
    for name, value in parse_cells(text).items():
        aql = float(name)
        if aql <= 0 or aql in cells:
            raise ValueError(name)
        if value not in (BELOW, ABOVE) and int(value) < 1:
            raise ValueError(value)
        cells[aql] = value if value in (BELOW, ABOVE) else int(value)
    return cells


def find_letter(tables: PlanTables, lot: int, level: str = 'II') -> str:
    """Return the code letter of a lot.

    A lot of one piece takes the letter of the smallest band; its plan is a full check anyway.

    :raise ValueError: the level is unknown, or the lot is empty
    """
    if lot < 1:
        raise ValueError(lot)
    bands = sorted(tables.bands, key=lambda band: band[0])
    for start, stop, letters in bands:
        if level not in letters:
            raise ValueError(level)
        if (start <= lot or start == bands[0][0]) and (not stop or lot <= stop):
            return letters[level]
    raise ValueError(lot)


def find_plan(
        tables: PlanTables, lot: int, aql: float, level: str = 'II',
        severity: str = 'normal') -> Plan:
    """Return the plan of a lot: sample, acceptance number, and whether all is checked.

    An arrow leads to the first plan below or above it, with the sample of that plan. Where there
    is none in its direction (the edge of the table), the nearest one in the other direction holds.
    A sample as large as the lot is a check of all its pieces.

    :raise ValueError: the AQL, the level or the letter is none of the table, or the lot is empty
    """
    letter = find_letter(tables, lot, level)
    rows = tables.rows.get(severity, ())
    index = next((i for i, row in enumerate(rows) if row.letter == letter), None)
    if index is None or aql not in rows[index].cells:
        raise ValueError(aql if index is not None else letter)
    row, passed = _follow_arrow(rows, index, aql)
    accept = int(row.cells[aql]) - 1
    is_verified = all(aql not in each.unverified for each in passed)
    return Plan(row.letter, min(row.size, lot), accept, is_verified)


def _follow_arrow(
        rows: tuple[PlanRow, ...], index: int, aql: float) -> tuple[PlanRow, list[PlanRow]]:
    """Return the row whose plan holds, and all rows that were read on the way."""
    start = rows[index]
    below, above = rows[index + 1:], rows[:index][::-1]
    ways: tuple[Iterable[PlanRow], ...] = {
        BELOW: (below, above), ABOVE: (above, below)}.get(str(start.cells[aql]), ((start,),))
    for way in ways:
        passed = [start]
        for row in way:
            passed.append(row)
            if isinstance(row.cells.get(aql), int):
                return row, passed
    raise ValueError(aql)


def find_tighter_aql(tables: PlanTables, aql: float, severity: str = 'normal') -> float | None:
    """Return the AQL one step tighter than ``aql`` in the tables; none left of the first."""
    tighter = [each for row in tables.rows.get(severity, ())[:1] for each in row.cells
               if each < aql]
    return max(tighter, default=None)


def passes_tighter(
        tables: PlanTables, lot: int, aql: float, level: str, defective: int) -> bool:
    """Whether a lot would also pass at the AQL one step tighter.

    Left of the first AQL of the tables there is no plan: only a sample without defects passes.
    """
    tighter = find_tighter_aql(tables, aql)
    if tighter is None:
        return defective == 0
    return defective <= find_plan(tables, lot, tighter, level).accept


def judge_lot(switch: Switch, is_accepted: bool, accept: int, is_tighter_passed: bool) -> Switch:
    """Return where inspection stands after a lot that was inspected for the first time.

    * normal becomes tightened when 2 of the last 5 (or fewer) lots failed;
    * tightened becomes normal after 5 accepted lots in a run, and inspection stops when 5 lots
      failed on it: only ``release`` goes on, once the supplier has acted;
    * reduced becomes normal with the first lot that fails.

    The switching score counts on normal inspection: with an acceptance number of 0 or 1 an
    accepted lot adds 2; with 2 and more it adds 3 if it passes one AQL tighter, too; else it is 0.

    >>> judge_lot(judge_lot(Switch(), False, 1, False), False, 1, False).severity
    'tightened'
    """
    if switch.is_stopped:
        return switch
    recent = (*switch.recent, is_accepted)[-LOTS_TO_TIGHTEN:]
    run = switch.run + 1 if is_accepted else 0
    if switch.severity == 'tightened':
        failures = switch.failures + (not is_accepted)
        if run >= LOTS_TO_RELAX:
            return Switch('normal')
        return replace(
            switch, recent=recent, run=run, failures=failures,
            is_stopped=failures >= FAILURES_TO_STOP)
    if switch.severity == 'reduced':
        return replace(switch, recent=recent, run=run) if is_accepted else Switch(
            'normal', recent=(False,))
    if recent.count(False) >= FAILURES_TO_TIGHTEN:
        return Switch('tightened')
    score = 0
    if is_accepted and accept < 2:
        score = switch.score + 2
    elif is_accepted and is_tighter_passed:
        score = switch.score + 3
    return replace(switch, recent=recent, run=run, score=score)


def reduce(switch: Switch) -> Switch:
    """Return reduced inspection, which a person decided on.

    :raise ValueError: the score does not allow it
    """
    if not switch.may_reduce:
        raise ValueError(switch.score)
    return Switch('reduced')


def restore_normal(switch: Switch) -> Switch:
    """Return normal inspection again, as production became irregular."""
    return Switch('normal', recent=switch.recent) if switch.severity == 'reduced' else switch


def release(switch: Switch) -> Switch:
    """Return tightened inspection after a stop, as the supplier has acted."""
    return Switch('tightened') if switch.is_stopped else switch
