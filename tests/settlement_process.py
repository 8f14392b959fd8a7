"""A second Odoo process, for test_settlement_killed: it prepares a return, or settles it.

Started as ``python settlement_process.py <options of Odoo as JSON> <database> <what> [id]``;
it says on its standard output how far it is.
"""
import json
import sys


def _environment(options, database):
    from odoo.modules.registry import Registry
    from odoo.tools import config
    config.parse_config([f'--{name}={value}' for name, value in options.items()])
    return Registry(database)


def _say(**facts):
    print(json.dumps(facts), flush=True)


def _prepare(env):
    """Sell, deliver and invoice a unit, take it back and inspect it."""
    from odoo.fields import Command
    env.company.aftersales_return_limit = 0
    policy = env['aftersales.warranty.policy'].create({
        'name': "Killed", 'term_ids': [Command.create({
            'name': "Whole unit", 'kind': 'whole_unit', 'months': 12})]})
    product = env['product.product'].create({
        'name': "Killed Conditioner", 'is_storable': True, 'list_price': 3000,
        'warranty_policy_id': policy.id})
    customer = env['res.partner'].create({'name': "Li Na"})
    stock = env['stock.warehouse'].search([('company_id', '=', env.company.id)], limit=1)
    env['stock.quant']._update_available_quantity(product, stock.lot_stock_id, 1)
    sale = env['sale.order'].create({'partner_id': customer.id, 'order_line': [
        Command.create({'product_id': product.id, 'product_uom_qty': 1})]})
    sale.action_confirm()
    sale.picking_ids.button_validate()
    invoice = sale._create_invoices()
    invoice.action_post()
    card = env['aftersales.warranty'].search([('sale_line_id', '=', sale.order_line.id)])
    record = env['aftersales.return'].create({
        'partner_id': customer.id, 'sale_order_id': sale.id, 'goodwill_reason': "A test",
        'reason_id': env.ref('aftersales_service.aftersales_return_reason_quality').id,
        'line_ids': [Command.create({'warranty_id': card.id})]})
    if 'coupon' in record.line_ids._get_refund_settlements():
        _choose_coupon(env, record, invoice)
    record.action_authorise()
    record.action_receive()
    record.line_ids.grade = 'A'
    record.action_inspected()
    return record


def _choose_coupon(env, record, invoice):
    """Where coupons are installed, settle by one: the goods are paid, a programme is chosen."""
    env.company.aftersales_coupon_program_id = env.ref('loyalty.gift_card_program')
    env['account.payment.register'].with_context(
        active_model='account.move', active_ids=invoice.ids).create({})._create_payments()
    record.line_ids.settlement = 'coupon'


def _settle_and_stop(env, record):
    """Settle, and stand still after the credit note: the starting process kills it there."""
    def stand_still(records):
        env.flush_all()
        _say(refunds=env['account.move'].search_count([('move_type', '=', 'out_refund')]))
        sys.stdin.read()

    type(record)._settle_cards = stand_still
    record.action_settle()


def _settle_twice(registry, record_id):
    """Settle as two users at once: one wins, the other is refused."""
    from odoo.api import SUPERUSER_ID, Environment
    from odoo.exceptions import UserError
    with registry.cursor() as first, registry.cursor() as second:
        winner, loser = (
            Environment(cr, SUPERUSER_ID, {})['aftersales.return'].browse(record_id)
            for cr in (first, second))
        winner.action_settle()
        winner.env.flush_all()
        try:
            loser.action_settle()
        except UserError as refusal:
            second.rollback()
            return str(refusal)
    return "no refusal"


def main():
    from odoo.api import SUPERUSER_ID, Environment
    options, database, what, *ids = sys.argv[1:]
    registry = _environment(json.loads(options), database)
    if what == 'twice':
        _say(answer=_settle_twice(registry, int(ids[0])))
        return
    with registry.cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {'lang': 'en_US'})
        if what == 'prepare':
            record = _prepare(env)
            cr.commit()
            _say(id=record.id)
        else:
            _settle_and_stop(env, env['aftersales.return'].browse(int(ids[0])))


if __name__ == '__main__':
    main()
