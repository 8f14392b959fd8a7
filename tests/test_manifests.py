"""Manifests say what is there, and what is there is said."""
import re
import subprocess

import pytest

from scripts import fingerprint, settings
from scripts.fingerprint import manifest

MODULES = settings.suite_modules()
# folders whose files Odoo loads only when the manifest names them
LOADED_FOLDERS = ('data', 'demo', 'report', 'security', 'views', 'wizard')


def _named_files(module):
    values = manifest(module)
    return [*values.get('data', []), *values.get('demo', [])]


@pytest.mark.parametrize('module', MODULES)
def test_manifest_has_the_agreed_head(module):
    values = manifest(module)
    assert re.fullmatch(r'19\.0\.\d+\.\d+\.\d+', values['version'])
    assert values['license'] == 'LGPL-3'
    assert values['summary'].strip()
    assert '\n' not in values['summary']


@pytest.mark.parametrize('module', MODULES)
def test_a_module_is_an_app_a_library_or_a_bridge(module):
    """An app is chosen; a library is what several apps need; a bridge comes by itself."""
    values = manifest(module)
    is_bridge = module not in fingerprint.chosen_modules()
    assert not (is_bridge and values.get('application'))
    if module in fingerprint.apps():
        assert (settings.ROOT / module / 'static' / 'description' / 'icon.png').exists()
    if module in fingerprint.libraries():
        assert fingerprint.with_dependants([module]) != [module]


@pytest.mark.parametrize('module', MODULES)
def test_every_named_file_exists(module):
    home = settings.ROOT / module
    assert [name for name in _named_files(module) if not (home / name).exists()] == []


@pytest.mark.parametrize('module', MODULES)
def test_every_data_file_is_named(module):
    home = settings.ROOT / module
    present = {str(path.relative_to(home)) for folder in LOADED_FOLDERS
               for path in (home / folder).rglob('*') if path.suffix in {'.xml', '.csv'}}
    assert sorted(present - set(_named_files(module))) == []


@pytest.mark.parametrize('module', MODULES)
def test_no_file_is_named_twice(module):
    named = _named_files(module)
    assert sorted(named) == sorted(set(named))


@pytest.mark.parametrize('module', MODULES)
def test_every_test_file_is_imported(module):
    """Odoo's own test runner sees only what the packages import."""
    home = settings.ROOT / module / 'tests'
    imports = ' '.join(path.read_text() for path in home.rglob('__init__.py'))
    present = {path.stem for path in home.rglob('test_*.py')}
    assert sorted(present - set(re.findall(r'\w+', imports))) == []


def test_compose_mounts_every_module():
    compose = (settings.ROOT / 'docker-compose.yml').read_text()
    assert sorted(re.findall(r'\./(aftersales_\w+):', compose)) == MODULES


def test_example_environment_holds_no_password():
    lines = (settings.ROOT / '.env.example').read_text().splitlines()
    assert [line for line in lines if 'PASSWORD=' in line] == [
        'POSTGRES_PASSWORD=', 'ODOO_ADMIN_PASSWORD=']


@pytest.mark.parametrize('module', fingerprint.bridges())
def test_a_bridge_stands_between_the_suite_and_another_application(module):
    """It needs one of ours and one that none of ours brings along: else it is no bridge."""
    needed = set(manifest(module)['depends'])
    assert needed & set(fingerprint.main_modules())
    assert needed - set(MODULES) - set(fingerprint.core_modules())


def test_an_inner_bridge_stands_between_two_apps():
    """Where one of them already needs the other, the code belongs to the one above."""
    for module in fingerprint.inner_bridges():
        ends = set(manifest(module)['depends']) & set(fingerprint.apps())
        assert len(ends) > 1
        assert [end for end in ends
                if ends & set(fingerprint.with_dependants([end])) - {end}] == []


def test_docker_installs_what_somebody_chooses_and_updates_all():
    """Bridges must not bring applications that nobody asked for."""
    lines = (settings.ROOT / 'deploy' / 'install.sh').read_text().splitlines()
    script = '\n'.join([*(line for line in lines if line.startswith(('all=', 'modules='))),
                        'echo "$modules $all"'])
    told = subprocess.run(['bash', '-c', script], cwd=settings.ROOT, text=True, check=True,
                          stdout=subprocess.PIPE).stdout.split()
    assert told == [','.join(fingerprint.chosen_modules()), ','.join(MODULES)]
