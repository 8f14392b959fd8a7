"""What the nightly cron costs that writes the states of warranty cards."""
from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from . import master_data
from .cases.service import products_with_warranty
from .measure import at_once, measure
from .populate import copy_rows

SEEDS = 250
NIGHTS = 730  # the covers of a register of two years' sales end on as many nights
MANY = 100_000


def bench_states(database, size):
    """Run the cron in a register of ``size`` cards that have all run out.

    First on a usual night, which finds the covers of one day's sales at their end; then with
    very many cards due at once, as after a restored backup.
    """
    rows = _fill(database, size)
    return {'rows': rows, 'usual': _run(database, rows // NIGHTS),
            'many': _run(database, min(rows, MANY))}


def _fill(database, size):
    """Copy cards until there are ``size``; return their number."""
    with database.superuser.transaction() as env:
        [product_id] = products_with_warranty(env, 1)
        partner_ids = master_data.customers(env)
        today = fields.Date.today()
        seed_ids = env['aftersales.warranty'].create([{
            'product_id': product_id, 'partner_id': partner_ids[number % len(partner_ids)],
            'serial': f'OLD-{number:03}', 'delivery_date': today - timedelta(days=400 + number),
        } for number in range(SEEDS)]).ids
    return copy_rows(database, 'aftersales.warranty', seed_ids, size, lambda _env, new_id: {
        'name': SQL("seed.name || '-' || (%s)", new_id),
        'serial': SQL("seed.serial || '-' || (%s)", new_id), 'access_token': SQL("NULL")})


def _run(database, due):
    """Let ``due`` expired cards run out tonight; return the cost of the cron."""
    with database.superuser.transaction() as env:
        env.cr.execute(SQL(
            "UPDATE aftersales_warranty SET state = 'covered', date_state_due = %s WHERE id IN"
            " (SELECT id FROM aftersales_warranty WHERE date_end < %s ORDER BY id LIMIT %s)",
            fields.Date.today(), fields.Date.today(), due))
        due = env.cr.rowcount
    with measure() as cost, database.superuser.transaction() as env:
        env['aftersales.warranty']._cron_update_states()
    with database.superuser.transaction() as env:
        cards = env['aftersales.warranty']
        if left := cards.search_count(cards._get_state_due_domain()):
            raise RuntimeError(f"{left} of {due} cards are still due")
    return at_once(cost, due)
