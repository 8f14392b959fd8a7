"""What the suite adds to core's own work: selling and delivering ten products."""
from odoo import Command

from . import master_data
from .measure import measure, median_of

GROUPS = ('sales_team.group_sale_salesman_all_leads', 'stock.group_stock_user')
STEPS = ('create', 'confirm', 'deliver')
LINES = 10
WARM_UP = 3
ROUNDS = 9


def bench_flow(database, make_products=None):
    """Return ``{step: cost}`` of sale orders with ten lines, one after the other.

    Of the times the median, of the statements the fewest: core writes the moves of a delivery
    in one group or in two, by the second in which the clock turns.
    ``make_products(env, count)`` returns the ids of other goods than plain ones.
    """
    make_products = make_products or (lambda env, count: master_data.products(env, 'Good', count))
    session = database.role('seller', GROUPS)
    with database.superuser.transaction() as env:
        [partner_id, *_] = master_data.customers(env)
        product_ids = make_products(env, LINES)
    costs = {step: [] for step in STEPS}
    for _ in range(WARM_UP + ROUNDS):
        for step, cost in zip(STEPS, _sell(session, partner_id, product_ids), strict=True):
            costs[step].append(cost)
    return {step: _fewest(median_of(costs[step][WARM_UP:])) for step in STEPS}


def _fewest(figures):
    return {**figures, 'queries': figures['queries_range'][0]}


def _sell(session, partner_id, product_ids):
    """Sell once; yield the cost of each step, a transaction of its own."""
    with measure() as cost, session.transaction() as env:
        order_id = env['sale.order'].create({
            'partner_id': partner_id,
            'order_line': [Command.create({'product_id': product_id, 'product_uom_qty': 1})
                           for product_id in product_ids]}).id
    yield cost
    with measure() as cost, session.transaction() as env:
        env['sale.order'].browse(order_id).action_confirm()
    yield cost
    with session.transaction() as env:
        picking_id = env['sale.order'].browse(order_id).picking_ids.id
    with measure() as cost, session.transaction() as env:
        picking = env['stock.picking'].browse(picking_id)
        picking.move_ids.picked = True
        done = picking.with_context(skip_sms=True).button_validate()
    if done is not True:
        raise RuntimeError(f"the delivery asks for more: {done}")
    yield cost
