"""``make lint``: every check of style, each silent when there is nothing to say."""
import os
import re
import shutil
import subprocess
from xml.etree import ElementTree as ET

from . import settings
from .prepare import prepare
from .problem import Problem, run_command
from .shell import say

# a model of ours is split by subject into several files on purpose
_PYLINT_DISABLED = 'consider-merging-classes-inherited'
# checks of oca-odoo-pre-commit-hooks that fit only OCA's own repositories, or mere taste
_OCA_DISABLED = [
    'weblate-component-too-long',  # OCA's translation server
    'prefer-readme-rst',  # ours are Markdown
    'xml-header-wrong',  # the spelling of Odoo's own files is "utf-8"
    'xml-tag-position',  # ids first, conditions first …: taste
    'xml-field-numeric-without-eval',  # <field name="sequence">10</field> is Odoo's own way
]
# what only core may call: the next Odoo changes it without a word. The hooks that core calls
# itself (_search, _read_group, _check_access, _description_selection …) are no part of it
PRIVATE_API = [
    # the cache
    r'_cache_missing_ids', r'_get_(all_cache_ids|cache|cache_impl|field_cache)', r'_insert_cache',
    r'_(update|invalidate|set_field)_cache', r'_field_(cache_memo|dirty)', r'_to_prefetch',
    r'cache\.(set|insert|update|patch|remove|invalidate)\w*',
    r'_update_inverses?', r'_remove_inverses',
    # the computations
    r'remove_to_compute', r'env\.protecting', r'_recompute_(all|field|model|recordset)',
    r'env\.transaction',
    # the database behind the ORM
    r'_read_grouping_sets', r'_read_group_raw', r'ALTER TABLE',
    # what the web client alone calls, and what core decides for all of its models
    r'web_read', r'_message_auto_subscribe', r'def _check_company',
    # models that core alone extends
    r"""_inherit = \[?['"]ir\.(sequence|fields\.converter)['"]""",
]


def _modules(root=settings.ROOT):
    """Return the folders that are Odoo modules: the suite's, and those of bench and tests."""
    found = [path for home in ('*', 'bench/*/*', 'tests/addons/*')
             for path in root.glob(f'{home}/__manifest__.py')]
    return sorted(str(path.parent.relative_to(root)) for path in found)


def _files(pattern):
    return sorted(str(path.relative_to(settings.ROOT)) for module in _modules()
                  for path in (settings.ROOT / module).rglob(pattern))


def _compose():
    """Return the Docker Compose of this machine, version 1 or 2."""
    if shutil.which('docker-compose'):
        return ['docker-compose']
    if shutil.which('docker'):
        return ['docker', 'compose']
    raise Problem("docker-compose is missing, so docker-compose.yml cannot be checked.",
                  "Install it: apt-get install docker-compose")


def _commands(binaries):
    """Return name and command line of each check that has something to check."""
    suite = settings.suite_modules()
    yield 'ruff', [binaries / 'ruff', 'check', '--quiet', '--no-cache', '.']
    if suite:
        yield 'pylint-odoo', [binaries / 'pylint', f'--disable={_PYLINT_DISABLED}', *suite]
        yield 'odoo modules', [binaries / 'oca-checks-odoo-module',
                               f'--disable={",".join(_OCA_DISABLED)}', *suite]
    if translations := _files('*.po') + _files('*.pot'):
        yield 'translations', [binaries / 'oca-checks-po', *translations]
    yield 'docker-compose', [*_compose(), '--env-file', '.env.example', 'config', '-q']


def _malformed_xml():
    """Return a line per XML file that no parser reads."""
    problems = []
    for name in _files('*.xml') + _files('*.svg'):
        try:
            ET.parse(settings.ROOT / name)
        except ET.ParseError as error:
            problems.append(f"{name}: {error}")
    return problems


def _private_api(root=settings.ROOT):
    """Return a line for each use of the ORM's private names in a module, outside of its tests.

    Modules that only tests and bench install count too: they show how ours are extended.
    """
    private = re.compile(rf"(?<!\w)(?:{'|'.join(PRIVATE_API)})(?!\w)")
    problems = []
    for module in _modules(root):
        for path in sorted((root / module).rglob('*.py')):
            if 'tests' not in path.relative_to(root / module).parts:
                problems += [
                    f"{path.relative_to(root)}:{number}: {found.group()} is core's own"
                    for number, line in enumerate(path.read_text().splitlines(), 1)
                    for found in private.finditer(line)]
    return problems


def _said_by(command):
    """Return what a check printed or, when it failed in silence, that it failed."""
    done = subprocess.run(
        list(map(str, command)), cwd=settings.ROOT, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors='replace',
        env={**os.environ, 'PYTHONNOUSERSITE': '1', 'PYTHONDONTWRITEBYTECODE': '1',
             'POSTGRES_PASSWORD': 'lint', 'ODOO_ADMIN_PASSWORD': 'lint'})
    return done.stdout.strip() or ("failed without a word" if done.returncode else "")


def main():
    """Run every check; print only what needs action."""
    workshop = prepare('lint')
    messages = {'xml': '\n'.join(_malformed_xml()), 'private API': '\n'.join(_private_api())}
    for name, command in _commands(workshop.python.parent):
        messages[name] = _said_by(command)
    for name, text in messages.items():
        if text:
            print(f"--- {name}\n{text}")
    if any(messages.values()):
        return 1
    say(f"lint: no message ({', '.join(messages)})")
    return 0


if __name__ == '__main__':
    run_command(main)
