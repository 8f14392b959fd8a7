"""A room names nothing that only a later room knows: no model, no field, no method.

The models of receivers are read off the names of variables and links; what cannot be read so
is judged by its name alone, where no earlier room and no core model uses it.
"""
import ast
import re
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from rooms import (
    HOME,
    MENUS,
    ROOMS,
    SOURCES,
    classes,
    comodel,
    first_room,
    homes,
    is_field,
    links,
    model_of,
    names,
    room_of,
)

DOTTED = re.compile(r'[a-z_][a-z_0-9]*(\.[a-z_0-9]+)*(:\w+)?')
# core's records and plain Python objects have these names, too: where the receiver is not known,
# they say nothing about rooms
AMBIGUOUS = frozenset({
    '_compute_quantity', 'access_token', 'active', 'categ_id', 'city', 'commercial_partner_id',
    'company_ids', 'create_date',
    'country_id', 'facts', 'is_covered', 'lang', 'last_day', 'name', 'order_id', 'parent_id',
    'partner_id', 'phone', 'phone_sanitized', 'price_unit', 'quantity', 'reason', 'sale_line_ids',
    'state', 'value', 'uom_id', 'words'})
# attributes of views that hold expressions
EXPRESSIONS = ('invisible', 'readonly', 'required', 'column_invisible', 'context', 'domain')


@cache
def _only_later(name):
    """Return the number of the room in which our models first get this name."""
    rooms = [known[name][0] for known in names().values() if name in known]
    return None if name in _side_names() else min(rooms, default=None)


@cache
def _side_names():
    """Return the methods of wizards and reports, which stand in no room."""
    return {node.name for folder in ('wizard', 'report') for path in (HOME / folder).glob('*.py')
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.FunctionDef)}


def _later(room, model, name):
    """Return the later room that ``name`` needs, or None."""
    found = None if name in AMBIGUOUS else _only_later(name)
    if model:
        found = first_room(model, name)
    return ROOMS[found] if found is not None and found > room else None


def _path(room, model, dotted):
    """Return the wrong parts of a dotted name, read from ``model`` on."""
    wrong = []
    for name in dotted.partition(':')[0].split('.'):
        if model not in names():
            return wrong
        found = first_room(model, name)
        if found is not None and found > room:
            wrong.append(f'{name} ({ROOMS[found]})')
        model = links().get(name)
    return wrong


def _dotted(node):
    """Return the strings in ``node`` that may be names of fields."""
    return [one.value for one in ast.walk(node)
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
            and DOTTED.fullmatch(one.value)]


def _wrong_in(room, model, line):
    """Return what a line of a class of ``model`` names too early."""
    wrong = []
    if is_field(line):
        own = [keyword.value for keyword in line.value.keywords if keyword.arg == 'related']
        wrong += [bad for node in own for name in _dotted(node) for bad in _path(room, model, name)]
        other = comodel(line)
        wrong += [bad for name in _dotted(line.value) if other
                  for bad in _path(room, other, name)]
    for node in ast.walk(line):
        if isinstance(node, ast.Attribute):
            if other := _later(room, model_of(node.value, model), node.attr):
                wrong.append(f'{node.attr} ({other}), line {node.lineno}')
        elif isinstance(node, ast.Constant) and node.value in homes():
            other = homes()[node.value]
            wrong += [f'{node.value} ({other})'] if ROOMS.index(other) > room else []
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asked = model if ast.unparse(node.func.value) == 'api' else (
                model_of(node.func.value, model))
            wrong += [bad for arg in node.args for name in _dotted(arg)
                      for bad in _path(room, asked, name)]
    return wrong


@pytest.mark.parametrize('path', SOURCES, ids=lambda path: f'{path.parent.name}/{path.stem}')
def test_models_name_nothing_of_later_rooms(path):
    room = room_of(path)
    assert [f'{model}: {bad}' for model, __, node in classes(path) for line in node.body
            for bad in _wrong_in(room, model, line)] == []


def _blocks():
    """Return ``(room, file)`` of views, reports, forms, data and rules, from the manifest."""
    text = (HOME / '__manifest__.py').read_text()
    data = text[text.index("    'data': ["):text.index("    'demo': [")]
    return [(ROOMS.index(room), name)
            for room, files in re.findall(r"# (\w+): [^\n]+\n((?: +'[^\n]+,\n)+)", data)
            for name in re.findall(r"'([^']+\.xml)'", files) if name != MENUS]


def _wrong_in_view(room, model, node):
    wrong = []
    for child in node:
        name, inner = child.get('name', ''), model
        if child.tag in ('field', 'button') and DOTTED.fullmatch(name):
            wrong += _path(room, model, name)
            if child.tag == 'field' and len(child) and not child.get('position'):
                inner = links().get(name)
        for words in filter(None, map(child.get, EXPRESSIONS)):
            wrong += [bad for word in DOTTED.finditer(words) for bad in _path(room, model, word[0])]
        wrong += _wrong_in_view(room, inner, child)
    return wrong


@pytest.mark.parametrize(('room', 'name'), _blocks())
def test_views_and_data_name_nothing_of_later_rooms(room, name):
    tree = ET.parse(HOME / name)
    wrong = []
    for record in tree.iter('record'):
        arch, rule = record.find("field[@name='arch']"), record.find("field[@name='domain_force']")
        if arch is not None:
            wrong += _wrong_in_view(room, record.findtext("field[@name='model']"), arch)
        wrong += [bad for field in record.findall('field')
                  for bad in _path(room, record.get('model'), field.get('name'))]
        if rule is not None:
            ruled = record.find("field[@name='model_id']").get('ref').removeprefix('model_')
            model = next((one for one in names() if one.replace('.', '_') == ruled), None)
            wrong += [bad for word in DOTTED.finditer(rule.text)
                      for bad in _path(room, model, word[0])]
    for node in tree.iter():
        for key, words in node.attrib.items():
            if key.startswith('t-'):
                wrong += [f'{found} ({other})' for found in re.findall(r'\.([a-z_]\w+)', words)
                          if (other := _later(room, None, found))]
    assert wrong == []
