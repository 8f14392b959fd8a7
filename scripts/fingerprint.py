"""What a database was built from: a text that changes when it must be built again."""
import ast
import hashlib
import json

from . import settings

# folders of a module that never reach the database
_NOT_INSTALLED = {'tests', '__pycache__', 'description'}


def manifest(module, folder=None):
    """Return the manifest of one of the suite's modules, or of a module in ``folder``."""
    home = folder or settings.ROOT
    return ast.literal_eval((home / module / '__manifest__.py').read_text())


def bridges():
    """Return the bridges to applications of Odoo that none of our modules brings along.

    Odoo installs them by itself, beside such an application; most companies have none of them.
    Bridges between our own modules are not among these.
    """
    suite = settings.suite_modules()
    ours = [name for name in suite if not manifest(name).get('auto_install')]
    brought = {name for module in ours for name in manifest(module).get('depends', [])}
    return [name for name in suite if manifest(name).get('auto_install')
            and set(manifest(name)['depends']) - brought - set(suite)]


def main_modules():
    """Return applications, libraries and the bridges between them: what is tested together."""
    return sorted(set(settings.suite_modules()) - set(bridges()))


def needs(module):
    """Return the suite's modules that come along with ``module``, itself included."""
    direct = set(manifest(module)['depends']) & set(settings.suite_modules())
    return {module}.union(*map(needs, direct))


def apps_to_try_alone():
    """Return the applications that a company may have without all the others."""
    return [name for name in main_modules()
            if manifest(name).get('application') and needs(name) != set(main_modules())]


def above(modules):
    """Return ``modules`` with all of the suite's modules that build on one of them."""
    found = set(modules)
    while more := {name for name in settings.suite_modules() if name not in found
                   and found & set(manifest(name).get('depends', []))}:
        found |= more
    return sorted(found)


def proof_modules(is_bridge=None):
    """Return the modules that only prove how the suite is extended; users do not install them.

    With ``is_bridge`` only those that install themselves, or only the others.
    """
    names = sorted(path.parent.name for path in settings.PROOFS.glob('*/__manifest__.py'))
    return [name for name in names if is_bridge is None or is_bridge == bool(
        manifest(name, settings.PROOFS).get('auto_install'))]


def proofs():
    """Return the state of the modules that prove how the suite is extended, as text."""
    return ''.join(_module(name, settings.PROOFS) for name in proof_modules())


def core_modules():
    """Return the modules of Odoo that the suite's modules depend on directly.

    The applications of the bridges are left out: most companies have none of them.
    """
    suite = main_modules()
    named = {name for module in suite for name in manifest(module).get('depends', [])}
    return sorted(named - set(suite)) or ['base', 'web']


def odoo_version(tree):
    """Return what distinguishes two Odoo trees: Debian's version, else the tree's path."""
    version = tree.parents[3] / 'VERSION'
    return version.read_text().strip() if version.is_file() else str(tree)


def _module(name, folder=None):
    digest = hashlib.sha1()
    home = (folder or settings.ROOT) / name
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
