"""What core's own lint asks of every module, asked of ours on each push.

``make test-core`` runs core's lint itself.
"""
import inspect
import re

from odoo.tests import TransactionCase, tagged

from odoo.addons.test_lint.tests import test_override_signatures as core_lint

from scripts import settings

OURS = 'odoo.addons.aftersales_'
_COMPONENT = re.compile(r'^(?:export )?class (\w+) extends Component \{(.*?)^\}', re.M | re.S)


def _get_sources(pattern):
    return sorted(path for path in settings.ROOT.glob(f'aftersales_*/{pattern}')
                  if 'lib' not in path.parts)


def test_components_name_their_template_and_their_props():
    components = [(path, name, body) for path in _get_sources('static/src/**/*.js')
                  for name, body in _COMPONENT.findall(path.read_text())]
    assert len(components) >= 20
    assert [f"{path.name}: {name} has no static {wanted}" for path, name, body in components
            for wanted in ('template', 'props') if f'static {wanted} =' not in body] == []


def test_docstrings_can_be_read_as_text():
    """What stands behind ``:return`` is no type: core's documentation refuses it."""
    assert [f'{path}:{number}' for path in _get_sources('**/*.py')
            for number, line in enumerate(path.read_text().splitlines(), 1)
            if re.search(r':returns? \w+:', line)] == []


@tagged('post_install', '-at_install')
class TestCoreLint(TransactionCase):

    def test_overrides_take_what_their_parents_take(self):
        """Who calls core's method by its names must be able to call ours."""
        wrong, seen = [], 0
        for model_name, model in self.registry.items():
            lineage = list(reversed(model.mro()[1:-1]))
            for place, child in enumerate(lineage):
                if not child.__module__.startswith(OURS):
                    continue
                for name, override in vars(child).items():
                    parent = next((cls for cls in lineage[:place]
                                   if callable(getattr(cls, name, None))), None)
                    if name.startswith('__') or not inspect.isfunction(override) or not parent:
                        continue
                    seen += 1
                    wrong += self._compare(model_name, parent, child, name)
        self.assertEqual(wrong, [])
        self.assertGreater(seen, 500)

    def _compare(self, model_name, parent, child, name):
        is_private = name.startswith('_')
        theirs, ours = (getattr(cls, name) for cls in (parent, child))
        try:
            core_lint.assert_valid_override(
                inspect.signature(theirs), inspect.signature(ours), is_private)
            core_lint.assert_attribute_override(theirs, ours, is_private)
        except AssertionError as error:
            return [f"{child.__module__}: {model_name}.{name}: {error}"]
        return []

    def test_parents_find_their_lines_by_an_index(self):
        """One that begins with the parent, or with the model and the parent of any model."""
        bare = set()
        for field in self._get_lists():
            model = self.env[field.comodel_name]
            inverse = model._fields.get(field.inverse_name)
            if not model._auto or model._transient or model._abstract or not inverse.store:
                continue
            if not self._is_indexed(model._table, inverse):
                bare.add(str(inverse))
        self.assertEqual(sorted(bare), [])

    def _get_lists(self):
        """Return the lists whose lines are found by a field of ours."""
        lists = [field for model in self.env.values() for field in model._fields.values()
                 if field.type == 'one2many' and field.inverse_name]
        return [field for field in lists if (
            self.env[field.comodel_name]._fields[field.inverse_name]._module or '').startswith(
                'aftersales_')]

    def _is_indexed(self, table, inverse):
        ways = [(inverse.name,)] if inverse.type == 'many2one' else [
            (inverse.model_field, inverse.name), (inverse.name, inverse.model_field)]
        return any(tuple(columns[:len(way)]) == way
                   for columns in self._get_indexes(table) for way in ways)

    def _get_indexes(self, table):
        """Return the columns of each index of a table; expressions stand as None."""
        self.env.cr.execute("""
            SELECT array_agg(attribute.attname::text ORDER BY key.place)
              FROM pg_index index
        CROSS JOIN unnest(index.indkey) WITH ORDINALITY AS key(number, place)
         LEFT JOIN pg_attribute attribute
                ON attribute.attrelid = index.indrelid AND attribute.attnum = key.number
             WHERE index.indrelid = %s::regclass
          GROUP BY index.indexrelid""", [table])
        return [columns for [columns] in self.env.cr.fetchall()]
