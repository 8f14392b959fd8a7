"""The set-up refuses databases and servers that are not its own, or of no use, in one line."""
import json
import os
import sys
from collections import namedtuple
from contextlib import nullcontext
from pathlib import Path

import pytest

from scripts import bench, cluster, database, fingerprint, postgres, settings
from scripts import test as suite_tests
from scripts.problem import Problem


class _Server:
    """A PostgreSQL that only knows the notes of its databases."""

    def __init__(self, notes=None, extensions=()):
        self.notes, self.extensions = notes or {}, extensions

    def exists(self, name):
        return name in self.notes

    def note(self, name):
        return self.notes.get(name, '')

    def write_note(self, name, note):
        self.notes[name] = note

    def has_extension(self, name):
        return name in self.extensions


def _databases(notes, tree):
    workshop = namedtuple('Workshop', 'tree')(tree)
    return database.Databases(namedtuple('Odoo', 'server workshop')(_Server(notes), workshop))


def test_foreign_database_is_not_touched(cache, tmp_path):
    with pytest.raises(Problem, match=r"books was not made by make demo\. .*DB="):
        _databases({'books': ''}, tmp_path).demo('books')


def test_database_of_another_odoo_is_not_touched(cache, tmp_path):
    note = '{"odoo": "18.0", "modules": {}}'
    with pytest.raises(Problem, match=r"old belongs to another Odoo release\. .*make clean DB=old"):
        _databases({'old': note}, tmp_path).demo('old')


def test_demo_that_cannot_be_updated_is_told_how_to_begin_anew(cache):
    class _Odoo:
        server, workshop = _Server(), namedtuple('Workshop', 'tree')(None)

        def run(self, what, *arguments):
            raise Problem(f"{what}: Odoo stopped.", "The whole log is in demo.log.")

    databases = database.Databases(_Odoo())
    old, new = (json.dumps({'odoo': '19.0', 'modules': {'aftersales_x': state}})
                for state in ('before', 'after'))
    with pytest.raises(Problem, match=r"Odoo stopped\. .*demo\.log\. .*make clean DB=stale"):
        databases._update('stale', old, new)


def test_bench_refuses_a_server_without_trigrams():
    with pytest.raises(Problem, match="no pg_trgm"):
        bench.check_trigrams(_Server())


def test_server_of_the_caller_that_does_not_answer(monkeypatch, tmp_path):
    monkeypatch.setenv('PGHOST', str(tmp_path))
    with pytest.raises(Problem, match=r"PostgreSQL refuses.* PGHOST"), \
            postgres.server(sys.executable):
        pass


def test_cache_that_the_database_user_cannot_enter(cache):
    """Only root's PostgreSQL runs as somebody else; anybody else's may enter his own cache."""
    cache.mkdir()
    cache.parent.chmod(0o700)
    is_root = os.geteuid() == 0
    expected = pytest.raises(Problem, match=r"who cannot enter .* AFTERSALES_CACHE")
    with expected if is_root else nullcontext():
        cluster.check_folder()


def test_changed_modules_are_told_from_new_ones():
    old = '{"odoo": "19", "modules": {"a": "1", "b": "1"}}'
    new = '{"odoo": "19", "modules": {"a": "1", "b": "2", "c": "1"}}'
    assert fingerprint.changed(old, new) == (['c'], ['b'])


def test_socket_path_stays_within_the_kernels_limit(monkeypatch, tmp_path):
    monkeypatch.setenv('AFTERSALES_CACHE', str(tmp_path / ('long' * 30)))
    monkeypatch.setattr(cluster, '_version', lambda binaries: 15)
    folder = cluster.Cluster(Path('/nowhere')).socket
    assert len(os.fsencode(folder / f'.s.PGSQL.{cluster.PORT}')) <= 107


@pytest.fixture
def suite(monkeypatch, tmp_path):
    """Make a suite of three apps, a library, a bridge between two apps and one outwards."""
    manifests = {
        'aftersales_service': {'application': True, 'depends': ['repair']},
        'aftersales_conduct': {'depends': ['hr', 'aftersales_service']},
        'aftersales_complaint': {'application': True, 'depends': ['aftersales_conduct']},
        'aftersales_survey': {
            'application': True, 'depends': ['survey', 'aftersales_service']},
        'aftersales_survey_complaint': {
            'auto_install': True, 'depends': ['aftersales_complaint', 'aftersales_survey']},
        'aftersales_loyalty': {
            'auto_install': True, 'depends': ['aftersales_service', 'loyalty']},
    }
    for name in manifests:
        (tmp_path / name / 'tests').mkdir(parents=True)
    (tmp_path / 'tests').mkdir()
    monkeypatch.setattr(settings, 'ROOT', tmp_path)
    monkeypatch.setattr(settings, 'suite_modules', lambda: sorted(manifests))
    monkeypatch.setattr(fingerprint, 'manifest', manifests.__getitem__)


def test_kinds_of_modules(suite):
    assert fingerprint.apps() == [
        'aftersales_complaint', 'aftersales_service', 'aftersales_survey']
    assert fingerprint.libraries() == ['aftersales_conduct']
    assert fingerprint.inner_bridges() == ['aftersales_survey_complaint']
    assert fingerprint.bridges() == ['aftersales_loyalty']
    # what only a bridge needs is no part of what most companies have
    assert fingerprint.core_modules() == ['hr', 'repair', 'survey']


def test_apps_are_tried_without_the_others(suite):
    """Not where all that most companies have comes along anyway."""
    assert fingerprint.needs('aftersales_complaint') == {
        'aftersales_complaint', 'aftersales_conduct', 'aftersales_service'}
    assert fingerprint.apps_to_try_alone() == [
        'aftersales_complaint', 'aftersales_service', 'aftersales_survey']
    assert suite_tests._select_alone('aftersales_survey')[-1] == (
        settings.ROOT / 'aftersales_survey' / 'tests')


def _get_tested(suite_round):
    bridged, modules = suite_round
    return [str(path.relative_to(settings.ROOT))
            for path in suite_tests._paths(bridged, suite_tests._modules(modules))]


@pytest.mark.parametrize(('suite_round', 'tested'), [
    ((False, ''), ['aftersales_complaint/tests', 'aftersales_conduct/tests',
                   'aftersales_service/tests', 'aftersales_survey/tests',
                   'aftersales_survey_complaint/tests', 'tests']),
    ((True, ''), ['aftersales_loyalty/tests']),
    ((False, 'aftersales_conduct'), [
        'aftersales_complaint/tests', 'aftersales_conduct/tests',
        'aftersales_survey_complaint/tests', 'tests']),
    ((False, 'aftersales_survey_complaint,aftersales_loyalty'), [
        'aftersales_survey_complaint/tests', 'tests']),
    ((True, 'aftersales_service'), ['aftersales_loyalty/tests']),
    ((True, 'aftersales_survey'), []),
])
def test_modules_are_tested_with_those_above_them(suite, suite_round, tested):
    assert _get_tested(suite_round) == tested


def test_a_round_without_a_module_of_its_own_is_left_out(suite):
    class _Databases:
        def template(self, bridged):
            return f'bridged {bridged}'

    rounds = [[bridged for bridged, *_rest in suite_tests._rounds(_Databases(), [], modules)]
              for modules in ([], ['aftersales_survey'], ['aftersales_service'])]
    assert rounds == [[False, True], [False], [False, True]]


def test_unknown_module_is_named(suite):
    with pytest.raises(Problem, match=r"no module aftersales_part\. Choose among aftersales_co"):
        suite_tests._modules('aftersales_survey, aftersales_part')


@pytest.mark.parametrize(('arguments', 'is_slow', 'marker', 'workers'), [
    ([], False, 'not slow', True), ([], True, 'slow', True),
    (['-k', 'warranty'], False, 'not slow', False), (['tests'], False, None, False),
])
def test_slow_tests_wait_for_the_night(suite, arguments, is_slow, marker, workers):
    selection = suite_tests._select(arguments, False, [], is_slow)
    assert ('-n' in selection) == workers
    assert marker in selection if marker else '-m' not in selection


def test_rounds_of_tests(monkeypatch):
    """Without a choice both rounds run; a chosen file runs where its module is installed."""
    class _Databases:
        def template(self, bridged):
            return f'bridged {bridged}'

    [bridge, *_others] = fingerprint.bridges()
    rounds = {name: [bridged for bridged, *_rest in suite_tests._rounds(_Databases(), arguments)]
              for name, arguments in (
                  ('all', []), ('words', ['-k', 'coupon']), ('bridge', [f'{bridge}/tests']),
                  ('suite', ['aftersales_service/tests', '-x']))}
    assert rounds == {'all': [False, True], 'words': [False, True], 'bridge': [True],
                      'suite': [False]}
    files = ['aftersales_service/tests', f'{bridge}/tests', '-x']
    assert [chosen for *_rest, chosen in suite_tests._rounds(_Databases(), files)] == [
        [files[0], '-x'], [files[1], '-x']]
    assert [suite_tests._result(codes) for codes in ([0, 0], [5, 0], [5, 5], [0, 1], [])] == [
        0, 0, 5, 1, 5]
