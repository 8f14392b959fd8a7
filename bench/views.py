"""What the web client asks for: read specifications and domains, taken from the views."""
from lxml import etree

from odoo.tools.safe_eval import safe_eval

NO_HIT = 'zq-none-7'


def read_specifications(env, model):
    """Return ``{view type: specification}`` of list, kanban and form, as the client sends it."""
    views = env[model].get_views(
        [(False, kind) for kind in ('list', 'kanban', 'form')], {})
    return {kind: _specification(etree.fromstring(view['arch']), model, views['models'])
            for kind, view in views['views'].items()}


def form_specification(env, model, view_id):
    """Return what the client asks for to show a record in one form."""
    views = env[model].get_views([(view_id, 'form')], {})
    return _specification(etree.fromstring(views['views']['form']['arch']), model, views['models'])


def count_limit(env, model):
    """Return how far the client counts the records of the list: one more than it shows."""
    view = env[model].get_views([(False, 'list')], {})['views']['list']
    return int(etree.fromstring(view['arch']).get('count_limit', 10_000)) + 1


def _specification(node, model, models):
    specification = {}
    for child in node.iterchildren(etree.Element):
        if child.tag != 'field':
            specification.update(_specification(child, model, models))
        elif field := models[model]['fields'].get(child.get('name')):
            specification[child.get('name')] = _field_specification(child, field, models)
    return specification


def _field_specification(node, field, models):
    is_hidden = '1' in (hidden := (node.get('invisible'), node.get('column_invisible'))) or (
        'True' in hidden)
    if field['type'] in ('many2one', 'reference'):
        return {'fields': {} if is_hidden else {'display_name': {}}}
    if is_hidden:
        return {}
    if field['type'] in ('one2many', 'many2many'):
        for child in node.iterchildren('list', 'kanban'):
            return {'fields': _specification(child, field['relation'], models),
                    'limit': 40, 'order': ''}
        if node.get('widget', '').startswith('many2many'):
            return {'fields': {'display_name': {}}}
    return {}


def search_domain(env, model, typed):
    """Return the domain of a word typed in the search box: that of the view's first field."""
    view = env[model].get_views([(False, 'search')], {})['views']['search']
    field = etree.fromstring(view['arch']).find('.//field')
    if field.get('filter_domain'):
        return safe_eval(field.get('filter_domain'), {'self': typed})
    return [(field.get('name'), field.get('operator', 'ilike'), typed)]
