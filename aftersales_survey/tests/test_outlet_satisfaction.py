from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import HttpCase

from odoo.addons.aftersales_service.tests import people

from .result_common import ResultCommon


@tagged('post_install', '-at_install')
class TestOutletSatisfaction(HttpCase, ResultCommon):
    """Wang leads Pudong, Chen leads Minhang; Zhao only works for Pudong."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wang, cls.zhao, cls.chen = (
            people.get_visitor(cls.env, login) for login in ('wang', 'zhao', 'chen'))
        for outlet, boss, people_there in (
                (cls.pudong, cls.wang, cls.wang | cls.zhao), (cls.minhang, cls.chen, cls.chen)):
            outlet.write({
                'manager_id': boss.id, 'member_ids': [Command.set(people_there.ids)]})
        cls._answer([{'csi': 80.0, 'nps': 9, 'nps_class': 'promoter', 'nps_points': 100}] * 30,
                    outlet_id=cls.pudong.id, technician_id=cls.technician.id)
        cls._answer([{'csi': 20.0}] * 29, outlet_id=cls.minhang.id)
        cls.env.flush_all()

    def _figures_of(self, user, day='2019-11-15'):
        with freeze_time(f'{day} 04:00:00'):
            return self.env['aftersales.outlet'].with_user(user)._get_figures_for_bosses()

    def test_boss_reads_the_own_outlet_alone(self):
        [shown] = self._figures_of(self.wang)
        self.assertEqual(shown['name'], "Pudong Station")
        self.assertEqual(shown['month']['figures']['csi']['value'], 80.0)
        self.assertEqual(self._figures_of(self.zhao), [])

    def test_few_answers_are_not_shown(self):
        [shown] = self._figures_of(self.chen)
        self.assertIsNone(shown['year']['figures']['csi'])
        self.assertIsNone(shown['year']['answered'])

    def test_running_month_is_not_shown(self):
        """One more answer a day must not give its customer away."""
        [shown] = self._figures_of(self.wang, '2019-10-31')
        self.assertFalse(shown['month'] or shown['year'])

    def test_page_of_the_boss(self):
        self.env.company.aftersales_survey_minimum = 30
        with freeze_time('2019-11-15 04:00:00'):
            self.authenticate('wang', 'wang')
            page = self.url_open('/my/outlet/satisfaction')
        self.assertEqual(page.status_code, 200)
        self.assertIn("Pudong Station", page.text)
        for word in ("Minhang", "Li Na", "Technician Tom"):
            self.assertNotIn(word, page.text)

    def test_others_find_no_page(self):
        for login in ('zhao', 'stranger', 'agent'):
            with self.subTest(login=login):
                people.get_visitor(self.env, 'stranger')
                self.authenticate(login, login)
                self.assertEqual(self.url_open('/my/outlet/satisfaction').status_code, 404)
        self.authenticate(None, None)
        self.assertIn('/web/login', self.url_open('/my/outlet/satisfaction').url)

    def test_answers_of_a_wave_are_downloaded_by_managers_alone(self):
        url = f'/aftersales_survey/wave/{self.wave.id}/answers.xlsx'
        self.authenticate('survey_manager', 'survey_manager')
        sheet = self.url_open(url)
        self.assertEqual((sheet.status_code, sheet.content[:2]), (200, b'PK'))
        self.assertEqual(self.url_open(url.replace(str(self.wave.id), '0')).status_code, 404)
        for login in ('interviewer', 'technician', 'wang'):
            with self.subTest(login=login):
                self.authenticate(login, login)
                self.assertEqual(self.url_open(url).status_code, 404)
