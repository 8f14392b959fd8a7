from datetime import datetime, timedelta

from odoo import Command, fields
from odoo.tools import SQL

from .. import master_data
from .case import Case

_AGENT = ('aftersales_service.group_aftersales_agent',)
_MONDAY = datetime(2030, 1, 7, 8)


class AftersalesOrder(Case):
    """Our service order: an on-site repair without parts, from the call to the closing."""

    model = 'aftersales.order'
    # plans the orders and does them: only technicians are given any
    groups = ('aftersales_service.group_aftersales_dispatcher',
              'aftersales_service.group_aftersales_technician')
    default_filter = [('date_closed', '=', False)]
    date_field = 'event_day'
    steps = ('assessed', 'scheduled', 'dispatched', 'on_site', 'done', 'signed', 'followed_up',
             'closed')
    tracked_step = 'assessed'
    restricted = ('agent-0', _AGENT)
    has_portal = True

    def prepare(self, env, uid):
        self.partner_ids = master_data.customers(env)
        self.product_ids = master_data.products(env, 'Device', 3)
        self.type_id = env.ref('aftersales_service.aftersales_order_type_repair_on_site').id
        self.user_ids = master_data.users(env, 'agent', 10, _AGENT)
        self.uid = uid

    def values(self, number):
        return {'partner_id': self.partner_ids[number % 50], 'type_id': self.type_id,
                'product_id': self.product_ids[number % 3],
                'description': f'Does not start ({number})', 'user_id': self.uid,
                'technician_id': self.uid, 'date_planned': _MONDAY + timedelta(hours=number % 500)}

    def do(self, step, records):
        if step == 'done':
            # as the customer's completion code does; a signature would measure the file store
            records.sudo().date_code_accepted = datetime.now()
        records.action_next()

    def stages(self, env):
        stages = env['aftersales.stage'].search([])
        closed = stages.filtered('is_closed')
        return (stages - closed).ids, closed.ids

    def portal_list(self, env):
        orders = env['aftersales.order']
        mine = [('partner_id', 'child_of', env.user.commercial_partner_id.id)]
        orders.search_count(mine)
        return [
            (order.get_portal_url(), order.name, order.type_id.name, order.date_event,
             order.product_id.display_name, order.stage_id.name, order.date_closed)
            for order in orders.search(mine, order='date_event desc, id desc', limit=80).sudo()]

    def portal_page(self, env, record_id):
        order = env['aftersales.order'].browse(record_id)
        order.check_access('read')
        order = order.sudo()
        return (order._get_page_steps(), order._get_page_photos(), order._get_page_documents(),
                order.product_id.display_name, order.stage_id.name, order.sale_order_ids.ids)

    def one_part(self):
        return ServiceOrderWithPart()

    def copied_columns(self, stage, is_open, date):
        user = SQL("(%s)[1 + seed.bench_rank %% %s]", self.user_ids, len(self.user_ids))
        closed = SQL("CASE WHEN NOT %s THEN %s END", is_open, date)
        return {'state': SQL("(SELECT state FROM aftersales_stage WHERE id = %s)", stage),
                'user_id': user, 'technician_id': user, 'create_uid': user,
                'date_event': date, 'event_day': SQL("(%s)::date", date),
                'date_planned': date, 'date_done': closed, 'date_closed': closed}


class ServiceOrderWithPart(AftersalesOrder):
    """An on-site repair under warranty, in which one part from stock is fitted."""

    steps = (*AftersalesOrder.steps[:4], 'part', *AftersalesOrder.steps[4:])

    def prepare(self, env, uid):
        super().prepare(env, uid)
        self.card_ids = warranty_cards(env, 50)
        [self.part_id] = master_data.products(env, 'Part', 1)

    def values(self, number):
        values = super().values(number)
        del values['partner_id'], values['product_id']  # both come with the card
        return {**values, 'warranty_id': self.card_ids[number % len(self.card_ids)]}

    def do(self, step, records):
        if step == 'part':
            records.part_ids = [Command.create(
                {'product_id': self.part_id, 'product_uom_qty': 1})]
        else:
            super().do(step, records)


def warranty_cards(env, count):
    """Return the ids of ``count`` new warranty cards that run, with a serial number each."""
    partner_ids = master_data.customers(env)
    product_ids = products_with_warranty(env, 3)
    products = env['product.product'].browse(product_ids)
    first = env['aftersales.warranty'].search_count([])
    return env['aftersales.warranty'].create([{
        'product_id': product_ids[number % 3],
        'policy_id': products[number % 3].warranty_policy_id.id,
        'partner_id': partner_ids[number % len(partner_ids)],
        'serial': f'BENCH-{first + number:07}', 'delivery_date': fields.Date.today(),
    } for number in range(count)]).ids


def products_with_warranty(env, count):
    """Return the ids of products whose delivery makes a warranty card for each unit."""
    ids = master_data.products(env, 'Covered Good', count)
    [policy_id] = master_data.find_or_create(
        env, 'aftersales.warranty.policy', ['Bench Policy'], lambda name: {'term_ids': [
            Command.create({'name': kind, 'kind': kind, 'months': 12})
            for kind in ('whole_unit', 'labour')]})
    env['product.product'].browse(ids).warranty_policy_id = policy_id
    return ids
