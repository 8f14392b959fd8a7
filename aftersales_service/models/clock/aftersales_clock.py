from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .aftersales_clock_target import CLOCK_KINDS
from .clock_dater import ClockDater


class AftersalesClock(models.Model):
    """A promise on a record, running towards its deadline in working time.

    It belongs to any model with the mixin ``aftersales.clock.mixin``. While the record is
    paused the clock has no deadline; afterwards the pause is left out of its time.
    """

    _name = 'aftersales.clock'
    _description = "Service Clock"
    _inherit = ['aftersales.document.link.mixin']
    _order = 'date_deadline, id'

    company_id = fields.Many2one('res.company', required=True, index=True)
    kind = fields.Selection(CLOCK_KINDS, string="Promise", required=True)
    hours = fields.Float(string="Promised Hours", required=True)
    calendar_id = fields.Many2one(
        'resource.calendar', string="Working Hours", index='btree_not_null')
    date_start = fields.Datetime(string="Running since", required=True)
    date_deadline = fields.Datetime(string="Deadline")
    date_stopped = fields.Datetime(string="Stopped on")
    percent_alerted = fields.Integer(
        string="Alerted at (%)", help="The highest mark that was told to somebody.")
    date_next_alert = fields.Datetime(string="Next Alert")
    result = fields.Selection(
        [('running', "Running"), ('paused', "Paused"), ('met', "Met"), ('missed', "Missed"),
         ('void', "Void")], default='running', required=True)

    _record_idx = models.Index('(res_model, res_id)')
    _alert_idx = models.Index('(date_next_alert) WHERE date_next_alert IS NOT NULL')
    _running_idx = models.Index('(calendar_id) WHERE date_stopped IS NULL')

    @api.depends('kind', 'date_deadline')
    @api.depends_context('lang')
    def _compute_display_name(self):
        labels = dict(self._fields['kind']._description_selection(self.env))
        for clock in self:
            clock.display_name = labels.get(clock.kind)

    # === CRUD === #

    # A click may promise 10,000 orders three times each, and a calendar date them all anew:
    # nobody writes clocks but these methods, so core's work for each record can be left out.

    @api.model
    def _insert(self, vals_list):
        """Create clocks that run from now on, in one statement; all have the same keys."""
        if not vals_list:
            return self.browse()
        common = {'result': 'running', 'date_stopped': False, 'percent_alerted': 0,
                  'create_uid': self.env.uid, 'create_date': self.env.cr.now()}
        columns = self._get_columns({
            **{name: [value] * len(vals_list) for name, value in common.items()},
            **{name: [vals[name] for vals in vals_list] for name in vals_list[0]}})
        rows = self.env.execute_query(SQL(
            "INSERT INTO aftersales_clock (%s) SELECT * FROM unnest(%s) RETURNING id",
            self._join_names(columns), self._join_arrays(columns)))
        clocks = self.browse(clock_id for [clock_id] in rows)
        clocks._keep(columns)
        return clocks

    def _update(self, values):
        """Write ``{field: values of these clocks}`` in one statement."""
        columns = self._get_columns(values)
        names = self._join_names(columns)
        self.flush_recordset()
        self.env.execute_query(SQL(
            "UPDATE aftersales_clock SET (%s) = (SELECT %s) FROM unnest(%s, %s::int[])"
            " AS new (%s, clock_id) WHERE id = clock_id RETURNING id",
            names, SQL(", ").join(SQL("new.%s", SQL.identifier(name)) for name in columns),
            self._join_arrays(columns), self.ids, names))
        self._keep(columns)

    def _get_columns(self, values):
        """Return ``{column: values}`` as the database takes them, with who wrote them when."""
        length = len(next(iter(values.values())))
        stamps = {'write_uid': [self.env.uid] * length, 'write_date': [self.env.cr.now()] * length}
        return stamps | {name: [None if value is False else value for value in column]
                         for name, column in values.items()}

    @api.model
    def _join_names(self, columns):
        return SQL(", ").join(map(SQL.identifier, columns))

    @api.model
    def _join_arrays(self, columns):
        return SQL(", ").join(
            SQL("%s::%s[]", column, SQL(self._fields[name].column_type[0]))
            for name, column in columns.items())

    def _keep(self, columns):
        """Let the cache hold what was just written.

        Nothing public tells the cache what a statement wrote: the public way is to read it
        back, a further query for each order that is registered.
        """
        self.invalidate_recordset(list(columns), flush=False)
        for name, column in columns.items():
            self._fields[name]._insert_cache(self, column)

    # === TIME === #

    def _date(self):
        """Set deadline, next alert and running or paused, of clocks that still run.

        Pauses are read once for all clocks, working time once per calendar.
        """
        if not self:
            return
        pauses, dater = self._get_pauses(), ClockDater(self.env)
        dated = []
        for clock in self:
            of_record = pauses.get((clock.res_model, clock.res_id), ())
            if any(not stop for __, stop in of_record):
                dated.append(('paused', False, False))
            else:
                dated.append(('running', *dater.date(
                    clock.calendar_id.id, clock.date_start, clock.hours,
                    clock.percent_alerted, of_record)))
        self._update(dict(zip(
            ('result', 'date_deadline', 'date_next_alert'), zip(*dated, strict=True),
            strict=True)))

    def _date_again(self):
        """Date clocks that still run, after a pause or new working hours, and their records.

        Whoever may pause the record or keep the calendar may move the deadlines.
        """
        self._date()
        for model, clocks in self.grouped('res_model').items():
            records = self.env[model].browse(set(clocks.mapped('res_id')))
            records._copy_deadline(clocks | records._get_running_clocks(known=clocks))

    def _get_pauses(self):
        """Return ``{(model, id): [(start, stop or False)]}`` of the clocks' records."""
        pauses = {}
        for model, clocks in self.grouped('res_model').items():
            rows = self.env['aftersales.clock.pause'].sudo().search_fetch(
                [('res_model', '=', model), ('res_id', 'in', set(clocks.mapped('res_id')))],
                ['res_id', 'date_start', 'date_stop'])
            for pause in rows:
                pauses.setdefault((model, pause.res_id), []).append(
                    (pause.date_start, pause.date_stop))
        return pauses

    def _stop(self, moment):
        """Stop running and paused clocks at ``moment``: the promise is met or missed."""
        self.filtered(lambda clock: not clock.date_stopped)._judge(moment)

    def _date_back(self, moment):
        """Judge those that were stopped by ``moment``: a phone without network tells later."""
        self.filtered(lambda clock: clock.result in ('met', 'missed'))._judge(moment)

    def _judge(self, moment):
        for clock in self:
            stopped = max(moment, clock.date_start)
            is_met = not clock.date_deadline or stopped <= clock.date_deadline
            clock.update({
                'date_stopped': stopped, 'date_next_alert': False,
                'result': 'met' if is_met else 'missed'})

    def _void(self):
        """Take back the promise of records that were rejected or called off."""
        self.filtered(lambda clock: not clock.date_stopped).write({
            'date_stopped': fields.Datetime.now(), 'date_next_alert': False, 'result': 'void'})

    @api.model
    def _date_clocks_of_calendars(self):
        """Date the running clocks of the calendars that this transaction changed."""
        calendar_ids = self.env.cr.precommit.data.pop('aftersales_calendars', set())
        # deadlines follow from the calendar, which the user was allowed to change
        self.sudo().search_fetch(
            [('calendar_id', 'in', list(calendar_ids)), ('date_stopped', '=', False)],
            order='id')._date_again()
        self.env.flush_all()

    # === CRON === #

    @api.model
    def _cron_alert(self, batch_size=100):
        """Tell people of clocks that passed a mark, one committed batch at a time."""
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
        """Tell each recipient of the highest mark passed for him.

        It takes the clocks out of the due ones.
        """
        now = fields.Datetime.now()
        pauses, dater = self._get_pauses(), ClockDater(self.env)
        alerts = self.env['aftersales.clock.alert'].search([('percent', '>', 0)])
        for clock in self:
            promise = clock.calendar_id.id, clock.date_start
            closed = pauses.get((clock.res_model, clock.res_id), ())
            passed = alerts.browse()
            for alert in alerts:
                if alert.percent > clock.percent_alerted:
                    moment = dater.reach(*promise, clock.hours * alert.percent / 100, closed)
                    if not moment or moment > now:
                        break
                    passed |= alert
            clock.percent_alerted = max(passed.mapped('percent'), default=clock.percent_alerted)
            __, clock.date_next_alert = dater.date(
                *promise, clock.hours, clock.percent_alerted, closed)
            record = self.env[clock.res_model].browse(clock.res_id)
            for alert in {alert.recipient: alert for alert in passed}.values():
                record._on_clock_alert(clock, alert)
