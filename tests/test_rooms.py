"""The rooms of the service module build on each other in one order; files say what is in them."""
import ast
import re

import pytest
from rooms import HOME, MENUS, ROOMS, SOURCES, classes, homes, is_field

from scripts import fingerprint, settings

HEAD = ['security/aftersales_service_groups.xml', 'security/ir.model.access.csv']


@pytest.mark.parametrize('room', ROOMS)
def test_a_room_builds_on_earlier_rooms_only(room):
    known, made = set(ROOMS[:ROOMS.index(room) + 1]), homes()
    wrong = []
    for path in SOURCES:
        if path.parent.name != room:
            continue
        imported = re.findall(r'^from \.\.(\w+)', path.read_text(), re.M)
        extended = [made[name] for __, names, __ in classes(path) for name in names if name in made]
        wrong += [f'{path.name}: {other}' for other in {*imported, *extended} - known]
    assert wrong == []


def _loaded():
    """Return the files of the models in the order in which Python loads them."""
    return [HOME / 'models' / room / f'{name}.py' for room in ROOMS
            for node in ast.parse((HOME / 'models' / room / '__init__.py').read_text()).body
            if isinstance(node, ast.ImportFrom) for name in [one.name for one in node.names]]


def test_a_method_that_exists_already_is_extended_not_replaced():
    """Two rooms that give different things one name would switch one of them off unseen."""
    known, wrong = set(), []
    for path in _loaded():
        for name, __, node in classes(path):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    key = name, method.name
                    if key in known and 'super(' not in ast.unparse(method):
                        wrong.append(f'{path.parent.name}/{path.name}: {method.name}')
                    known.add(key)
    assert wrong == []


def _members(module):
    """Return ``{(model, name): node}`` of the methods and fields in the classes of a module."""
    members = {}
    for path in sorted((settings.ROOT / module).rglob('*.py')):
        if 'tests' not in path.relative_to(settings.ROOT).parts:
            for model, __, node in classes(path):
                for line in node.body:
                    if isinstance(line, ast.FunctionDef):
                        members[model, line.name] = line
                    elif is_field(line):
                        members[model, line.targets[0].id] = line
    return members


@pytest.mark.parametrize('module', settings.suite_modules())
def test_a_module_replaces_nothing_of_those_below(module):
    """A second field of the same name would give one column two meanings."""
    below = {key for other in fingerprint.needs(module) - {module} for key in _members(other)}
    wrong = []
    for key, node in _members(module).items():
        if key in below and 'super(' not in ast.unparse(node):
            given = {word.arg for word in node.value.keywords} if is_field(node) else {'string'}
            # other attributes of a field may change: who may write it, which values it has
            wrong += [key] if given & {'string', 'help', 'default', 'compute', 'related'} else []
    assert wrong == []


def test_every_room_is_in_the_order():
    folders = {path.parent.name for path in SOURCES}
    assert sorted(ROOMS) == sorted(folders)


@pytest.mark.parametrize('path', SOURCES, ids=lambda path: f'{path.parent.name}/{path.stem}')
def test_a_class_is_in_a_file_of_its_own_named_after_its_model(path):
    assert [name for name, __, __ in classes(path)[1:]] == []
    assert [name for name, __, __ in classes(path)
            if not path.stem.startswith(name.replace('.', '_'))] == []


def test_a_model_of_core_is_extended_once_in_a_room():
    files = [(path.parent.name, name) for path in SOURCES for name, __, __ in classes(path)
             if not name.startswith('aftersales.')]
    assert [one for one in files if files.count(one) > 1] == []


def _misplaced(room, files):
    """Return the data, report and wizard files of a block that belong to another room.

    A file is named after its room or a model of it; one that extends a paper of an earlier
    room (``…_warranty_card_repair_templates``) says so by the name of that paper. A report
    action stands beside its template.
    """
    models = {model.replace('.', '_'): home for model, home in homes().items()}
    wrong = []
    for name in files:
        folder, __, stem = name.rpartition('.')[0].rpartition('/')
        if folder not in ('data', 'report', 'wizard'):
            continue
        named = [part for part in [*models, *(f'aftersales_{one}' for one in ROOMS)]
                 if stem.startswith(f'{part}_')]
        named = max(named, key=len, default='')
        home = models.get(named) or named.removeprefix('aftersales_')
        if home and home != room and not _is_extension(stem):
            wrong.append(f'{room}: {name} is of {home}')
        text = (HOME / name).read_text()
        wrong += [f'{room}: {name} prints {template}' for template in re.findall(
            r'<field name="report_name">aftersales_service\.(\w+)<', text)
            if not any(f'<template id="{template}"' in (HOME / other).read_text()
                       for other in files if other.startswith('report/'))]
    return wrong


def _is_extension(stem):
    """Whether another report file has the name with which this one begins."""
    if not stem.endswith('_templates'):
        return False
    papers = {path.stem.removesuffix('_templates') for path in (HOME / 'report').glob('*.xml')}
    words = stem.removesuffix('_templates').split('_')
    return any('_'.join(words[:count]) in papers for count in range(2, len(words)))


def test_the_manifest_has_a_block_for_each_room_in_the_same_order():
    text = (HOME / '__manifest__.py').read_text()
    data = text[text.index("    'data': ["):text.index("    'demo': [")]
    blocks = re.findall(r"# (\w+): [^\n]+\n((?: +'[^\n]+,\n)+)", data)
    assert [room for room, __ in blocks] == [room for room in ROOMS if room in dict(blocks)]
    for room, files in blocks:
        for name in re.findall(r"'views/(\w+)/", files):
            assert name == room
        for name in re.findall(r"'security/aftersales_(\w+)_rules", files):
            assert name == room
    assert [misplaced for room, files in blocks
            for misplaced in _misplaced(room, re.findall(r"'([^']+)'", files))] == []
    named = re.findall(r"'((?:data|report|security|views|wizard)/[^']+)'", data)
    in_blocks = re.findall(r"'([^']+)'", ''.join(files for __, files in blocks))
    assert named == [*HEAD, *in_blocks, MENUS]
