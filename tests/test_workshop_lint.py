"""The lint refuses what the next Odoo may change without a word."""
import pytest

from scripts import lint


def _write(folder, line, name='models/order.py', module='aftersales_x'):
    path = folder / module / name
    path.parent.mkdir(parents=True)
    path.write_text(f"def run(self, field, orders):\n    {line}\n")
    (folder / module / '__manifest__.py').write_text("{}")
    return folder


@pytest.mark.parametrize('line', [
    "field._insert_cache(orders, [1])",
    "unread = field._cache_missing_ids(orders)",
    "field._invalidate_cache(self.env, orders._ids)",
    "self.env.remove_to_compute(field, orders)",
    "self.env.cache.set(orders, field, 1)",
    "with self.env.protecting([field], orders):",
    "return super()._read_grouping_sets([], [])",
    "self.env['aftersales.labour']._recompute_model(['cover'])",
    "self.env.cr.execute(\"ALTER TABLE aftersales_order SET (parallel_workers = 1)\")",
    "_inherit = ['ir.sequence', 'aftersales.cached.mixin']",
    "return orders.web_read({'name': {}})",
    "def _check_company(self, fnames=None):",
    "def _message_auto_subscribe(self, updated_values, followers_existing_policy='skip'):",
])
def test_private_names_of_the_orm_are_refused(tmp_path, line):
    [problem] = lint._private_api(_write(tmp_path, line))
    assert problem.startswith("aftersales_x/models/order.py:2: ")
    assert problem.endswith("is core's own")


@pytest.mark.parametrize('line', [
    "return super()._read_group(domain, groupby)",
    "labels = dict(self._fields['state']._description_selection(self.env))",
    "self.env.registry.clear_cache()",
    "self.env.add_to_compute(field, orders)",
    "self.env['aftersales.labour'].flush_model(['cover'])",
    "number = self.env['ir.sequence'].next_by_code('aftersales.order')",
    "start = date.replace(day=1)",
    "is_protected = field.protected",
    "_inherit = 'ir.rule'",
    "_check_company_auto = True",
    "moves._check_company()",
])
def test_public_names_and_hooks_of_core_pass(tmp_path, line):
    assert lint._private_api(_write(tmp_path, line)) == []


def test_tests_may_look_behind_the_orm(tmp_path):
    line = "field._insert_cache(orders, [1])"
    assert lint._private_api(_write(tmp_path, line, 'tests/test_order.py')) == []


@pytest.mark.parametrize('module', ['tests/addons/aftersales_x', 'bench/addons/aftersales_x'])
def test_modules_that_only_tests_install_may_not(tmp_path, module):
    [problem] = lint._private_api(
        _write(tmp_path, "field._insert_cache(orders, [1])", module=module))
    assert problem.startswith(f"{module}/models/order.py:2: ")
