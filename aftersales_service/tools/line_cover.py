"""What the warranty bears of one line of parts or labour, as it is kept on the line.

Pure functions, no Odoo import. The facts are kept instead of a sentence, so that every
reader gets it in their own language; covers may be made again, what was decided stays.
"""
from dataclasses import dataclass, field
from typing import Any

from .warranty import Verdict

FULLY_COVERED = ('contract', 'goodwill', 'recall', 'again')
FREE_SHARE = ('said', 'floor', 'trip')  # words that stand beside any share
PRECISION = 0.005  # of a share in per cent


@dataclass(frozen=True, slots=True)
class LineCover:
    """The share that is covered, per cent, and the facts that say why."""

    percent: float
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def is_covered(self) -> bool:
        """Return whether the customer pays nothing."""
        return self.percent >= 100.0

    @classmethod
    def covered_by(cls, code: str, **facts: Any) -> 'LineCover':
        """Return a line that is covered in full: one of ``FULLY_COVERED``."""
        return cls(100.0, {'code': code, **facts})

    @classmethod
    def refused(cls, code: str) -> 'LineCover':
        """Return a line that the customer pays."""
        return cls(0.0, {'code': code})

    @classmethod
    def said(cls, percent: float, text: str) -> 'LineCover':
        """Return what a person decided, in the person's words; empty where none were given."""
        return cls(percent, {'code': 'said', 'text': text} if text else {'code': 'unsaid'})

    @classmethod
    def kept(cls, percent: float, facts: dict[str, Any] | None) -> 'LineCover':
        """Return what stands on a line; facts that do not bear the share were overruled.

        >>> LineCover.kept(0.0, {'code': 'goodwill'}).facts
        {'code': 'unsaid'}
        """
        facts = facts or {}
        code = facts.get('code', '')
        expected = facts.get('percent', 0.0) if code == 'covered' else (
            100.0 if code in FULLY_COVERED else 0.0)
        if code and code not in FREE_SHARE and abs(expected - percent) > PRECISION:
            facts = {'code': 'unsaid'}
        return cls(percent, facts)

    @classmethod
    def of(cls, verdict: Verdict) -> 'LineCover':
        """Return what a verdict of the card means for the line.

        >>> LineCover.of(Verdict(False, 'no_cover'))
        LineCover(percent=0.0, facts={'code': 'no_cover'})
        """
        facts: dict[str, Any] = {'code': verdict.reason}
        if cover := verdict.cover:
            facts.update(
                percent=cover.percent, origin=cover.origin, kind=cover.kind, name=cover.name,
                start=cover.start.isoformat(), end=cover.end.isoformat(),
                article=cover.article, limit=cover.usage_limit, cover=cover.key)
        return cls(verdict.percent, facts)


def customer_price(price: float, percent: float) -> float:
    """Return what the customer pays of ``price`` when ``percent`` of it is covered.

    >>> customer_price(80.0, 50.0), customer_price(80.0, 100.0), customer_price(80.0, 0.0)
    (40.0, 0.0, 80.0)
    """
    return price * (1.0 - min(max(percent, 0.0), 100.0) / 100.0)
