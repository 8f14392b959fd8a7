"""Why a person may not do a piece of work: pure Python, no Odoo import."""
from typing import NamedTuple


class Unqualified(NamedTuple):
    """A reason against a technician, as one sentence or part of one.

    ``is_statutory`` says that the law asks for what is missing: nothing overrules it. Other
    reasons are warned of or refused, as the company chooses; ``is_strict`` says which, where a
    skill has a rule of its own.
    """

    words: str
    is_statutory: bool = False
    is_strict: bool | None = None
