"""The code on the trainer's screen by which learners sign in."""

import hashlib
import hmac
import re

PERIOD = 30  # seconds for which the screen shows a code
DIGITS = 16  # hexadecimal digits of a code: 64 bits
GRACE = 1  # codes before the present one that are taken: who scans needs a moment to tap


def make_code(secret: str, session_id: int, now: float) -> str:
    """Return what the screen of a session shows at ``now`` (seconds since 1970).

    The code names its session and its window of ``PERIOD`` seconds, and proves both.

    >>> make_code('s', 7, 60.0) == make_code('s', 7, 89.9)
    True
    >>> make_code('s', 7, 60.0) == make_code('s', 7, 90.0)
    False
    >>> make_code('s', 7, 60.0).split('-')[:2]
    ['7', '2']
    """
    window = int(now // PERIOD)
    return f'{session_id}-{window}-{_sign(secret, session_id, window)}'


def read_session(code: object) -> int | None:
    """Return the number of the session that a code names, ``None`` for anything else.

    >>> read_session('7-2-0123456789abcdef'), read_session('7-2'), read_session(None)
    (7, None, None)
    """
    parts = _split(code)
    return parts[0] if parts else None


def judge_code(secret: str, code: object, now: float) -> str:
    """Return 'right', 'late' for a genuine code whose time is over, or 'wrong'.

    >>> code = make_code('s', 7, 60.0)
    >>> judge_code('s', code, 61.0), judge_code('s', code, 119.0), judge_code('s', code, 120.0)
    ('right', 'right', 'late')
    >>> judge_code('other', code, 61.0), judge_code('s', code, 30.0), judge_code('s', 5, 30.0)
    ('wrong', 'wrong', 'wrong')
    """
    parts = _split(code)
    if not parts:
        return 'wrong'
    session_id, window, signature = parts
    age = int(now // PERIOD) - window
    if not hmac.compare_digest(signature, _sign(secret, session_id, window)) or age < 0:
        return 'wrong'
    return 'right' if age <= GRACE else 'late'


def _split(code: object) -> tuple[int, int, str] | None:
    if not isinstance(code, str):
        return None
    match = re.fullmatch(rf'([0-9]{{1,9}})-([0-9]{{1,12}})-([0-9a-f]{{{DIGITS}}})', code)
    return match and (int(match[1]), int(match[2]), match[3])


def _sign(secret: str, session_id: int, window: int) -> str:
    message = f'{session_id}-{window}'.encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()[:DIGITS]
