"""Every button of a page can be pressed the way the web client presses it."""
import inspect
import json

from lxml import etree

from odoo.tests import TransactionCase, tagged


@tagged('post_install', '-at_install')
class TestButtons(TransactionCase):

    def test_methods_of_buttons_take_the_records_of_the_page(self):
        """The client sends the ids first: a form its record, the head of a list the selected."""
        views = self.env['ir.ui.view'].search([
            ('mode', '=', 'primary'), ('type', '!=', 'qweb'), ('model', '!=', False)])
        wrong, seen = set(), 0
        for view in views.filtered(lambda view: view.model in self.env):
            arch = etree.fromstring(view.get_combined_arch())
            for node in arch.xpath("//*[@type='object'][@name]"):
                model = self._find_model(self.env[view.model], node)
                method = getattr(type(model), node.get('name'), None)
                home = method.__module__ if method else f"odoo.addons.{model._module or ''}"
                if not home.startswith('odoo.addons.aftersales_'):
                    continue
                seen += 1
                if not self._can_be_pressed(model, method, node):
                    wrong.add(f"{view.name}: {model._name}.{node.get('name')}")
        self.assertFalse(sorted(wrong))
        self.assertGreater(seen, 100)

    @staticmethod
    def _find_model(model, node):
        """Return the model of the records that a button stands on: a line's, within a field."""
        for parent in reversed(list(node.iterancestors('field'))):
            field = model._fields.get(parent.get('name'))
            model = model.env[field.comodel_name] if field is not None and field.relational else (
                model)
        return model

    @staticmethod
    def _can_be_pressed(model, method, node):
        """Return whether the method takes what ``call_kw`` passes: ids that are no records too."""
        if method is None or node.get('name').startswith('_'):
            return False
        args = json.loads((node.get('args') or '[]').replace("'", '"'))
        if getattr(method, '_api_model', False):
            args = [[1], *args]
        try:
            inspect.signature(method).bind(model, *args)
        except TypeError:
            return False
        return True
