import pytest

import odoo.init  # noqa: F401 - completes the package `odoo`

from bench.database import Database, Refusal, configure


def test_a_database_with_real_data_is_refused():
    with pytest.raises(Refusal, match="only a database with “bench” in its name"):
        Database('production')


def test_a_missing_configuration_is_refused(tmp_path):
    with pytest.raises(Refusal, match="does not exist"):
        configure(tmp_path / 'odoo.conf')
