"""Pieces of SQL that the analysis views share."""
from odoo.tools import SQL


def local_day(instant: SQL, timezone: SQL) -> SQL:
    """Return the day of a UTC instant in a time zone; UTC where the zone is NULL."""
    return SQL(
        "((%s AT TIME ZONE 'UTC') AT TIME ZONE COALESCE(%s, 'UTC'))::date", instant, timezone)


def whole_months(since: SQL, until: SQL) -> SQL:
    """Return the whole calendar months between two days; a month is full on its own date."""
    return SQL(
        "(EXTRACT(YEAR FROM age(%(until)s, %(since)s)) * 12"
        " + EXTRACT(MONTH FROM age(%(until)s, %(since)s)))::integer", since=since, until=until)
