"""What monthly scores cost: figures of very many technicians over very many orders, and sheets."""
from odoo import fields
from odoo.tools import SQL

from . import master_data
from .cases.service import warranty_cards
from .measure import at_once, measure
from .populate import copy_rows, vacuum

SEEDS = 100
TECHNICIANS = 5000
ORDERS_OF_A_CARD = 2
TECHNICIAN = ('aftersales_service.group_aftersales_technician',)


def bench_scores(database, size, technicians=TECHNICIANS):
    """Measure all indicators of ``technicians`` over ``size`` orders done last month, make sheets.

    A third of the orders is rated, each has a promise to arrive, units come back now and then.
    """
    month, user_ids = _fill(database, size, min(technicians, size))
    with measure() as measured, database.superuser.transaction() as env:
        kpis = env['aftersales.kpi']._get_valid(env.company, month, 'technician')
        figures = kpis._measure(env.company, month, env['res.users'].browse(user_ids))
        judged = {kpi.formula for row in figures.values() for kpi in row}
    if missing := {'first_fix', 'repeat', 'response', 'satisfaction', 'behaviour'} - judged:
        raise RuntimeError(f"not measured: {', '.join(sorted(missing))}")
    with measure() as made, database.superuser.transaction() as env:
        env['aftersales.score']._make_sheets(
            env.company, month, 'technician', env['res.users'].browse(user_ids))
    return {'measure': at_once(measured, size), 'sheets': at_once(made, len(user_ids))}


def _fill(database, size, technicians):
    """Copy technicians, cards, orders and promises; return the month and the technicians."""
    with database.superuser.transaction() as env:
        seeds = master_data.users(env, 'technician', min(SEEDS, technicians), TECHNICIAN)
        users = env['res.users'].browse(seeds)
        [[last_partner]] = env.execute_query(SQL("SELECT max(id) FROM res_partner"))
        [[last_user]] = env.execute_query(SQL("SELECT max(id) FROM res_users"))
        [[partners]] = env.execute_query(SQL("SELECT count(*) FROM res_partner"))
        [[others]] = env.execute_query(SQL("SELECT count(*) FROM res_users"))
        partner_ids = users.partner_id.ids
        month = env['aftersales.score']._get_last_month()
    more = technicians - len(seeds)
    if others < technicians:
        copy_rows(database, 'res.partner', partner_ids, partners + more, lambda _env, new_id: {
            'name': SQL("'Bench Technician ' || (%s)", new_id), 'access_token': SQL("NULL"),
            'commercial_partner_id': new_id, 'signup_type': SQL("NULL")})
        copy_rows(database, 'res.users', seeds, others + more, lambda _env, new_id: {
            'login': SQL("'bench-technician-c' || (%s)", new_id),
            'partner_id': SQL("(%s) + %s", new_id, last_partner - last_user)})
    with database.superuser.transaction() as env:
        user_ids = env['res.users'].search(
            [('login', '=like', 'bench-technician%')], limit=technicians).ids
        env.registry.clear_cache()
        card_seeds = warranty_cards(env, SEEDS)
        [[last_card]] = env.execute_query(SQL("SELECT max(id) FROM aftersales_warranty"))
        [[cards]] = env.execute_query(SQL("SELECT count(*) FROM aftersales_warranty"))
    wanted = max(size // ORDERS_OF_A_CARD, SEEDS)
    copy_rows(database, 'aftersales.warranty', card_seeds, cards + wanted, lambda _env, new_id: {
        'serial': SQL("'BENCH-C' || (%s)", new_id), 'access_token': SQL("NULL"),
        'name': SQL("'BENCH-' || (%s)", new_id)})
    with database.superuser.transaction() as env:
        ids = _create_seeds(env)
        [[orders]] = env.execute_query(SQL("SELECT count(*) FROM aftersales_order"))
    done = SQL("%s::timestamp + ((copy * 97 + seed.bench_rank * 7) %% 40000) * interval '1 minute'",
               month)
    copy_rows(database, 'aftersales.order', ids, orders + size, lambda _env, new_id: {
        'name': SQL("'BENCH-S-' || (%s)", new_id), 'access_token': SQL("NULL"),
        'technician_id': SQL("(%s::int[])[1 + (%s) %% %s]", user_ids, new_id, len(user_ids)),
        'warranty_id': SQL("%s + 1 + (%s) %% %s", last_card, new_id, wanted),
        'state': SQL("'done'"), 'date_done': done,
        'date_event': SQL("%s - interval '1 day'", done),
        'event_day': SQL("(%s - interval '1 day')::date", done),
        'rating_last_value': SQL("CASE WHEN (%s) %% 3 = 0 THEN 1 + (%s) %% 5 ELSE 0 END",
                                 new_id, new_id)})
    _promise(database, month)
    return month, user_ids


def _create_seeds(env):
    """Return the ids of orders that the copies are made of."""
    partner_ids = master_data.customers(env)
    kind = env.ref('aftersales_service.aftersales_order_type_repair_on_site')
    return env['aftersales.order'].create([
        {'partner_id': partner_ids[number % len(partner_ids)], 'type_id': kind.id,
         'description': f'Score {number}'} for number in range(SEEDS)]).ids


def _promise(database, month):
    """Give each copied order a promise to arrive; nine of ten were met."""
    with database.superuser.transaction() as env:
        env.cr.execute(SQL(
            "INSERT INTO aftersales_clock (res_model, res_id, company_id, kind, duration, unit,"
            " date_start, date_deadline, date_stopped, result)"
            " SELECT 'aftersales.order', id, company_id, 'arrive', 24, 'hours', date_event,"
            " date_event + interval '1 day', date_done,"
            " CASE WHEN id %% 10 = 0 THEN 'missed' ELSE 'met' END FROM aftersales_order"
            " WHERE name LIKE 'BENCH-S-%%' AND date_done >= %s", fields.Date.to_string(month)))
    vacuum(database, SQL.identifier('aftersales_clock'))
