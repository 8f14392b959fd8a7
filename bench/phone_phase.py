"""What it costs to find a caller among many partners by phone number."""
from odoo.tools import SQL

from .measure import measure, median_of
from .populate import copy_rows

SEEDS = 250
WARM_UP = 2
RUNS = 21


def bench_phone(database, session, case, size):
    """Return the costs of a known and of an unknown number typed into a new order."""
    known, partner_id = _fill(database, size)
    return {
        'rows': size,
        'known': _repeat(session, case, known, partner_id),
        'unknown': _repeat(session, case, '+8615900000000', False),
    }


def _fill(database, size):
    """Copy partners until there are ``size``; return one's number and id."""
    with database.superuser.transaction() as env:
        seed_ids = env['res.partner'].create([
            {'name': f'Bench Caller {number:03}', 'phone': f'+86 130 0000 {number:04}'}
            for number in range(SEEDS)]).ids
    copy_rows(database, 'res.partner', seed_ids, size, _changed_columns)
    with database.superuser.transaction() as env:
        partner = env['res.partner'].search([('id', '>', max(seed_ids))], order='id desc', limit=1)
        partner = partner or env['res.partner'].browse(seed_ids[-1])
        return partner.phone_sanitized, partner.id


def _changed_columns(_env, new_id):
    """Return ``{column: SQL}``: each copy has a name and a mobile number of its own."""
    number = SQL("'+8613' || lpad((%s)::text, 9, '0')", new_id)
    name = SQL("seed.name || ' ' || (%s)", new_id)
    return {'name': name, 'complete_name': name, 'commercial_partner_id': new_id,
            'phone': number, 'phone_sanitized': number}


def _repeat(session, case, number, partner_id):
    costs = []
    for _ in range(WARM_UP + RUNS):
        with measure() as cost, session.transaction() as env:
            found = env[case.model].new({'phone': number}).partner_id.id
        if found != partner_id:
            raise RuntimeError(f"{number} is the number of {partner_id}, not of {found}")
        costs.append(cost)
    return median_of(costs[WARM_UP:])
