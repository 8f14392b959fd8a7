from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.aftersales_survey.tests.wave_common import WaveCommon
from odoo.addons.base.models.ir_cron import IrCron

from bench.views import read_specifications


@tagged('post_install', '-at_install')
class TestSpeed(WaveCommon):
    """Numbers of SQL queries of waves: by the batch and not by the recipient."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._create_customers(240, state_id=cls.env.ref('base.state_us_5').id)

    def _draw(self, **values):
        wave = self._create_campaign(throttle_days=0, **values)
        wave.action_draw()
        return wave

    def _send(self, wave):
        with patch.object(IrCron, '_commit_progress', lambda *args, **kwargs: 60):
            self.env['aftersales.survey.invitation']._cron_send()
            wave.sudo().invitation_ids.customer_message_ids._process()

    def test_a_draw_costs_the_same_for_few_and_for_many(self):
        for values, limit in (({}, 29), ({'method': 'stratified', 'stratum_by': 'region'}, 35)):
            self._draw(size_wished=5, **values)
            numbers = []
            for size in (10, 200):
                wave = self._create_campaign(throttle_days=0, size_wished=size, **values)
                numbers.append(self._count_queries(wave.action_draw))
            with self.subTest(values):
                self.assertLessEqual(numbers[1], numbers[0])
                self.assertLessEqual(numbers[0], limit)

    def test_a_launch_costs_a_fifth_of_a_query_for_each_recipient(self):
        self._draw(size_wished=5).action_launch()
        few, many = (self._count_queries(wave.action_launch) for wave in (
            self._draw(size_wished=20), self._draw(size_wished=220)))
        self.assertLessEqual((many - few) / 200, 0.2, (few, many))
        self.assertLessEqual(few, 60)

    def test_messages_are_sent_by_few_queries_for_each(self):
        numbers = []
        for size in (5, 20, 220):
            wave = self._draw(size_wished=size)
            wave.action_launch()
            numbers.append(self._count_queries(lambda wave=wave: self._send(wave)))
        __, few, many = numbers
        self.assertLessEqual((many - few) / 200, 0.5, numbers)

    def test_lists_and_forms_cost_the_same_whatever_the_number(self):
        self._draw(size_wished=20).action_launch()
        for model in ('aftersales.survey.wave', 'aftersales.survey.invitation'):
            with self.subTest(model):
                self.assertLessEqual(self._count_list(model), self._count_list(model, 100))
                self.assertLessEqual(self._count_list(model, 100), 13)
                self.assertLessEqual(self._count_form(model), 18)

    def _read_screens(self, model):
        records = self.env[model].with_user(self.survey_manager).with_context(
            lang='en_US', tz='UTC')
        return records, read_specifications(records.env, model)

    def _count_list(self, model, more=0):
        """Return what a list costs once caches are warm, with ``more`` recipients than before."""
        if more:
            self._draw(size_wished=more).action_launch()
        records, screens = self._read_screens(model)

        def read():
            records.web_search_read([], screens['list'], limit=80, count_limit=10001)
        return [self._count_queries(read) for __ in range(3)][-1]

    def _count_form(self, model):
        records, screens = self._read_screens(model)
        record = records.search([], limit=1)
        return [self._count_queries(lambda: record.web_read(screens['form']))
                for __ in range(3)][-1]
