"""The set-up refuses databases and servers that are not its own, or of no use, in one line."""
import argparse
import json
import os
import sys
from collections import namedtuple
from contextlib import nullcontext
from pathlib import Path

import pytest

from scripts import bench, cluster, database, fingerprint, postgres
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


def test_demo_that_cannot_be_updated_says_how_to_begin_again(cache):
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
    """Only root's PostgreSQL runs as somebody else; another user's may enter that user's cache."""
    cache.mkdir()
    cache.parent.chmod(0o700)
    is_root = os.geteuid() == 0
    expected = pytest.raises(Problem, match=r"who cannot enter .* AFTERSALES_CACHE")
    with expected if is_root else nullcontext():
        cluster.check_folder()


def test_changed_modules_are_distinguished_from_new_ones():
    old = '{"odoo": "19", "modules": {"a": "1", "b": "1"}}'
    new = '{"odoo": "19", "modules": {"a": "1", "b": "2", "c": "1"}}'
    assert fingerprint.changed(old, new) == (['c'], ['b'])


def test_socket_path_stays_within_the_kernels_limit(monkeypatch, tmp_path):
    monkeypatch.setenv('AFTERSALES_CACHE', str(tmp_path / ('long' * 30)))
    monkeypatch.setattr(cluster, '_version', lambda binaries: 15)
    folder = cluster.Cluster(Path('/nowhere')).socket
    assert len(os.fsencode(folder / f'.s.PGSQL.{cluster.PORT}')) <= 107


def _chosen(*arguments):
    options = argparse.Namespace(modules='', slow=False)
    return suite_tests._plan(options, list(arguments))


def test_rounds_of_tests():
    """Without a choice all rounds run; a chosen file runs where its module is installed."""
    [bridge, *_others] = fingerprint.bridges()
    every = {suite_tests.SUITE, suite_tests.BRIDGED, suite_tests.PROOF}
    assert _chosen()[0].keys() == every
    assert _chosen('-k', 'coupon')[0].keys() == every
    assert _chosen(f'{bridge}/tests')[0] == {suite_tests.BRIDGED: [f'{bridge}/tests']}
    files = ['aftersales_service/tests', f'{bridge}/tests']
    assert _chosen(*files, '-x') == (
        {suite_tests.SUITE: files[:1], suite_tests.BRIDGED: files[1:]}, ['-m', 'not slow', '-x'])
    assert [suite_tests._result(codes) for codes in ([0, 0], [5, 0], [5, 5], [0, 1], [])] == [
        0, 0, 5, 1, 5]


def test_modules_are_tested_with_those_that_build_on_them():
    """A change below may break what stands above; nothing else is run."""
    [bridge, *_others] = fingerprint.bridges()
    rounds, __ = suite_tests._plan(
        argparse.Namespace(modules='aftersales_service', slow=False), [])
    assert 'aftersales_service/tests' in rounds[suite_tests.SUITE]
    assert f'{bridge}/tests' in rounds[suite_tests.BRIDGED]
    assert 'tests/addons/aftersales_proof/tests' in rounds[suite_tests.PROOF]
    rounds, __ = suite_tests._plan(argparse.Namespace(modules=bridge, slow=False), [])
    assert rounds == {suite_tests.BRIDGED: [f'{bridge}/tests']}
    with pytest.raises(Problem, match=r"no module aftersales_x\. .*aftersales_service"):
        suite_tests._plan(argparse.Namespace(modules='aftersales_x', slow=False), [])


def test_every_push_leaves_out_what_is_slow_and_make_test_slow_runs_it():
    assert _chosen()[1][:2] == ['-m', 'not slow']
    rounds, shared = suite_tests._plan(argparse.Namespace(modules='', slow=True), [])
    assert (list(rounds), shared) == ([suite_tests.SUITE], ['-m', suite_tests.SLOW])
