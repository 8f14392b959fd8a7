"""`make bench` measures no server that would search without its indexes."""
from contextlib import contextmanager

import pytest

from scripts import bench, postgres
from scripts.problem import Problem


class _ServerWithout(postgres.Server):
    """A server that has every extension but one; it answers the question really asked."""

    def __init__(self, missing):
        super().__init__({})
        self.missing = missing

    def sql(self, statement, database='postgres'):
        assert "FROM pg_available_extensions WHERE name = " in statement
        return [] if f"'{self.missing}'" in statement else ['1']


def test_a_server_without_trigrams_is_not_measured(monkeypatch):
    @contextmanager
    def without_trigrams(python):
        yield _ServerWithout('pg_trgm')

    monkeypatch.setattr(bench, 'prepare', lambda reason: type('Workshop', (), {'python': 'python'}))
    monkeypatch.setattr(postgres, 'server', without_trigrams)
    monkeypatch.setattr(bench, '_measure', lambda *arguments: pytest.fail("it was measured"))
    with pytest.raises(Problem, match=r"no pg_trgm.*postgresql, which has it, or name a server"):
        bench.main()


def test_a_server_with_trigrams_is_measured():
    bench.check_trigrams(_ServerWithout('unaccent'))
