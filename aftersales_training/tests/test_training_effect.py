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
        cls.end = cls.env.cr.now().replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(
            days=125)
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

    def test_results_wait_until_the_last_repair_has_held(self):
        """90 days after the training, and the 30 days that the last repair must hold."""
        self.company.aftersales_repair_days = 30
        for days, is_due in (120, False), (122, True):
            self.session.sudo().date_end = self.env.cr.now() - timedelta(days=days)
            self.session.flush_recordset()
            found = self.own.search(self.own._get_effect_domain(self.company)) & self.own
            self.assertEqual(bool(found), is_due, days)

    def test_days_are_those_of_the_company_and_repeats_of_who_repaired(self):
        """A job at 00:30 in Shanghai counts on its day, whatever the caller's zone."""
        self.company.resource_calendar_id.tz = 'Asia/Shanghai'
        card = self._create_card()
        other = self._create_person('theo', 'technician', "Technician Theo")
        for person, done in ((self.technician, '2026-03-09 16:30:00'),
                             (other, '2026-03-12 02:00:00')):
            order = self._create_order(warranty_id=card.id, date_event=done)
            order.sudo().write({'technician_id': person.id, 'date_done': done})
        self.env.flush_all()
        people = self.technician | other
        found = self.own.with_context(tz='America/New_York')._read_results(
            self.company, people, date(2026, 3, 1), date(2026, 4, 1))
        self.assertEqual(found['jobs'][self.technician.id], [(date(2026, 3, 10), 1)])
        self.assertEqual(
            [sum(count for __, count in found['repeats'][person.id]) for person in people],
            [1, 0])

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
