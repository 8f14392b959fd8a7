import json
import re

from odoo.exceptions import AccessError
from odoo.tests import tagged, users
from odoo.tools.misc import file_open

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestDashboard(AftersalesCommon):
    """The Service Desk dashboard asks only for what exists, of whom may know it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls.env.ref('aftersales_service.spreadsheet_dashboard_service_desk')
        cls.content = json.loads(cls.dashboard.spreadsheet_data)

    def _get_charts(self):
        return [figure['data'] for sheet in self.content['sheets']
                for figure in sheet['figures'] if figure['data']['type'].startswith('odoo_')]

    @users('manager')
    def test_every_pivot_can_be_read_by_a_lead(self):
        for pivot in self.content['pivots'].values():
            with self.subTest(pivot=pivot['name']):
                groupby = [
                    ':'.join(filter(None, (row['fieldName'], row.get('granularity'))))
                    for row in (*pivot['rows'], *pivot['columns'])]
                model = self.env[pivot['model']]
                model.formatted_read_group(pivot['domain'], groupby, [
                    name if name == '__count' else f'{name}:{model._fields[name].aggregator}'
                    for name in (measure['fieldName'] for measure in pivot['measures'])])

    @users('manager')
    def test_every_chart_can_be_read_by_a_lead(self):
        for chart in self._get_charts():
            with self.subTest(chart=chart['title']['text']):
                meta = chart['metaData']
                self.env[meta['resModel']].formatted_read_group(
                    chart['searchParams']['domain'], meta['groupBy'], [meta['measure']])

    @users('manager')
    def test_filters_match_fields(self):
        filters = {item['id'] for item in self.content['globalFilters']}
        sources = [
            *((pivot['model'], pivot) for pivot in self.content['pivots'].values()),
            *((chart['metaData']['resModel'], chart) for chart in self._get_charts())]
        for model, source in sources:
            for filter_id, matching in source.get('fieldMatching', {}).items():
                self.assertIn(filter_id, filters)
                field = self.env[model]._fields[matching['chain']]
                self.assertEqual(field.type, matching['type'])

    def test_formulas_name_pivots_and_sheets_that_exist(self):
        names = {sheet['name'] for sheet in self.content['sheets']}
        for sheet in self.content['sheets']:
            for cell, content in sheet['cells'].items():
                with self.subTest(cell=cell):
                    for number in re.findall(r'PIVOT(?:\.VALUE|\.HEADER)?\((\d+)', content):
                        self.assertIn(number, self.content['pivots'])
                    for name in re.findall(r'\b([A-Z]\w+)!', content):
                        self.assertIn(name, names)

    def test_leads_see_it_and_others_do_not(self):
        dashboards = self.env['spreadsheet.dashboard']
        self.assertIn(self.dashboard, dashboards.with_user(self.manager).search([]))
        for user in (self.agent, self.technician, self.dispatcher, self.employee):
            with self.subTest(user=user.login):
                self.assertNotIn(self.dashboard, dashboards.with_user(user).search([]))
                with self.assertRaises(AccessError):
                    self.dashboard.with_user(user).read(['name'])

    @users('manager')
    def test_empty_database_shows_the_sample(self):
        self.env['aftersales.order'].sudo().search([]).unlink()
        dashboard = self.dashboard.with_env(self.env)
        self.assertTrue(dashboard._dashboard_is_empty())
        sample = dashboard._get_sample_dashboard()
        self.assertEqual(
            [sheet['name'] for sheet in sample['sheets']],
            [sheet['name'] for sheet in self.content['sheets']])
        self.assertFalse(sample['pivots'])
        self._create_order()
        self.assertFalse(dashboard._dashboard_is_empty())

    def test_sample_looks_like_the_dashboard(self):
        with file_open(self.dashboard.sample_dashboard_file_path) as file:
            sample = json.load(file)
        figures = [[(figure['col'], figure['row'], figure['width'], figure['height'])
                    for figure in content['sheets'][0]['figures']]
                   for content in (self.content, sample)]
        self.assertEqual(*figures)
