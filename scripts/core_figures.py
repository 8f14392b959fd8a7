"""What a database costs: run in an Odoo shell by ``scripts/test_core.py``, with or without us."""
import json
import os

MARK = 'FIGURES '
BUNDLES = ('web.assets_web', 'web.assets_frontend')


def _resident():
    """Return the memory of this process in MB."""
    with open('/proc/self/statm') as statm:
        return int(statm.read().split()[1]) * os.sysconf('SC_PAGE_SIZE') / 1e6


def _get_goods(env):
    """Return ten storable products, of which there is enough."""
    products = env['product.product'].create([
        {'name': f"Core goods {number}", 'is_storable': True} for number in range(10)])
    place = env['stock.warehouse'].search([], limit=1).lot_stock_id
    for product in products:
        env['stock.quant']._update_available_quantity(product, place, 1000)
    return products


def _order(env, model, partner, products, confirm):
    record = env[model].create({'partner_id': partner.id, 'order_line': [
        (0, 0, {'product_id': product.id}) for product in products]})
    getattr(record, confirm)()


def _count(env, action):
    """Return the statements of an action that was made before, with nothing read in advance."""
    for __ in range(2):
        env.flush_all()
        env.invalidate_all()
        before = env.cr.sql_log_count
        action()
        env.flush_all()
        env.cr.precommit.run()
    return env.cr.sql_log_count - before


def measure(env):
    """Print the figures of the database as one line; nothing is kept."""
    figures = {'memory': round(_resident(), 1)}
    env = env(user=env.ref('base.user_admin'))
    partner = env['res.partner'].create({'name': "Core buyer"})
    products = _get_goods(env)
    for name, model, confirm in (('sale', 'sale.order', 'action_confirm'),
                                 ('purchase', 'purchase.order', 'button_confirm')):
        if model in env:
            figures[f'statements of a {name}'] = _count(env, lambda model=model, confirm=confirm: (
                _order(env, model, partner, products, confirm)))
    for name in BUNDLES:
        bundle = env['ir.qweb']._get_asset_bundle(name)
        figures[f'kB of {name}'] = round(
            sum(len(part.raw) for part in (bundle.js(), bundle.css())) / 1000, 1)
    env.cr.rollback()
    print(MARK + json.dumps(figures))
