import json
import re

from odoo.exceptions import AccessError
from odoo.tools.misc import file_open


class DashboardCase:
    """A dashboard asks only for what exists, of whom may know it.

    A test class names the dashboard, the login of a reader, and the logins of those who do not
    see it.
    """

    dashboard_xmlid = None
    reader = 'manager'
    others = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls.env.ref(cls.dashboard_xmlid)
        cls.content = json.loads(cls.dashboard.spreadsheet_data)

    def _as_reader(self):
        return self.env(user=self._get_user(self.reader))

    def _get_user(self, login):
        return self.env['res.users'].search([('login', '=', login)])

    def _get_charts(self):
        return [figure['data'] for sheet in self.content['sheets']
                for figure in sheet['figures'] if figure['data']['type'].startswith('odoo_')]

    @staticmethod
    def _get_aggregate(model, name):
        return name if name == '__count' else f'{name}:{model._fields[name].aggregator}'

    def test_every_pivot_can_be_read(self):
        env = self._as_reader()
        for pivot in self.content['pivots'].values():
            with self.subTest(pivot=pivot['name']):
                groupby = [
                    ':'.join(filter(None, (row['fieldName'], row.get('granularity'))))
                    for row in (*pivot['rows'], *pivot['columns'])]
                model = env[pivot['model']]
                model.formatted_read_group(pivot['domain'], groupby, [
                    self._get_aggregate(model, measure['fieldName'])
                    for measure in pivot['measures']])

    def test_every_chart_can_be_read(self):
        env = self._as_reader()
        for chart in self._get_charts():
            with self.subTest(chart=chart['title']['text']):
                meta = chart['metaData']
                model = env[meta['resModel']]
                model.formatted_read_group(
                    chart['searchParams']['domain'], meta['groupBy'],
                    [self._get_aggregate(model, meta['measure'])])

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

    def test_links_lead_to_menus_that_exist(self):
        links = [*self.content['chartOdooMenusReferences'].values(), *(
            menu for sheet in self.content['sheets'] for content in sheet['cells'].values()
            for menu in re.findall(r'odoo://ir_menu_xml_id/([\w.]+)', content))]
        for menu in links:
            self.assertEqual(self.env.ref(menu)._name, 'ir.ui.menu')

    def test_readers_see_it_and_others_do_not(self):
        dashboards = self.env['spreadsheet.dashboard']
        self.assertIn(
            self.dashboard, dashboards.with_user(self._get_user(self.reader)).search([]))
        for login in self.others:
            user = self._get_user(login)
            with self.subTest(user=login):
                self.assertNotIn(self.dashboard, dashboards.with_user(user).search([]))
                with self.assertRaises(AccessError):
                    self.dashboard.with_user(user).read(['name'])

    def test_empty_database_shows_the_sample(self):
        self._empty()
        dashboard = self.dashboard.with_env(self._as_reader())
        self.assertTrue(dashboard._dashboard_is_empty())
        sample = dashboard._get_sample_dashboard()
        self.assertEqual(
            [sheet['name'] for sheet in sample['sheets']],
            [sheet['name'] for sheet in self.content['sheets']])
        self.assertFalse(sample['pivots'])
        self._fill()
        self.assertFalse(dashboard._dashboard_is_empty())

    def _empty(self):
        """Delete the records that the dashboard counts."""

    def _fill(self):
        """Make one of them."""

    def test_sample_looks_like_the_dashboard(self):
        with file_open(self.dashboard.sample_dashboard_file_path) as file:
            sample = json.load(file)
        figures = [[(figure['col'], figure['row'], figure['width'], figure['height'])
                    for figure in content['sheets'][0]['figures']]
                   for content in (self.content, sample)]
        self.assertEqual(*figures)
