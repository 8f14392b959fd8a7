"""What the checks of rooms read: the order of the rooms, their files, who defines which name."""
import ast
import re
from collections import defaultdict
from functools import cache

from scripts import settings

HOME = settings.ROOT / 'aftersales_service'
ROOMS = re.findall(r'^from \. import (\w+)', (HOME / 'models' / '__init__.py').read_text(), re.M)
SOURCES = sorted(path for path in (HOME / 'models').glob('*/*.py') if path.stem != '__init__')
MENUS = 'views/aftersales_service_menus.xml'
# variables are called after what they hold
HELD = {
    'order': 'aftersales.order', 'card': 'aftersales.warranty', 'visit': 'aftersales.visit',
    'outlet': 'aftersales.outlet', 'cover': 'aftersales.warranty.cover',
    'policy': 'aftersales.warranty.policy', 'move': 'stock.move', 'lot': 'stock.lot',
    'product': 'product.product', 'partner': 'res.partner', 'company': 'res.company',
    'damage': 'aftersales.delivery.damage'}
# what returns records of the model that it is called on
_SAME = {'sudo', 'browse', 'search', 'search_fetch', 'create', 'filtered', 'sorted', 'exists',
         'with_context', 'with_company', 'with_env', '_origin'}


def value(node, name):
    """Return the literal that the body of a class gives to ``name``."""
    for line in node.body:
        if isinstance(line, ast.Assign) and getattr(line.targets[0], 'id', '') == name:
            return ast.literal_eval(line.value)
    return None


@cache
def classes(path):
    """Return ``(model, inherited names, node)`` of each model class of a file."""
    found = []
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ClassDef):
            inherited = value(node, '_inherit') or []
            inherited = [inherited] if isinstance(inherited, str) else inherited
            if name := value(node, '_name') or (inherited[0] if inherited else None):
                found.append((name, inherited, node))
    return found


def room_of(path):
    return ROOMS.index(path.parent.name)


@cache
def homes():
    """Return ``{model: room}`` of the models that the module makes."""
    return {name: path.parent.name for path in SOURCES for name, inherited, __ in classes(path)
            if name not in inherited}


def is_field(line):
    return isinstance(line, ast.Assign) and ast.unparse(line.value).startswith('fields.')


def comodel(line):
    """Return the model of a relational field, or None."""
    first = line.value.args[:1]
    name = ast.unparse(line.value.func)
    if first and name in ('fields.Many2one', 'fields.One2many', 'fields.Many2many'):
        return getattr(first[0], 'value', None)
    return None


@cache
def names():
    """Return ``{model: {name: (room, whether a field)}}``: which room first gives it what.

    A method that asks ``super()`` was there before: core's, or one of an earlier room.
    """
    found = defaultdict(dict)
    for path in SOURCES:
        for model, __, node in classes(path):
            for line in node.body:
                if isinstance(line, ast.FunctionDef) and 'super(' not in ast.unparse(line):
                    name, is_a_field = line.name, False
                elif is_field(line) and (line.value.args or line.value.keywords):
                    name, is_a_field = line.targets[0].id, True
                else:
                    continue
                known = found[model].get(name, (len(ROOMS),))
                found[model][name] = min(known, (room_of(path), is_a_field))
    return found


@cache
def parents():
    """Return ``{model: the models of ours that it inherits from}``."""
    found = defaultdict(set)
    for path in SOURCES:
        for model, inherited, __ in classes(path):
            found[model] |= set(inherited) - {model}
    return found


@cache
def first_room(model, name):
    """Return the number of the room that first gives ``model`` this name; None for core's."""
    rooms = [names()[model][name][0]] if name in names().get(model, {}) else []
    rooms += [room for parent in parents().get(model, ())
              if (room := first_room(parent, name)) is not None]
    return min(rooms, default=None)


@cache
def links():
    """Return ``{relational field: model}`` of the names that always mean the same model."""
    found = defaultdict(set)
    for path in SOURCES:
        for __, __, node in classes(path):
            for line in filter(is_field, node.body):
                if model := comodel(line):
                    found[line.targets[0].id].add(model)
    return {name: models.pop() for name, models in found.items() if len(models) == 1}


def model_of(node, model):
    """Return the model of the records that an expression in a class of ``model`` gives."""
    is_ours = model.startswith('aftersales.')  # an order of a core model is a sale
    if isinstance(node, ast.Name):
        if node.id == 'self':
            return model
        return HELD.get(node.id.removesuffix('s')) if is_ours else None
    if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith('.env'):
        return getattr(node.slice, 'value', None)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return model_of(node.func.value, model) if node.func.attr in _SAME else None
    if isinstance(node, ast.Call) and ast.unparse(node) == 'super()':
        return model
    if isinstance(node, ast.Attribute):
        owner = model_of(node.value, model)
        is_cores = not is_ours if owner is None else first_room(owner, node.attr) is None
        return None if is_cores else links().get(node.attr)
    return None
