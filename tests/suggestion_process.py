"""A second Odoo process, for test_suggestions_killed: it prepares parts, or runs the crons.

Started as ``python suggestion_process.py <options of Odoo as JSON> <database> <what>``; it says on
its standard output how far it is.
"""
import json
import sys

from settlement_process import _environment, _say

PARTS = 6


def _prepare(env):
    """Make parts with a rule and two years of demand, counted until the last month."""
    from odoo import fields
    today = fields.Date.today()
    last = fields.Date.subtract(today.replace(day=1), months=1)
    # other parts of the copy were looked at already
    env['stock.warehouse.orderpoint'].search([]).aftersales_review_month = today
    stock = env['stock.warehouse'].search([('company_id', '=', env.company.id)], limit=1)
    parts = env['product.product'].create([
        {'name': f"Killed {number}", 'is_spare_part': True, 'is_storable': True}
        for number in range(PARTS)])
    env['stock.warehouse.orderpoint'].create([
        {'product_id': part.id, 'location_id': stock.lot_stock_id.id, 'trigger': 'manual',
         'product_min_qty': 500, 'product_max_qty': 900} for part in parts])
    env['aftersales.part.demand'].create([
        {'month': fields.Date.subtract(last, months=back), 'asked_product_id': part.id,
         'asked_quantity': 10} for part in parts for back in range(24)])
    env['res.company'].search([]).aftersales_demand_month = last


def _count(env):
    """Return how many rules of the parts were looked at, and how many have a suggestion."""
    points = env['stock.warehouse.orderpoint'].search([('product_id.name', 'like', "Killed %")])
    return {'seen': len(points.filtered('aftersales_review_month')),
            'made': len(points.aftersales_suggestion_ids)}


def _run(env, stops):
    """Run in batches of two as the cron does; stand still in the second batch to be killed."""
    suggestions = type(env['aftersales.part.suggestion'])
    cron, plain, batches = type(env['ir.cron']), suggestions._suggest, []

    def commit(records, processed=0, *, remaining=None, deactivate=False):
        records.env.cr.commit()
        return 100.0

    def suggest(records, company, points):
        result = plain(records, company, points)
        records.env.flush_all()
        batches.append(points.ids)
        if stops and len(batches) == 2:
            _say(batch=len(batches))
            sys.stdin.read()
        return result

    cron._commit_progress, suggestions._suggest = commit, suggest
    env['aftersales.part.suggestion']._cron_suggest(batch_size=2)


def main():
    from odoo.api import SUPERUSER_ID, Environment
    options, database, what = sys.argv[1:]
    registry = _environment(json.loads(options), database)
    with registry.cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {'lang': 'en_US'})
        if what == 'prepare':
            _prepare(env)
            cr.commit()
        elif what != 'count':
            _run(env, what == 'stop')
            cr.commit()
        _say(**_count(env))


if __name__ == '__main__':
    main()
