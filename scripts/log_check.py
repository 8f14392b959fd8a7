"""Judging log lines: what is not in the one reviewed list is an error of the suite.

The list is ``tests/allowed_log_lines.txt``: a regular expression per line, and
above each one a comment with the reason why it is harmless.
"""
import re
from dataclasses import dataclass, field

from . import settings

ALLOWED = settings.ROOT / 'tests' / 'allowed_log_lines.txt'
_RECORD = re.compile(r'^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) \S+ '
                     r'(?P<text>.*)$')
_LEVELS = {'WARNING', 'ERROR', 'CRITICAL'}


@dataclass
class AllowedLines:
    """The reviewed list, and which of its entries were of use."""

    reasons: dict = field(default_factory=dict)  # compiled pattern -> reason
    used: set = field(default_factory=set)  # patterns, as text

    @classmethod
    def read(cls, path=ALLOWED):
        """Read the list; an entry without a reason is refused."""
        lines, reason = cls(), []
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if line.startswith('#'):
                reason.append(line.lstrip('# '))
            elif not line.strip():
                reason = []
            elif not reason:
                raise ValueError(f"{path.name}:{number}: an allowed line needs its reason above")
            else:
                lines.reasons[re.compile(line)] = ' '.join(reason)
        return lines

    def allows(self, text):
        """Return whether the log line ``text`` ("logger: message") is in the list."""
        for pattern in self.reasons:
            if pattern.search(text):
                self.used.add(pattern.pattern)
                return True
        return False

    def unused(self):
        """Return the patterns that never matched."""
        return [pattern.pattern for pattern in self.reasons if pattern.pattern not in self.used]


def records(log):
    """Yield level and text of each record of an Odoo log; a trace belongs to its record."""
    level, lines = None, []
    for line in log.splitlines():
        if found := _RECORD.match(line):
            if level:
                yield level, '\n'.join(lines)
            level, lines = found['level'], [found['text']]
        else:
            lines.append(line)
    if level:
        yield level, '\n'.join(lines)


def unexpected(log, allowed):
    """Return the records of ``log`` that were not reviewed."""
    return [f"{level} {text}" for level, text in records(log)
            if level in _LEVELS and not allowed.allows(text)]
