"""HOOKS.md, the docstrings beside the code and the sample module speak of the same hooks."""
import ast
import re
from functools import cache

import pytest

from scripts import settings

PROOF = settings.ROOT / 'tests' / 'addons'
SOURCES = sorted(path for path in settings.ROOT.glob('aftersales_*/**/*.py')
                 if 'tests' not in path.relative_to(settings.ROOT).parts)
# what a docstring says of a hook: who calls it, in whose name, for how many, and which errors
SAYS = {
    'caller': r'called|Hook to call|Hook: as ``',
    'rights': r'user|rights|administrator|reader|Hook: as ``',
    'records': r'\b(one|each|batch|many|all|model)\b|Hook: as ``',
    'errors': r'[Rr]aises?\b|undoes|Hook: as ``',
}


@cache
def _classes():
    """Return ``[(model, inherited names, {name: docstring, or None for an attribute})]``."""
    found = []
    for path in SOURCES:
        found += [_describe(node) for node in ast.parse(path.read_text()).body
                  if isinstance(node, ast.ClassDef)]
    return found


@cache
def _lineage(model):
    """Return the model with all that it inherits from."""
    parents = {name for owner, inherited, __ in _classes() if owner == model
               for name in inherited} - {model}
    return {model}.union(*map(_lineage, parents))


def _describe(node):
    values, members = {}, {}
    for line in node.body:
        if isinstance(line, ast.FunctionDef):
            members[line.name] = ast.get_docstring(line) or ''
        elif isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            members[line.targets[0].id] = None
            if line.targets[0].id in ('_name', '_inherit'):
                values[line.targets[0].id] = ast.literal_eval(line.value)
    inherited = values.get('_inherit') or []
    inherited = [inherited] if isinstance(inherited, str) else inherited
    # a controller is known by the name of its class
    name = values.get('_name') or next(iter(inherited), node.name)
    return name, inherited, members


def _tables(module='aftersales_*'):
    """Return ``(where, header, cells)`` of each row; the header is None for a row without one."""
    for path in sorted(settings.ROOT.glob(f'{module}/HOOKS.md')):
        header = None
        lines = path.read_text().splitlines()
        for number, line in enumerate(lines, 1):
            if not line.startswith('|'):
                header = None
                continue
            cells = [cell.strip() for cell in re.split(r'(?<!\\)\|', line)[1:-1]]
            if re.match(r'\|[ :-]+\|', ''.join(lines[number:number + 1])):
                header = cells
            elif not re.fullmatch(r'[ |:-]+', line):
                yield f'{path.parent.name}/{path.name}:{number}', header, cells


def _rows(module):
    """Return ``(model, hook)`` of the tables; core's own hooks are named, but not ours to say."""
    model = None
    for __, header, cells in _tables(module):
        if not header or 'Hook' not in header or 'Model' not in header:
            continue
        row = dict(zip(header, cells, strict=False))
        if not re.match(r'the same|same', row['Model']):
            model = next(iter(re.findall(
                r'`([a-z_]+(?:\.[a-z_]+)+|[A-Z]\w+)`', row['Model'])), None)
        for code in re.findall(r'`([^`]+)`', row['Hook']):
            name = re.match(r'((?:_|action_)\w+)(?=\(|$)', code)
            if name and model and '<' not in code and '(core)' not in row['Hook']:
                yield model, name[1]


HOOKS = sorted(set(_rows('aftersales_*')))
# the sample module stands for the modules that come, and it extends this one
FOUNDATION = sorted(set(_rows('aftersales_service')))
FURTHER = sorted(set(HOOKS) - set(FOUNDATION))


def _defined(model, name):
    """Return docstrings of a method on the model itself; ``None`` stands for an attribute."""
    return [members[name] for owner, __, members in _classes()
            if owner == model and name in members]


def test_tables_are_read():
    assert len(HOOKS) > 100


def test_every_row_stands_below_a_header_and_fills_its_columns():
    """A blank line ends a table: what follows it is no row for a reader any more."""
    assert [where for where, header, cells in _tables()
            if not header or len(cells) != len(header) or not all(cells)] == []


@pytest.mark.parametrize(('model', 'name'), HOOKS)
def test_a_hook_exists_and_its_docstring_says_what_it_must(model, name):
    found = _defined(model, name)
    assert found, f"{model} has no {name}"
    if found != [None]:
        text = max((doc or '' for doc in found), key=lambda doc: len(doc) * ('Hook' in doc))
        missing = [what for what, words in SAYS.items() if not re.search(words, text)]
        assert missing == [], f"docstring of {model}.{name} does not say: {', '.join(missing)}"


@pytest.mark.parametrize(('model', 'name'), FOUNDATION)
def test_a_hook_is_used_beyond_its_own_home(model, name):
    """By a room, a bridge of ours, or the sample that stands for the modules to come."""
    homes = sum(name in members and model in _lineage(owner) for owner, __, members in _classes())
    word = re.compile(rf'\b{name}\b')
    is_called = any('Hook to call' in (text or '') for text in _defined(model, name)) and sum(
        bool(word.search(path.read_text())) for path in SOURCES) > 1
    is_shown = any(word.search(path.read_text()) for path in PROOF.rglob('*.py'))
    assert homes > 1 or is_called or is_shown, f"nothing uses {model}.{name}"


@cache
def _empty_methods():
    """Return ``{(model, name)}`` of the methods that have a docstring and nothing else."""
    return {
        (_describe(node)[0], line.name) for path in SOURCES
        for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)
        for line in node.body if isinstance(line, ast.FunctionDef)
        and len(line.body) == 1 and isinstance(line.body[0], ast.Expr)}


@pytest.mark.parametrize(('model', 'name'), FURTHER)
def test_a_hook_of_a_further_module_is_called_and_does_something(model, name):
    """Or somebody overrides it: what does nothing, for no one, is a promise and no hook."""
    if sum(name in members and model in _lineage(owner) for owner, __, members in _classes()) > 1:
        return
    assert (model, name) not in _empty_methods(), f"{model}.{name} does nothing, for no one"
    # steps of the state mixin are called by their names
    call = re.compile(rf'(?<!super\(\))\.{name}\b|\'{name}\'|"{name}"')
    assert _defined(model, name) == [None] or re.match(r'_(on|ensure)_', name) or any(
        call.search(path.read_text()) for path in _callers()), f"nothing calls {model}.{name}"


@cache
def _callers():
    views = [path for path in settings.ROOT.glob('aftersales_*/**/*.xml')
             if 'tests' not in path.relative_to(settings.ROOT).parts]
    return [*SOURCES, *views]
