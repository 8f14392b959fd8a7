from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.deadline import is_kept, pauses_until
from .deadline_calculator import DeadlineCalculator


class AftersalesClock(models.Model):
    """A promise on a record, running towards its deadline in working hours or days.

    It belongs to any model with the mixin ``aftersales.clock.mixin``, and is read by those who
    may read that record. While the record is paused the clock has no deadline, unless it was
    late already; afterwards the pause is left out of its time. No pause changes a fixed one.
    """

    _name = 'aftersales.clock'
    _description = "Service Clock"
    _inherit = [
        'aftersales.document.link.mixin', 'aftersales.document.access.mixin',
        'aftersales.clock.promise.mixin']
    _order = 'date_deadline, id'

    company_id = fields.Many2one('res.company', required=True, index=True)
    unit = fields.Selection(
        selection_add=[('date', "Given Date")], ondelete={'date': 'cascade'})
    calendar_id = fields.Many2one(index='btree_not_null')
    date_start = fields.Datetime(string="Running since", required=True)
    date_deadline = fields.Datetime(string="Deadline")
    date_stopped = fields.Datetime(string="Stopped on")
    percent_alerted = fields.Integer(
        string="Alerted at (%)", help="The highest percentage of which people were notified.")
    date_next_alert = fields.Datetime(string="Next Alert")
    result = fields.Selection(
        [('running', "Running"), ('paused', "Paused"), ('met', "Met"), ('missed', "Missed"),
         ('void', "Void")], default='running', required=True)

    _record_idx = models.Index('(res_model, res_id)')
    _alert_idx = models.Index('(date_next_alert) WHERE date_next_alert IS NOT NULL')
    _running_idx = models.Index('(calendar_id) WHERE date_stopped IS NULL')

    @api.model
    def _get_document_models(self):
        return self.env['aftersales.clock.mixin']._get_clock_models()

    # === TIME === #

    def _get_promise(self):
        promise = super()._get_promise()
        # the given deadline stays whatever happens, so it is kept where all deadlines are
        return promise._replace(deadline=self.date_deadline) if self.unit == 'date' else promise

    def _reschedule(self):
        """Set deadline, next alert and running or paused, of clocks that still run.

        Called after a pause, a change of what is promised or new working hours, by code that
        checked the right to these. Pauses are read once for all clocks, working time once per
        calendar. The records follow.
        """
        pauses, calculator = self._get_pauses(), DeadlineCalculator(self.env)
        alerts = self.env['aftersales.clock.alert']
        self._write_each({
            clock: dict(zip(('result', 'date_deadline', 'date_next_alert'), calculator.schedule(
                clock._get_promise(), clock.date_start,
                alerts._get_marks(clock.res_model, clock.company_id.id), clock.percent_alerted,
                pauses.get((clock.res_model, clock.res_id), ())), strict=True))
            for clock in self})

    def _write_each(self, vals_by_clock):
        """Write what changed, one ``write`` for all clocks that get the same."""
        clocks_by_vals = {}
        for clock, vals in vals_by_clock.items():
            changed = tuple((name, value) for name, value in vals.items() if clock[name] != value)
            if changed:
                clocks_by_vals.setdefault(changed, []).append(clock.id)
        for changed, clock_ids in clocks_by_vals.items():
            self.browse(clock_ids).write(dict(changed))

    def _get_pauses(self):
        """Return ``{(model, id): [(start, stop or False)]}`` of the clocks' records."""
        pauses = {}
        for model, clocks in self.grouped('res_model').items():
            # what a hold leaves out, every clock of its record leaves out
            rows = self.env['aftersales.clock.pause'].sudo().search_fetch(
                [('res_model', '=', model), ('res_id', 'in', set(clocks.mapped('res_id')))],
                ['res_id', 'date_start', 'date_stop'])
            for pause in rows:
                pauses.setdefault((model, pause.res_id), []).append(
                    (pause.date_start, pause.date_stop))
        return pauses

    def _give_deadline(self, deadline):
        """Let running clocks end at a given instant or day, as an authority extends a period.

        Hook to call: by a step of the document that checked the right to write it (a complaint
        whose authority grants more time), as superuser, for a batch of clocks of any records;
        clocks that stopped are left alone. From then on no hold and no change of the record moves
        them; alerts begin again. Raises nothing.

        :param deadline: an instant in UTC, or a day of the company (its last second)
        """
        running = self.filtered(lambda clock: not clock.date_stopped)
        for clock in running:
            record = self.env[clock.res_model].browse(clock.res_id)
            promise = record._get_given_promise(clock.date_start, deadline)
            clock.write({
                'duration': promise.duration, 'unit': promise.unit, 'calendar_id': False,
                'is_fixed': True, 'date_deadline': promise.deadline, 'percent_alerted': 0})
        running._reschedule()

    def _stop(self, moment):
        """Stop running and paused clocks at ``moment``: the promise is met or missed.

        Hook to call: by the step that keeps the promise, as superuser
        (``_get_running_clocks`` returns them so), for a batch of clocks of any records, after the
        step. Stopped ones are left alone. Raises nothing.

        :param moment: instant in UTC at which the promise was kept
        """
        running = self.filtered(lambda clock: not clock.date_stopped)
        running._judge(dict.fromkeys(running, moment))

    def _date_back(self, moment):
        """Judge those that were stopped by ``moment``: a phone without network syncs later."""
        judged = self.filtered(lambda clock: clock.result in ('met', 'missed'))
        judged._judge(dict.fromkeys(judged, moment))

    def _judge(self, moments):
        """Say whether promises were kept by the time used when they were stopped.

        Holds are left out up to that moment, also one that lasts: a promise that is late when
        it is put on hold stays late.

        :param dict moments: ``{clock: instant}``
        """
        pauses, calculator = self._get_pauses(), DeadlineCalculator(self.env)
        vals_by_clock = {}
        for clock in self:
            stopped = max(moments[clock], clock.date_start)
            deadline = calculator.get_deadline(
                clock._get_promise(), clock.date_start,
                pauses_until(pauses.get((clock.res_model, clock.res_id), ()), stopped))
            vals_by_clock[clock] = {
                'date_stopped': stopped, 'date_deadline': deadline, 'date_next_alert': False,
                'result': 'met' if is_kept(deadline, stopped) else 'missed'}
        self._write_each(vals_by_clock)

    def _void(self):
        """Take back the promise of records that were rejected or called off.

        What is late by now was not kept, whatever became of the record afterwards.
        """
        now = fields.Datetime.now()
        running = self.filtered(lambda clock: not clock.date_stopped)
        late = running.filtered(lambda clock: clock._is_late())
        late._judge(dict.fromkeys(late, now))
        (running - late).write({
            'date_stopped': now, 'date_next_alert': False, 'result': 'void'})

    def _is_late(self):
        """Whether the deadline of this clock is over, on hold or not."""
        self.ensure_one()
        return bool(self.date_deadline) and not is_kept(
            self.date_deadline, fields.Datetime.now())

    @api.model
    def _reschedule_calendars(self):
        """Reschedule the running clocks of the calendars that this transaction changed."""
        calendar_ids = self.env.cr.precommit.data.pop('aftersales_calendars', set())
        # deadlines follow from the calendar, which the user was allowed to change
        self.sudo().search_fetch(
            [('calendar_id', 'in', list(calendar_ids)), ('date_stopped', '=', False)],
            order='id')._reschedule()
        self.env.flush_all()

    @api.model
    def _reschedule_alerts(self):
        """Set the next alert of running clocks whose alerts this transaction changed."""
        models_changed = self.env.cr.precommit.data.pop('aftersales_alerts', set())
        # alerts follow from their configuration, which the user was allowed to change
        self.sudo().search_fetch(
            [('res_model', 'in', list(models_changed)), ('date_stopped', '=', False)],
            order='id')._reschedule()
        self.env.flush_all()

    # === CRON === #

    @api.model
    def _cron_alert(self, batch_size=100):
        """Alert of clocks that passed a mark, one committed batch at a time."""
        domain = self._get_due_domain()
        cron = self.env['ir.cron']
        cron._commit_progress(remaining=self.search_count(domain))
        while clocks := self.search(
                domain, order='date_next_alert', limit=batch_size).try_lock_for_update():
            clocks._alert()
            if not cron._commit_progress(len(clocks)):
                break

    @api.model
    def _get_due_domain(self):
        return Domain('date_next_alert', '<=', fields.Datetime.now())

    def _alert(self):
        """Alert each recipient of the highest mark passed; it takes clocks out of the due ones.

        Whom an alert reaches and how is the document's to say (``_on_clock_alert``).
        """
        now = fields.Datetime.now()
        pauses, calculator = self._get_pauses(), DeadlineCalculator(self.env)
        alerts = self.env['aftersales.clock.alert']
        for clock in self:
            closed = [pause for pause in pauses.get((clock.res_model, clock.res_id), ())
                      if pause[1]]
            passed = {}  # percentages ascend: the highest of each recipient stays
            for alert in alerts._get_alerts(clock.res_model, clock.company_id.id):
                if alert.percent > clock.percent_alerted:
                    moment = calculator.get_mark(
                        clock._get_promise(), clock.date_start, alert.percent, closed)
                    if not moment or moment > now:
                        break
                    passed[alert.recipient] = alert
            clock.percent_alerted = max(
                (alert.percent for alert in passed.values()), default=clock.percent_alerted)
            *__, clock.date_next_alert = calculator.schedule(
                clock._get_promise(), clock.date_start,
                alerts._get_marks(clock.res_model, clock.company_id.id), clock.percent_alerted,
                closed)
            if clock.res_model in self.env:
                record = self.env[clock.res_model].browse(clock.res_id)
                for alert in passed.values():
                    record._on_clock_alert(clock, alert)
