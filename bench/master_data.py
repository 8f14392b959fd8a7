"""Customers and products that the cases share, made once in a database."""
from odoo import Command


def find_or_create(env, model, names, prepare):
    """Return the ids of the records called ``names``; ``prepare(name)`` gives missing ones."""
    known = {record.name: record.id for record in env[model].search([('name', 'in', names)])}
    missing = [name for name in names if name not in known]
    created = env[model].create([{'name': name, **prepare(name)} for name in missing])
    known.update(zip(missing, created.ids, strict=True))
    return [known[name] for name in names]


def customers(env, count=50):
    """Return the ids of ``count`` customers with an address and an e-mail."""
    return find_or_create(env, 'res.partner', [f'Bench Customer {i:02}' for i in range(count)],
                          lambda name: {
        'email': name.lower().replace(' ', '.') + '@bench.example.com',
        'phone': '+1 555 0100', 'street': f'{name} Street', 'city': 'Bench'})


def products(env, kind, count):
    """Return the ids of ``count`` storable products with a million units in stock each."""
    names = [f'Bench {kind} {i:02}' for i in range(count)]
    ids = find_or_create(env, 'product.product', names, lambda name: {
        'type': 'consu', 'is_storable': True, 'list_price': 10})
    location = env['stock.warehouse'].search(
        [('company_id', '=', env.company.id)], limit=1).lot_stock_id
    for product in env['product.product'].browse(ids).filtered(lambda item: not item.qty_available):
        env['stock.quant']._update_available_quantity(product, location, 1_000_000)
    return ids


def users(env, name, count, groups):
    """Return the ids of ``count`` users with the given groups, named as by ``Database.role``."""
    logins = [f'bench-{name}-{i}' for i in range(count)]
    group_ids = [env.ref(xmlid).id for xmlid in ('base.group_user', *groups)]
    return find_or_create(env, 'res.users', logins, lambda login: {
        'login': login, 'email': f'{login}@bench.example.com',
        'group_ids': [Command.set(group_ids)]})


def project(env, stages):
    """Return the ids of a project with the given stages, and of the stages."""
    stage_ids = find_or_create(env, 'project.task.type', [f'Bench {name}' for name in stages],
                               lambda name: {'user_id': False, 'fold': name.endswith(stages[-1])})
    [project_id] = find_or_create(env, 'project.project', ['Bench Project'], lambda name: {
        'type_ids': [Command.set(stage_ids)]})
    return project_id, stage_ids
