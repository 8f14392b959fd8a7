import math
from datetime import timedelta
from typing import NamedTuple

from ...tools.deadline import end_of_day, last_day, roll_over, share_of
from ...tools.timezone import day_bounds
from ...tools.worktime import OutOfHorizonError

WEEKEND = (5, 6)


class Promise(NamedTuple):
    """What a clock promises: so many hours or days of a calendar, or a given instant."""

    duration: float
    unit: str  # as the field of promised times names them, and 'date'
    calendar_id: int | bool
    is_fixed: bool  # no pause, customer grade or peak season changes it
    deadline: object = False  # of the unit 'date'


class DeadlineCalculator:
    """Says when promised time is used up; loads the working time of a calendar once.

    Make one for a batch of clocks and throw it away afterwards. Pauses are pairs of instants.
    """

    def __init__(self, env):
        # deadlines are the same for everybody, whatever calendars the user may read
        self._calendars = env['resource.calendar'].sudo()
        self._worktimes = {}
        self._deadlines = {}

    def schedule(self, promise, start, marks, percent_alerted=0, pauses=()):
        """Return ``(result, deadline, next alert)`` of a clock that runs since ``start``.

        While a pause lasts there is no deadline, unless it passed before the pause began.

        :param marks: percentages at which the clock alerts, in ascending order
        :param pauses: the second instant of a pause that lasts is empty
        """
        begun = None if promise.is_fixed else next(
            (first for first, last in pauses if not last), None)
        closed = [pause for pause in pauses if pause[1]]
        deadline = self.get_deadline(promise, start, closed)
        if begun:
            return 'paused', deadline and deadline <= begun and deadline, False
        mark = next((mark for mark in marks if mark > percent_alerted), None)
        return 'running', deadline, bool(mark) and self.get_mark(promise, start, mark, closed)

    def get_deadline(self, promise, start, pauses=()):
        """Return when the promise ends, with closed pauses left out unless it is fixed.

        ``False`` when the calendar has no such hours within the horizon.
        """
        return self.get_mark(promise, start, 100, pauses)

    def get_mark(self, promise, start, percent, pauses=()):
        """Return when ``percent`` of the promised time are used up, or ``False``.

        Of hours these are working hours; of days it is a share of the time to the deadline.
        """
        pauses = () if promise.is_fixed else tuple(pauses)
        case = promise, start, percent, pauses
        if case not in self._deadlines:
            self._deadlines[case] = self._calculate(*case)
        return self._deadlines[case]

    def _calculate(self, promise, start, percent, pauses):
        if promise.unit == 'hours':
            hours = promise.duration * percent / 100
            return self._add_hours(promise.calendar_id, start, hours, pauses)
        if percent != 100:
            deadline = self.get_deadline(promise, start, pauses)
            return deadline and share_of(start, deadline, percent)
        if promise.unit == 'date':
            return promise.deadline
        calendar = self._calendars.browse(promise.calendar_id)
        zone = calendar.tz or 'UTC'

        def roll(day):
            return roll_over(day, lambda moved: self._is_working_day(calendar, moved, zone))

        return end_of_day(last_day(
            start, math.ceil(promise.duration), zone, pauses,
            *([roll] if promise.unit == 'legal' else [])), zone)

    def _add_hours(self, calendar_id, start, hours, pauses):
        worked = timedelta(hours=hours)
        last_pause = max((stop for __, stop in pauses), default=start)
        calendar = self._calendars.browse(calendar_id)
        span = timedelta(days=31) + worked
        while True:
            stop = max(start, last_pause) + span
            try:
                return self._get_worktime(calendar, start, stop).add(start, worked, pauses)
            except OutOfHorizonError:
                if stop > calendar._get_horizon_limit(start):
                    return False
                span *= 4

    def _is_working_day(self, calendar, day, zone):
        """Whether anybody works on ``day``; without calendar, from Monday to Friday."""
        if not calendar:
            return day.weekday() not in WEEKEND
        start, stop = day_bounds(day, zone)
        return bool(self._get_worktime(calendar, start, stop).elapsed(start, stop))

    def _get_worktime(self, calendar, start, stop):
        worktime = self._worktimes.get(calendar.id)
        if not worktime or start < worktime.start or stop > worktime.stop:
            if worktime:
                start, stop = min(start, worktime.start), max(stop, worktime.stop)
            worktime = self._worktimes[calendar.id] = calendar._get_worktime(start, stop)
        return worktime
