"""What promises cost in bulk: given to many orders at once, and moved with the working time."""
from datetime import datetime, timedelta

from odoo import Command

from .master_data import find_or_create
from .measure import at_once, measure

BATCH = 1000
GROUPS = ('aftersales_service.group_aftersales_manager', 'base.group_system')


def bench_clocks(database, session, case, size):
    """Give ``size`` orders without clocks their promises, then change the opening hours.

    Each is one click of an administrator. With the hours all running clocks of the calendar
    are rescheduled before the transaction ends, and with them the orders' deadlines.
    """
    administrator = database.role('administrator', GROUPS)
    calendar_id = _promise_by_calendar(database)
    ids = _create_without_clocks(session, case, size)
    with measure() as given, administrator.transaction() as env:
        env[case.model].browse(ids).action_start_clocks()
    before = _deadlines(session, case, ids)
    with measure() as moved, administrator.transaction() as env:
        for attendance in env['resource.calendar'].browse(calendar_id).attendance_ids:
            attendance.hour_from += 1
    after = _deadlines(session, case, ids)
    if kept := [number for number in ids if not before[number] or before[number] == after[number]]:
        raise RuntimeError(f"{len(kept)} of {size} orders have no deadline, or kept theirs")
    return {'set': at_once(given, size), 'recompute': at_once(moved, size)}


def _promise_by_calendar(database):
    """Let all promised times count in the hours of one calendar; return its id."""
    with database.superuser.transaction() as env:
        [calendar_id] = find_or_create(env, 'resource.calendar', ['Bench Hours'], lambda name: {
            'tz': 'UTC', 'company_id': False, 'attendance_ids': [Command.clear(), *(
                Command.create({'name': str(day), 'dayofweek': str(day), 'day_period': 'full_day',
                                'hour_from': 8, 'hour_to': 17}) for day in range(5))]})
        env['aftersales.clock.target'].search([]).calendar_id = calendar_id
        return calendar_id


def _create_without_clocks(session, case, size):
    """Return the ids of orders as opening data of another system brings them, of one day."""
    ids, now = [], datetime.now()
    for first in range(0, size, BATCH):
        with session.transaction() as env:
            ids += env[case.model].create([
                {**case.values(number), 'date_event': now - timedelta(minutes=number % 1440)}
                for number in range(first, min(first + BATCH, size))]).ids
    with session.transaction() as env:
        env['aftersales.clock'].sudo().search(
            [('res_model', '=', case.model), ('res_id', 'in', ids)]).unlink()
        env.cr.execute("UPDATE aftersales_order SET date_deadline = NULL WHERE id = ANY(%s)", [ids])
    return ids


def _deadlines(session, case, ids):
    """Return ``{order id: deadline}``."""
    with session.transaction() as env:
        return {order.id: order.date_deadline for order in env[case.model].browse(ids)}
