"""What planning costs: classes and stock suggestions of very many parts, and applying them."""
from odoo import fields
from odoo.tools import SQL

from .measure import at_once, measure, per_record
from .populate import copy_rows, vacuum

SEEDS = 100
MONTHS = 36
# of so many months one has a demand: parts are asked for seldom
ONE_IN = 3
APPLIED = 1000
GROUPS = ('aftersales_parts.group_parts_planner',)


def bench_parts(database, size):
    """Classify ``size`` parts, suggest minimum and maximum for a rule of each, apply some.

    Each part has a reordering rule at the stock of the warehouse, a vendor by its template, and
    three years of demand with empty months.
    """
    planner = database.role('planner', GROUPS)
    rows = _fill(database, size)
    result = {}
    with measure() as classes, database.superuser.transaction() as env:
        env['aftersales.part.class']._cron_classify()
    result['classes'] = at_once(classes, rows)
    with measure() as suggestions, database.superuser.transaction() as env:
        env['aftersales.part.suggestion']._cron_suggest()
    with database.superuser.transaction() as env:
        made = env['aftersales.part.suggestion'].search_count([('state', '=', 'new')])
        left = env['stock.warehouse.orderpoint'].search_count(
            [('product_id.is_spare_part', '=', True), ('aftersales_review_month', '=', False)])
    if left or not made:
        raise RuntimeError(f"{left} of {rows} rules were not looked at, {made} suggestions made")
    result['suggestions'] = at_once(suggestions, rows)
    with planner.transaction() as env:
        ids = env['aftersales.part.suggestion'].search([('state', '=', 'new')], limit=APPLIED).ids
    with measure() as applied, planner.transaction() as env:
        env['aftersales.part.suggestion'].browse(ids).action_apply()
    result['apply'] = per_record(applied, len(ids))
    return result


def _fill(database, size):
    """Copy parts with a rule, a vendor and a demand until there are ``size``."""
    with database.superuser.transaction() as env:
        stock = env['stock.warehouse'].search(
            [('company_id', '=', env.company.id)], limit=1).lot_stock_id
        vendor = env['res.partner'].create({'name': "Bench Vendor"})
        buy = env['stock.rule'].search(
            [('action', '=', 'buy'), ('location_dest_id', '=', stock.id)], limit=1).route_id
        parts = env['product.product'].create([{
            'name': f'Bench Part {number:03}', 'default_code': f'BP-{number:03}',
            'is_spare_part': True, 'is_storable': True, 'standard_price': 1 + number,
            'route_ids': [fields.Command.link(buy.id)],
            'seller_ids': [fields.Command.create(
                {'partner_id': vendor.id, 'delay': 5 + number % 40, 'price': 1 + number})],
        } for number in range(SEEDS)])
        today = fields.Date.today()
        last = fields.Date.subtract(today.replace(day=1), months=1)
        env.company.aftersales_demand_month = last
        part_ids, template_ids = parts.ids, parts.product_tmpl_id.ids
        place_id, vendor_id, currency_id = stock.id, vendor.id, env.company.currency_id.id
        warehouse_id, company_id = stock.warehouse_id.id, env.company.id
    # each part is a product of its own: a variant cannot stand twice under one template
    rows = copy_rows(database, 'product.template', template_ids, size, lambda _env, new_id: {
        'name': SQL("jsonb_build_object('en_US', 'Bench Part ' || (%s))", new_id)})
    with database.superuser.transaction() as env:
        columns = [SQL.identifier(field.name) for field in env['product.product']._fields.values()
                   if field.store and field.column_type
                   and field.name not in ('id', 'product_tmpl_id', 'default_code', 'barcode')]
        env.cr.execute(SQL(
            "INSERT INTO product_product (product_tmpl_id, default_code, %(columns)s)"
            " SELECT template.id, 'BP-' || template.id, seed.*"
            " FROM (SELECT %(columns)s FROM product_product WHERE id = %(seed)s) seed"
            " CROSS JOIN product_template template"
            " WHERE template.is_spare_part AND NOT EXISTS"
            " (SELECT FROM product_product WHERE product_tmpl_id = template.id)",
            columns=SQL(", ").join(columns), seed=part_ids[0]))
        env.cr.execute(SQL(
            "INSERT INTO product_supplierinfo (partner_id, product_tmpl_id, delay, min_qty, price,"
            " sequence, currency_id, product_uom_id)"
            " SELECT %s, template.id, 5 + template.id %% 40, 0, 1, 1, %s, template.uom_id"
            " FROM product_template template WHERE template.is_spare_part AND NOT EXISTS"
            " (SELECT FROM product_supplierinfo WHERE product_tmpl_id = template.id)",
            vendor_id, currency_id))
    with database.superuser.transaction() as env:
        parts = SQL("SELECT id FROM product_product WHERE default_code LIKE 'BP-%%'")
        env.cr.execute(SQL(
            "INSERT INTO stock_warehouse_orderpoint (name, product_id, location_id, warehouse_id,"
            " company_id, trigger, active, product_min_qty, product_max_qty)"
            " SELECT 'B' || id, id, %s, %s, %s, 'manual', true, 50, 90 FROM (%s) part"
            " WHERE NOT EXISTS (SELECT FROM stock_warehouse_orderpoint WHERE product_id = part.id)",
            place_id, warehouse_id, company_id, parts))
        env.cr.execute(SQL(
            "INSERT INTO aftersales_part_demand (month, company_id, asked_product_id, product_id,"
            " source, warehouse_id, location_id, asked_quantity, quantity, line_count,"
            " at_once_count)"
            " SELECT (%(last)s::date - back * interval '1 month')::date, %(company)s, id, id,"
            " 'import', %(warehouse)s, %(place)s, 1 + (id * 7 + back * 3) %% 9,"
            " 1 + (id * 7 + back * 3) %% 9, 1, 1"
            " FROM (%(parts)s) part CROSS JOIN generate_series(0, %(months)s) back"
            " WHERE (id * 11 + back * 5) %% %(one_in)s = 0",
            last=last, company=company_id, warehouse=warehouse_id, place=place_id, parts=parts,
            months=MONTHS - 1, one_in=ONE_IN))
    for table in ('product_product', 'product_supplierinfo', 'stock_warehouse_orderpoint',
                  'aftersales_part_demand'):
        vacuum(database, SQL.identifier(table))
    return rows

