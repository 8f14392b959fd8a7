from contextlib import contextmanager
from unittest.mock import patch

from odoo.modules.registry import Registry
from odoo.tests import tagged

from .common import ClockCommon


@tagged('post_install', '-at_install')
class TestCalendarCache(ClockCommon):
    """The cache of all workers is emptied for hours that promises count, and for no others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.others = cls.desk.copy({'name': "Workshop of somebody else"})

    @contextmanager
    def assertEmptied(self, is_emptied):  # noqa: N802
        with patch.object(Registry, 'clear_cache') as clear:
            yield
        self.assertEqual(bool(clear.call_count), is_emptied)

    def _close(self, **values):
        return self.env['resource.calendar.leaves'].create({
            'name': "Away", 'date_from': '2026-06-04 00:00:00',
            'date_to': '2026-06-04 23:59:59', **values})

    def test_leave_of_a_person_or_machine_empties_no_cache(self):
        person = self.env['resource.resource'].create(
            {'name': "Ann", 'calendar_id': self.desk.id})
        with self.assertEmptied(False):
            leave = self._close(resource_id=person.id, calendar_id=self.desk.id)
            leave.date_to = '2026-06-05 23:59:59'
            leave.unlink()

    def test_hours_that_no_promise_counts_empty_no_cache(self):
        with self.assertEmptied(False):
            self._close(calendar_id=self.others.id)
            self.others.attendance_ids[0].hour_to = 16
            self.others.attendance_ids[-1].unlink()
            self.others.copy()

    def test_hours_of_a_target_empty_the_cache(self):
        for change in (
                lambda: self._close(calendar_id=self.desk.id),
                lambda: self._close(company_id=self.env.company.id),
                lambda: self.desk.attendance_ids[0].write({'hour_to': 16})):
            with self.assertEmptied(True):
                change()

    def test_hours_of_a_running_promise_empty_the_cache(self):
        order = self._create_order()
        self._get_clock(order, 'assess').calendar_id = self.others
        with self.assertEmptied(True):
            self._close(calendar_id=self.others.id)

    def test_zone_of_a_calendar_always_empties_the_cache(self):
        """The days of a company are those of its calendar, which need not count promises."""
        with self.assertEmptied(True):
            self.others.tz = 'Asia/Shanghai'
