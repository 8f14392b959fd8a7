from datetime import timedelta

from ...tools.worktime import OutOfHorizonError


class ClockDater:
    """Says when promised time is used up; loads the working time of a calendar once.

    Make one for a batch of clocks and throw it away afterwards.
    """

    def __init__(self, env):
        self.env = env
        self._marks = env['aftersales.clock.alert']._get_marks()
        self._worktimes = {}
        self._dates = {}

    def reach(self, calendar_id, start, hours, pauses=()):
        """Return when ``hours`` of working time have passed since ``start``.

        ``False`` when the calendar has no such hours within the horizon.

        :param pauses: closed pauses, as pairs of instants
        """
        worked = timedelta(hours=hours)
        last_pause = max((stop for __, stop in pauses), default=start)
        calendar = self.env['resource.calendar'].browse(calendar_id)
        span = timedelta(days=31) + worked
        while True:
            stop = max(start, last_pause) + span
            try:
                return self._get_worktime(calendar, start, stop).add(start, worked, pauses)
            except OutOfHorizonError:
                if stop > calendar._get_horizon_limit(start):
                    return False
                span *= 4

    def date(self, calendar_id, start, hours, percent_alerted=0, pauses=()):
        """Return ``(deadline, next alert)`` of a clock; equal promises are reckoned once."""
        if pauses:
            return self._reckon(calendar_id, start, hours, percent_alerted, pauses)
        promise = calendar_id, start, hours, percent_alerted
        if promise not in self._dates:
            self._dates[promise] = self._reckon(*promise)
        return self._dates[promise]

    def _reckon(self, calendar_id, start, hours, percent_alerted, pauses=()):
        deadline = self.reach(calendar_id, start, hours, pauses)
        mark = next((mark for mark in self._marks if mark > percent_alerted), None)
        if not mark:
            return deadline, False
        if mark == 100:
            return deadline, deadline
        return deadline, self.reach(calendar_id, start, hours * mark / 100, pauses)

    def _get_worktime(self, calendar, start, stop):
        worktime = self._worktimes.get(calendar.id)
        if not worktime or start < worktime.start or stop > worktime.stop:
            if worktime:
                start, stop = min(start, worktime.start), max(stop, worktime.stop)
            worktime = self._worktimes[calendar.id] = calendar._get_worktime(start, stop)
        return worktime
