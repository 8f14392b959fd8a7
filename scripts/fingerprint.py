"""What a database was built from: a text that changes when it must be built again."""
import ast
import hashlib
import json

from . import settings

# folders of a module that never reach the database
_NOT_INSTALLED = {'tests', '__pycache__', 'description'}


def manifest(module):
    """Return the manifest of one of the suite's modules."""
    return ast.literal_eval((settings.ROOT / module / '__manifest__.py').read_text())


def chosen_modules():
    """Return the apps and libraries: what somebody installs, or an app brings along."""
    return [name for name in settings.suite_modules() if not manifest(name).get('auto_install')]


def apps():
    """Return the suite's applications."""
    return [name for name in chosen_modules() if manifest(name).get('application')]


def libraries():
    """Return the modules that several apps build on, and that show nothing of their own."""
    return sorted(set(chosen_modules()) - set(apps()))


def inner_bridges():
    """Return the modules that Odoo installs by itself where two of our modules meet."""
    suite = set(settings.suite_modules())
    return [name for name in sorted(suite - set(chosen_modules()))
            if set(manifest(name)['depends']) <= suite]


def bridges():
    """Return the modules that Odoo installs by itself beside an application of its own."""
    return sorted(set(settings.suite_modules()) - set(main_modules()))


def main_modules():
    """Return what most companies have: apps, libraries, and the bridges between these."""
    return sorted([*chosen_modules(), *inner_bridges()])


def needs(module):
    """Return the suite's modules that come along with ``module``, itself included."""
    direct = set(manifest(module)['depends']) & set(settings.suite_modules())
    return {module}.union(*map(needs, direct))


def apps_to_try_alone():
    """Return the apps that a company may have without all the others."""
    return [app for app in apps() if needs(app) != set(main_modules())]


def with_dependants(modules):
    """Return ``modules`` and those of the suite that build on them, however far above."""
    found = set(modules)
    while above := {name for name in settings.suite_modules()
                    if name not in found and found & set(manifest(name)['depends'])}:
        found |= above
    return sorted(found)


def core_modules():
    """Return the modules of Odoo that the suite's modules depend on directly.

    The applications of the bridges are left out: most companies have none of them.
    """
    suite = main_modules()
    named = {name for module in suite for name in manifest(module).get('depends', [])}
    return sorted(named - set(suite)) or ['base', 'web']


def odoo_version(tree):
    """Return what tells two Odoo trees apart: Debian's version, else the tree's path."""
    version = tree.parents[3] / 'VERSION'
    return version.read_text().strip() if version.is_file() else str(tree)


def _module(name):
    digest = hashlib.sha1()
    home = settings.ROOT / name
    for path in sorted(home.rglob('*')):
        if path.is_file() and not _NOT_INSTALLED & set(path.relative_to(home).parts):
            digest.update(str(path.relative_to(home)).encode() + b'\0' + path.read_bytes())
    return digest.hexdigest()


def core(tree, demo):
    """Return the key of the database with Odoo's own modules."""
    parts = [odoo_version(tree), settings.LOADED_LANGUAGES, demo, core_modules()]
    return hashlib.sha1(json.dumps(parts).encode()).hexdigest()[:8]


def suite(tree):
    """Return, as text, the Odoo version and the state of each of the suite's modules."""
    return json.dumps({'odoo': odoo_version(tree),
                       'modules': {name: _module(name) for name in settings.suite_modules()}},
                      sort_keys=True)


def changed(old, new):
    """Return which modules of ``new`` are missing in ``old`` or differ from it, as two lists."""
    before, after = json.loads(old)['modules'], json.loads(new)['modules']
    return (sorted(set(after) - set(before)),
            sorted(name for name in after if name in before and after[name] != before[name]))
