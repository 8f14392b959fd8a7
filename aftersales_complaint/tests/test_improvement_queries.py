from lxml import etree

from odoo.fields import Command
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestImprovementQueries(ComplaintCommon):
    """As many queries for ten documents as for one, and few for each."""

    def _count_creation(self, vals, number):
        model, values = vals
        records = self.env[model].with_user(self.desk).with_context(tracking_disable=False)
        return self._count_queries(lambda: records.create([dict(values) for __ in range(number)]))

    def _get_samples(self):
        return (
            ('aftersales.claim', {
                'kind': 'customer', 'partner_id': self.customer.id, 'line_ids': [
                    Command.create({'name': "Carpet", 'amount_asked': 10.0})]}),
            ('aftersales.capa', {'subject': "Glass breaks", 'action_ids': [
                Command.create({'name': "Test"})]}),
            ('aftersales.suggestion', {'subject': "Label", 'description': "Valves"}))

    def test_creation(self):
        for sample in self._get_samples():
            self._count_creation(sample, 1)  # warm
            one, ten = self._count_creation(sample, 1), self._count_creation(sample, 10)
            with self.subTest(model=sample[0], one=one, ten=ten):
                self.assertLessEqual(one, 24)
                self.assertLessEqual(ten - one, 9 * 4)

    def test_lists(self):
        for model, values in self._get_samples():
            records = self.env[model].with_user(self.desk)
            records.create([dict(values) for __ in range(10)])
            view = self.env['ir.ui.view'].search([
                ('model', '=', model), ('type', '=', 'list')], limit=1)
            names = [node.get('name') for node in etree.fromstring(view.arch).findall('field')]
            fields = {name: {'fields': {'display_name': {}}} if records._fields[
                name].relational else {} for name in names}
            records.web_search_read([], fields, limit=10)
            count = self._count_queries(lambda records=records, fields=fields: (
                records.web_search_read([], fields, limit=10)))
            with self.subTest(model=model, count=count):
                self.assertLessEqual(count, 13)
