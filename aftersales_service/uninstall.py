"""What Odoo itself leaves behind when one of our modules goes: each module's hook calls this."""
from odoo import Command


def clean_up(env, module):
    """Prepare the removal of ``module``; what Odoo removes by itself stays to it.

    Called by the ``uninstall_hook`` of each module of the suite, as superuser, before Odoo
    deletes the module's records, fields and tables. Raises nothing.

    :param str module: the technical name of the module that goes
    """
    _keep_users_at_work(env, module)
    _forget_values(env, module)
    _forget_schema(env, module)
    _take_tables_along(env, module)


def keep_in_use(env, module, model, *uses):
    """Leave shipped records of a core model to those who use them: Odoo deletes them else.

    Called by a module's ``uninstall_hook``, as superuser. Raises nothing.

    :param str module: the technical name of the module that goes
    :param str model: the model of the records
    :param uses: ``(model, field)`` of many2one fields that may name them
    """
    ids, used = _get_ids(env, module, model), set()
    for user_model, field in uses:
        rows = env[user_model].with_context(active_test=False).search([(field, 'in', ids)])
        if user_model == model:
            rows -= rows.browse(ids)
        used.update(rows[field].ids)
    env['ir.model.data'].search([
        ('module', '=', module), ('model', '=', model), ('res_id', 'in', list(used))]).unlink()


def _get_ids(env, module, model):
    return env['ir.model.data'].search(
        [('module', '=', module), ('model', '=', model)]).mapped('res_id')


def _get_own_ids(env, module, model, gone):
    """Return the ids of what no module names that stays: of others' we only have a name."""
    named = env['ir.model.data'].search(
        [('model', '=', model), ('res_id', 'in', _get_ids(env, module, model))])
    return list(set(named.mapped('res_id')) - set(
        named.filtered(lambda data: data.module not in gone).mapped('res_id')))


def _keep_users_at_work(env, module):
    """Leave people whose only role was ours in the company: users without a group cannot log in."""
    groups = env['res.groups'].browse(_get_ids(env, module, 'res.groups'))
    internal = env.ref('base.group_user')
    users = env['res.users'].with_context(active_test=False).search(
        [('all_group_ids', 'in', groups.ids)]) if groups else env['res.users']
    left = users.filtered(lambda user: internal in user.all_group_ids and internal not in (
        user.group_ids - groups).all_implied_ids)
    left.group_ids = [Command.link(internal.id)]


def _forget_values(env, module):
    """Delete the costs of the services that we ship: Odoo keeps them without their product."""
    products = env['product.product'].browse(_get_ids(env, module, 'product.product'))
    for model in ('stock.move', 'sale.order.line', 'account.move.line'):
        # what is in use stays, and its cost with it
        products -= env[model].search([('product_id', 'in', products.ids)]).product_id
    if products:
        env['product.value'].search([('product_id', 'in', products.ids)]).unlink()


def _forget_schema(env, module):
    """Delete what describes our columns on core's tables: keys, parents, choices."""
    env['ir.model.constraint'].search([('module.name', '=', module), ('type', '=', 'f')]).unlink()
    gone = {module, *env['ir.module.module'].search([('state', '=', 'to remove')]).mapped('name')}
    for name, model in env.items():
        classes = [(cls.__module__.split('.')[2], cls) for cls in type(model).mro()
                   if cls.__module__.startswith('odoo.addons.') and cls._name == name]
        if {home for home, __ in classes} & gone:
            parents = {name}.union(*(
                _as_list(cls._inherit) for home, cls in classes if home not in gone))
            env['ir.model.inherit'].search([
                ('model_id.model', '=', name), ('parent_id.model', 'not in', list(parents)),
                ('parent_field_id', '=', False)]).unlink()
    selections = env['ir.model.fields.selection'].search([
        '|', ('field_id.model_id', 'in', _get_own_ids(env, module, 'ir.model', gone)),
        ('field_id', 'in', _get_own_ids(env, module, 'ir.model.fields', gone))])
    # a choice that a mixin of core gives to a model of ours is named as core's
    env['ir.model.data'].search([
        ('model', '=', 'ir.model.fields.selection'), ('res_id', 'in', selections.ids),
        ('module', '!=', module)]).unlink()


def _take_tables_along(env, module):
    """Let Odoo drop the tables of lists that a mixin of a module that stays gave to ours."""
    gone = {module, *env['ir.module.module'].search([('state', '=', 'to remove')]).mapped('name')}
    going = set(env['ir.model'].browse(_get_own_ids(env, module, 'ir.model', gone)).mapped('model'))
    tables = {True: set(), False: set()}
    for name, model in env.items():
        tables[name in going].update(
            field.relation for field in model._fields.values()
            if field.type == 'many2many' and field.store)
    env['ir.model.relation'].search([
        ('name', 'in', list(tables[True] - tables[False]))
    ]).module = env['ir.module.module'].search([('name', '=', module)])


def _as_list(names):
    return [names] if isinstance(names, str) else names or []
