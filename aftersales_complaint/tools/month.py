"""Months as languages write them."""
from datetime import date

from babel.dates import format_skeleton

from odoo.tools.misc import babel_locale_parse


def format_month(month: date, lang_code: str) -> str:
    """Return a month with its year, in the order of the language.

    >>> format_month(date(2026, 10, 1), 'en_US'), format_month(date(2026, 10, 1), 'zh_CN')
    ('October 2026', '2026年10月')
    """
    return format_skeleton('yMMMM', month, locale=babel_locale_parse(lang_code))
