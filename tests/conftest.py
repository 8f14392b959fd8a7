"""What the suite-wide checks share: the databases of the running test."""
import os
import sys
from pathlib import Path

import pytest

from scripts import settings
from scripts.database import Databases
from scripts.odoo_server import Odoo
from scripts.postgres import Server
from scripts.prepare import Workshop

# modules of their own, with a database and a round of their own
collect_ignore = ['addons']


@pytest.fixture(scope='session')
def databases():
    """Return the databases of this clone, on the server that ``make test`` started."""
    tree = Path(os.environ['AFTERSALES_TREE'])
    odoo = Odoo(Workshop(tree, Path(sys.executable)), Server({}), config='tests.conf')
    return Databases(odoo)


@pytest.fixture(scope='session')
def modules():
    """Return the suite's modules."""
    return settings.suite_modules()


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Give the test a cache of its own."""
    monkeypatch.setenv('AFTERSALES_CACHE', str(tmp_path / 'cache'))
    return tmp_path / 'cache'
