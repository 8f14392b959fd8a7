from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.deadline import end_of_day
from ..base.roles import MANAGER, TEAM_LEAD
from .deadline_calculator import DeadlineCalculator, Promise

# how long a dialog may be open before it is confirmed
HOLD_GRACE = timedelta(minutes=10)


class AftersalesClockMixin(models.AbstractModel):
    """Promises with a deadline, for any record that follows a flow and has a company.

    The record starts and stops its clocks by its own steps. It names its kinds of clocks
    (``_get_clock_kinds``), what their promised times are matched with (``_get_clock_facts``),
    and whom an alert concerns (``_get_alert_users``).
    """

    _name = 'aftersales.clock.mixin'
    _description = "Clock Mixin"
    _inherit = 'aftersales.protected.mixin'

    clock_ids = fields.One2many(
        'aftersales.clock', 'res_id', string="Clocks", bypass_search_access=True,
        domain=lambda self: [('res_model', '=', self._name)], copy=False,
        groups='base.group_user')
    date_deadline = fields.Datetime(
        string="Deadline", compute='_compute_date_deadline', store=True, copy=False, index=True,
        protected=True,
        help="The earliest promise that is not met yet.")
    is_paused = fields.Boolean(
        string="On Hold", compute='_compute_is_paused', store=True, copy=False, protected=True,
        help="The clocks are paused: see the pauses for the reason.")

    @api.depends('clock_ids.date_deadline', 'clock_ids.date_stopped')
    def _compute_date_deadline(self):
        for record in self:
            record.date_deadline = min(
                (clock.date_deadline for clock in record.clock_ids
                 if clock.date_deadline and not clock.date_stopped), default=False)

    @api.depends('clock_ids.result')
    def _compute_is_paused(self):
        for record in self:
            record.is_paused = any(clock.result == 'paused' for clock in record.clock_ids)

    # === CRUD === #

    def unlink(self):
        ids = self.ids
        result = super().unlink()
        for lines in ('aftersales.clock', 'aftersales.clock.pause'):
            self.env[lines]._unlink_lines_of(self._name, ids)
        return result

    def _register_hook(self):
        """Refuse kinds of clocks that no module declares, when the registry is loaded."""
        super()._register_hook()
        kinds = self.env['aftersales.clock']._fields['kind'].get_values(self.env)
        if unknown := sorted(set(self._get_clock_kinds()).difference(kinds)):
            raise ValueError(
                f"{self._name}._get_clock_kinds() names kinds of clocks that are not declared: "
                f"{', '.join(unknown)}. Add them to the field 'kind' of "
                "'aftersales.clock.promise.mixin' by selection_add with ondelete.")

    @api.model
    def _get_clock_models(self):
        """Return the names of the models whose records have clocks."""
        registry = self.env.registry
        return [name for name in sorted(registry)
                if not registry[name]._abstract and issubclass(registry[name], registry[
                    'aftersales.clock.mixin'])]

    @api.model
    def _get_clock_model_names(self):
        """Return ``[(model, name)]`` of the models whose records have clocks."""
        return [(model, self.env['ir.model']._get(model).name or model)
                for model in self._get_clock_models()]

    # === ACTIONS === #

    def action_pause(self):
        """Open the dialog that asks for the reason and the proof."""
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Put on Hold"),
            'res_model': 'aftersales.clock.hold',
            'view_mode': 'form',
            'target': 'new',
            'context': {'active_model': self._name, 'active_ids': self.ids},
        }

    def action_resume(self):
        """Let the clocks run again from now on."""
        self.check_access('write')
        self._resume_clocks()

    def action_view_pauses(self):
        """Show the holds of these records; the form does not load them with each record."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_clock_pause_action')
        action['domain'] = [('res_model', '=', self._name), ('res_id', 'in', self.ids)]
        return action

    # === RULES === #

    def _pause_clocks(self, reason, note=False, proofs=None, start=None, stop=None):
        """Stop the clocks of all records for one reason, with one proof.

        Hook: called by the hold dialog, as the user, for a batch, before the hold is made. Without
        ``stop`` the pause is open until the clocks are resumed. A hold begins now; a team lead may
        let it begin earlier and says why in ``note``. Extend it to refuse more, or call it in
        a step of a document that waits.

        :param reason: ``aftersales.pause.reason``
        :param note: text that is kept with the pause
        :param proofs: files (``ir.attachment``), needed where the reason asks for proof
        :param start: instant in UTC, default now
        :param stop: instant in UTC at which the pause ends; none for an open one
        :raise AccessError: the user may not write the records
        :raise UserError: records are on hold already, a proof that the reason asks for is missing,
            or (of orders) they are closed
        """
        self.check_access('write')
        start = self._limit_hold_start(start, note)
        if not stop and any(self.mapped('is_paused')):
            raise UserError(self.env._(
                "These are on hold already; resume them first, or leave them out: %(names)s",
                names=self.filtered('is_paused').mapped('display_name')))
        # agents keep no pauses: they pause what they may write
        self.env['aftersales.clock.pause'].sudo().create([{
            'res_model': self._name, 'res_id': record.id, 'company_id': record.company_id.id,
            'reason_id': reason.id, 'note': note,
            'proof_ids': [fields.Command.set((proofs or reason.env['ir.attachment']).ids)],
            'date_start': start, 'date_stop': stop or False,
        } for record in self])

    @api.model
    def _limit_hold_start(self, start, note):
        """Return when a hold begins: now or later, earlier only for a team lead's reason.

        :raise AccessError: the hold would begin in the past, for another user
        :raise UserError: a team lead gave no reason
        """
        now = fields.Datetime.now()
        start = fields.Datetime.to_datetime(start) or now
        # superuser runs code that knows what happened
        if start >= now or self.env.su:
            return start
        if now - start <= HOLD_GRACE:
            return now
        if not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "A hold begins now: ask a team lead to enter one that began earlier."))
        if not (note or '').strip():
            raise UserError(self.env._(
                "Enter in the note why the hold began before it was entered."))
        return start

    def _resume_clocks(self):
        """End the open pauses now; what was left out of the promises stays left out.

        Hook to call: by a step that checked the right to write the records, as the user or
        superuser, for one record or a batch. Raises nothing.
        """
        # the caller checked the right to write the records
        self.env['aftersales.clock.pause'].sudo().search([
            ('res_model', '=', self._name), ('res_id', 'in', self.ids),
            ('date_stop', '=', False)]).date_stop = fields.Datetime.now()

    def _start_clocks(self, kinds_by_record):
        """Start and return clocks (as superuser) of kinds that have a promised time.

        Hook to call: by code that checked the right to write the records, as the user or
        superuser, for one record or a batch, after what ``_get_clock_facts`` reads was written. A
        clock that starts while its record is on hold waits, too. Raises nothing itself.

        :param dict kinds_by_record: ``{record: [(kind, start) or (kind, start, deadline)]}``; a
            given deadline is an instant or a day of the company (its last second), needs no
            promised time, and moves with nothing
        """
        calculator, case_promises, vals_list = DeadlineCalculator(self.env), {}, []
        alerts = self.env['aftersales.clock.alert']
        for record, kinds in kinds_by_record.items():
            if not kinds:
                continue
            facts, factor = record._get_clock_facts()
            marks = alerts._get_marks(self._name, facts['company'])
            of_case = case_promises.setdefault((factor, *facts.values()), {})
            for kind, start, *given in kinds:
                if given:
                    promise = record._get_given_promise(start, *given)
                else:
                    if kind not in of_case:
                        of_case[kind] = self.env['aftersales.clock.target']._find(
                            self._name, kind, facts, factor)
                    promise = of_case[kind]
                if promise:
                    result, deadline, next_alert = calculator.schedule(promise, start, marks)
                    vals_list.append({
                        'res_model': self._name, 'res_id': record.id,
                        'company_id': facts['company'], 'kind': kind,
                        'duration': promise.duration, 'unit': promise.unit,
                        'calendar_id': promise.calendar_id, 'is_fixed': promise.is_fixed,
                        'date_start': start, 'date_deadline': deadline,
                        'date_next_alert': next_alert, 'result': result})
        on_hold = set(self.filtered('is_paused').ids)
        # promises follow from the record, which the user was allowed to write
        clocks = self.env['aftersales.clock'].sudo().create(vals_list)
        clocks.filtered(lambda clock: clock.res_id in on_hold)._reschedule()
        return clocks

    def _get_given_promise(self, start, deadline):
        self.ensure_one()
        if not isinstance(deadline, datetime):
            deadline = end_of_day(deadline, self.company_id._get_aftersales_zone())
        hours = (deadline - start).total_seconds() / 3600
        return Promise(hours, 'date', False, is_fixed=True, deadline=deadline)

    @api.model
    def _get_customer_factor(self, partner, company, day, state):
        """Return ``(id of the customer's grade or False, factor)`` for ``_get_clock_facts``.

        Hook to call: by ``_get_clock_facts`` of a document that serves a customer, as the user or
        superuser, for one document. The factor is that of the grade times that of the peak season
        in which ``day`` falls at ``state``. Raises nothing.

        :param partner: the customer, or an empty record
        :param state: where the customer is served (``res.country.state``), or an empty record
        """
        # what a customer's grade is holds for every document and user
        grade = partner.commercial_partner_id.sudo().aftersales_grade_id
        peak = self.env['aftersales.peak']._get_running_factor(company, day, state)
        return grade.id, (grade.clock_factor or 1.0) * peak

    def _get_running_clocks(self):
        """Return the clocks of the records that run or are paused, as superuser.

        Users who may see or move the record may know its promises.

        Hook to call: by the steps of a document, as the user or superuser, for one record or a
        batch, before ``_stop``, ``_void`` or ``_give_deadline``. Raises nothing.
        """
        # the deadline of the record is computed from the same clocks
        return self.sudo().clock_ids.filtered(lambda clock: not clock.date_stopped).sorted('id')

    # === HOOKS === #

    @api.model
    def _get_clock_kinds(self):
        """Return the kinds of clocks that documents of this model start and stop.

        Hook: called when the registry is loaded, for each promised time that is written, and by the
        steps of orders; as any user or superuser, on the model or a batch of which it reads
        nothing. Each kind must be declared in ``aftersales.clock.promise.mixin``, else the registry
        is refused (``ValueError``). Clocks of other kinds, which a further module put on a record,
        are left to that module. Raises nothing itself.
        """
        return frozenset()

    def _get_clock_facts(self):
        """Return ``(facts, factor)`` of one record: what its promised times are matched with,
        and how much wider or shorter they are.

        Hook: called for one record, with the rights of the current user, before clocks start, and
        before and after a change of what they follow from. The facts have the keys that
        ``_get_criteria()`` of the promised times names, ``company`` (an id) always. Raises nothing
        but what reading its fields does (``AccessError``).
        """
        self.ensure_one()
        return {'company': self.company_id.id}, 1.0

    def _get_alert_users(self, recipient, clock):
        """Return the users behind a recipient of alerts, for one record and its ``clock``.

        Hook: called by ``_on_clock_alert``, as superuser (the cron), for one record, before the
        alert is sent. A module that adds a recipient to ``aftersales.clock.alert`` answers for it
        here and calls ``super()`` for the others. Nothing is sent for no users. The handler is the
        document's to name. Raises nothing.
        """
        self.ensure_one()
        groups = {'lead': TEAM_LEAD, 'manager': MANAGER}
        if recipient in groups:
            return self.company_id._get_people_in(groups[recipient])
        return self.env['res.users']

    def _on_clock_alert(self, clock, alert):
        """Alert the users concerned that ``clock`` of this record passed the mark ``alert``.

        Hook: called by the cron of alerts, as superuser, for one record, once for each recipient,
        after the mark was noted on the clock. The handler gets an activity, everybody else a
        notification; the document has both mail mixins or overrides this. Each reads it in the
        language of the reader, not of the cron. Must not raise: the batch would begin again.
        """
        self.ensure_one()
        users = self._get_alert_users(alert.recipient, clock)
        if alert.recipient == 'handler':
            self._assign_clock_alert(clock, alert, users)
        else:
            self._notify_clock_alert(clock, alert, users)

    def _assign_clock_alert(self, clock, alert, users):
        for user in users:
            self.activity_schedule(
                'mail.mail_activity_data_todo', user_id=user.id,
                summary=self._describe_clock_alert(clock, alert, user.lang))

    def _notify_clock_alert(self, clock, alert, users):
        for lang, readers in users.grouped('lang').items():
            self.message_notify(
                partner_ids=readers.partner_id.ids, subject=self.display_name,
                body=self._describe_clock_alert(clock, alert, lang))

    @api.model
    def _describe_clock_alert(self, clock, alert, lang):
        clock = clock.with_context(lang=lang)
        return clock.env._(
            "%(promise)s: %(percent)s %% of the promised time", promise=clock.display_name,
            percent=alert.percent)
