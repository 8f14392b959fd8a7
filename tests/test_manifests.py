"""Manifests say what is there, and what is there is said."""
import re
import subprocess

import pytest

from scripts import fingerprint, settings
from scripts.fingerprint import manifest

MODULES = settings.suite_modules()
LIBRARIES = {'aftersales_conduct'}
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
def test_a_module_is_an_application_a_library_or_a_bridge(module):
    """What people choose is an application, unless it is a library that others bring along."""
    values = manifest(module)
    if values.get('auto_install') or module in LIBRARIES:
        assert not values.get('application', False)
    else:
        assert values.get('application')


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


@pytest.mark.parametrize(
    'module', [name for name in MODULES if manifest(name).get('auto_install')])
def test_a_bridge_stands_between_two_applications(module):
    """Between two of ours, or between one of ours and one that none of ours brings along."""
    needed = set(manifest(module)['depends'])
    assert needed & set(fingerprint.main_modules())
    assert len(needed & set(MODULES)) > 1 or module in fingerprint.bridges()


def test_bridges_between_our_own_modules_are_tested_with_the_suite(monkeypatch, tmp_path):
    """Those that Odoo installs beside an application of its own have a round of theirs."""
    folders = {
        'aftersales_a': "{'depends': ['stock'], 'application': True}",
        'aftersales_b': "{'depends': ['aftersales_a', 'survey'], 'application': True}",
        'aftersales_a_b': "{'depends': ['aftersales_a', 'aftersales_b'], 'auto_install': True}",
        'aftersales_a_loyalty': "{'depends': ['aftersales_a', 'loyalty'], 'auto_install': True}"}
    for name, text in folders.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / '__manifest__.py').write_text(text)
    monkeypatch.setattr(settings, 'ROOT', tmp_path)
    assert fingerprint.bridges() == ['aftersales_a_loyalty']
    assert fingerprint.main_modules() == ['aftersales_a', 'aftersales_a_b', 'aftersales_b']
    assert fingerprint.above(['aftersales_b']) == ['aftersales_a_b', 'aftersales_b']
    assert fingerprint.core_modules() == ['stock', 'survey']
    assert fingerprint.needs('aftersales_b') == {'aftersales_a', 'aftersales_b'}
    assert fingerprint.apps_to_try_alone() == ['aftersales_a', 'aftersales_b']


def test_modules_of_the_proof_are_for_tests_only():
    """None is offered to users, and the inner bridge among them installs itself."""
    names = fingerprint.proof_modules()
    assert not set(names) & set(MODULES)
    for name in names:
        values = manifest(name, settings.PROOFS)
        assert values['category'].startswith('Hidden')
        assert 'tests only' in values['name']
        assert not values.get('application', False)
        assert set(values['depends']) <= {*names, *MODULES}
    assert fingerprint.proof_modules(is_bridge=True) == ['aftersales_proof_bridge']


def test_docker_installs_what_somebody_chooses_and_updates_all():
    """Bridges must not bring applications that were not asked for."""
    lines = (settings.ROOT / 'deploy' / 'install.sh').read_text().splitlines()
    script = '\n'.join([*(line for line in lines if line.startswith(('all=', 'modules='))),
                        'echo "$modules $all"'])
    printed = subprocess.run(['bash', '-c', script], cwd=settings.ROOT, text=True, check=True,
                          stdout=subprocess.PIPE).stdout.split()
    chosen = [name for name in MODULES if not manifest(name).get('auto_install')]
    assert printed == [','.join(chosen), ','.join(MODULES)]
