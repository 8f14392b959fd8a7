from datetime import datetime, timezone

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .result_common import ResultCommon


@tagged('post_install', '-at_install')
class TestMonitor(ResultCommon):
    """The index of the company should keep 90 points; it is looked at on 20 October."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['aftersales.survey.monitor'].search([]).unlink()
        cls.monitor = cls.env['aftersales.survey.monitor'].create({
            'metric': 'csi', 'threshold': 90.0, 'user_id': cls.survey_manager.id})

    def _check(self, day='2019-10-20'):
        self.env.flush_all()
        with freeze_time(f'{day} 04:00:00'), self.enter_registry_test_mode():
            self.env.ref('aftersales_survey.ir_cron_survey_monitor').method_direct_trigger()

    def test_figure_below_its_threshold_raises_one_alarm(self):
        self._answer([{'csi': 80.0}] * 30)
        self._check()
        self._check('2019-10-21')
        self.assertRecordValues(self.monitor, [
            {'is_alarm': True, 'last_value': 80.0, 'last_count': 30}])
        self.assertEqual(self.monitor.activity_ids.user_id, self.survey_manager)
        self.assertEqual(len(self.monitor.activity_ids), 1)

    def test_alarm_ends_when_the_figure_is_good_and_may_come_again(self):
        self._answer([{'csi': 80.0}] * 30)
        self._check()
        self._answer([{'csi': 100.0}] * 60)
        self._check('2019-10-21')
        self.assertFalse(self.monitor.is_alarm or self.monitor.activity_ids)
        self._answer([{'csi': 20.0}] * 60)
        self._check('2019-10-22')
        self.assertEqual(len(self.monitor.activity_ids), 1)

    def test_few_answers_raise_no_alarm(self):
        self._answer([{'csi': 20.0}] * 29)
        self._check()
        self.assertRecordValues(self.monitor, [{'is_alarm': False, 'is_small': True}])

    def test_outlet_has_a_threshold_of_its_own(self):
        of_outlet, refusal = self.env['aftersales.survey.monitor'].create([
            {'metric': 'csi', 'outlet_id': self.minhang.id, 'threshold': 60.0},
            {'metric': 'refusal', 'threshold': 10.0}])
        self._answer([{'csi': 95.0}] * 90, outlet_id=self.pudong.id)
        self._answer([{'csi': 50.0}] * 30, outlet_id=self.minhang.id)
        self._ask(20, state='refused', outlet_id=self.minhang.id)
        self._check()
        self.assertEqual(
            [monitor.is_alarm for monitor in (of_outlet, refusal, self.monitor)],
            [True, True, True])
        self.assertEqual(round(refusal.last_value, 1), 14.3)

    def test_old_answers_count_no_more(self):
        self._answer([{'csi': 20.0}] * 60)
        self._check('2019-11-20')
        self.assertRecordValues(self.monitor, [{'is_alarm': False, 'last_count': 0}])

    def test_digest_takes_the_index_of_the_month(self):
        self._answer([{'csi': 80.0}] * 30)
        digest = self.env['digest.digest'].create({
            'name': "Satisfaction", 'company_id': self.env.company.id})
        self.env.flush_all()

        def of(user):
            self.env.invalidate_all()
            return digest.with_user(user).with_context(
                start_datetime=datetime(2019, 10, 1, tzinfo=timezone.utc),
                end_datetime=datetime(2019, 11, 1, tzinfo=timezone.utc)).sudo()

        self.assertEqual(of(self.survey_manager).kpi_survey_csi_value, 80.0)
        self.assertEqual(of(self.survey_manager).kpi_survey_answers_value, 30)
        with self.assertRaisesRegex(AccessError, "survey managers"):
            _ = of(self.interviewer).kpi_survey_csi_value
        actions = digest._compute_kpis_actions(self.env.company, self.survey_manager)
        self.env.ref(actions['kpi_survey_csi'].split('?')[0])

    def test_what_was_found_cannot_be_written(self):
        with self.assertRaisesRegex(AccessError, "protected"):
            self.monitor.with_user(self.survey_manager).is_alarm = True
