import doctest
from datetime import date, timedelta

from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..tools import effect, sign_in
from ..tools import exam as exam_tool
from .common import TrainingCommon


@tagged('post_install', '-at_install')
class TestTrainingEffect(TrainingCommon):
    """Behaviour checks at 30, 60 and 90 days, and the work before and after the training."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.end = cls.env.cr.now().replace(microsecond=0) - timedelta(days=95)
        cls.height_course.write({'skill_id': False, 'item_ids': [
            (0, 0, {'name': "Wears the belt", 'kind': 'behaviour'})]})
        cls.session = cls._create_session(
            cls.technician, cls.outlet_technician,
            date_start=cls.end - timedelta(hours=8), date_end=cls.end)
        cls.session.with_user(cls.training_officer).action_confirm()
        cls.own, cls.outlets = cls.session.attendance_ids
        cls.own.with_user(cls.coach).action_note_present()
        cls.session.with_user(cls.coach).action_hold()

    def test_results_are_counted_around_the_training_in_sets(self):
        days = {}
        for shift in -100, -90, -1, 1, 90, 91:
            order = self._create_order(product_id=self.conditioner.id,
                                       technician_id=self.technician.id)
            days[order] = self.end + timedelta(days=shift)
        self.env.flush_all()
        for order, moment in days.items():
            self.env.cr.execute(
                "UPDATE aftersales_order SET state = 'done', date_done = %s, date_event = %s,"
                " technician_id = %s WHERE id = %s",
                (moment, moment, self.technician.id, order.id))
        self.env.invalidate_all()
        due = self.own.search(self.own._get_effect_domain(self.company))
        self.assertIn(self.own, due)
        self.assertNotIn(self.outlets, due)  # was absent
        with self.enter_registry_test_mode():  # the cron commits
            self.env.ref('aftersales_training.ir_cron_training_follow_up').method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((self.own.jobs_before, self.own.jobs_after), (2, 2))
        self.assertFalse(self.own.search(self.own._get_effect_domain(self.company)) & self.own)

    def test_behaviour_is_planned_for_days_that_have_come(self):
        domain = self.own._get_checked_domain(self.company)
        self.assertEqual(self.own.search(domain) & self.session.attendance_ids, self.own)
        self.own._plan_behaviour_checks(self.company)
        self.assertEqual(self.own.behaviour_planned, 90)
        check = self.env['aftersales.training.check'].search([('attendance_id', '=', self.own.id)])
        self.assertRecordValues(check, [{
            'kind': 'behaviour', 'user_id': self.technician.id, 'examiner_id': self.coach.id}])
        self.assertFalse(self.own.search(domain) & self.own)
        self.own._record_behaviour(75.0, date.today())
        figures = self.session._get_figures()
        self.assertEqual((figures['behaviour'], figures['attendance_rate']), (75.0, 50.0))
        low = [row['measure'] for row in self.session._get_level_rows() if row['is_low']]
        self.assertEqual(low, ["Items right at work (%)"])


@tagged('post_install', '-at_install')
class TestEffectTools(BaseCase):

    def test_doctests(self):
        for module in effect, exam_tool, sign_in:
            with self.subTest(module.__name__):
                self.assertFalse(doctest.testmod(module).failed)
