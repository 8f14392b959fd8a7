from odoo import api, fields, models

from odoo.addons.aftersales_service.models.clock.deadline_calculator import DeadlineCalculator

from .aftersales_clock_promise_liability import WINDOW_KINDS
from .aftersales_clock_promise_mixin import CUSTOMER_KINDS, STEP_KINDS
from .aftersales_complaint import QUIET_KINDS
from .roles import COMPLAINT_MANAGER, DESK

_CUSTOMER = frozenset(kind for kind, __ in CUSTOMER_KINDS)
_STEPS = frozenset(kind for kind, __ in STEP_KINDS)
_WINDOWS = frozenset(kind for kind, __ in WINDOW_KINDS)
# promises that an answer keeps, before the customer accepts it
_ANSWERED = frozenset({
    'complaint_response', 'complaint_feedback', 'complaint_law', 'complaint_platform',
    'complaint_authority'})
# state -> the clock of the step that is ours to take in it
_STATE_KINDS = {
    'assigned': 'complaint_to_quality', 'proposed': 'complaint_approval',
    'approved': 'complaint_inform'}
# what may change which promises a complaint has
_PROMISED_BY = frozenset({
    'level', 'kind', 'channel', 'partner_id', 'is_abroad', 'is_injury', 'is_authority',
    'is_media', 'amount_asked', 'category_id', 'is_grievance', 'date_external_deadline',
    'hop', 'delay_reason', 'user_id'})
# the customer's clock ends here
_END_STATES = frozenset({'unfounded', 'settled', 'closed', 'merged'})


class AftersalesComplaint(models.Model):
    """The promises of a complaint: the customer's, the law's, and those of our own steps.

    The customer's end when the complaint is closed with them; ours follow the step, and during
    the investigation who has the sheet.
    """

    _inherit = 'aftersales.complaint'

    # === WHAT IS WRITTEN === #

    def _ensure_hop_open(self, vals):
        """Refuse to pass the sheet on at other times than during the investigation."""
        if vals.get('hop') and 'state' not in vals:
            self._refuse_where(
                lambda case: case.state != 'investigating' and 'stage_id' not in vals,
                self.env._("The sheet is passed on during the investigation only"))

    def _follow_facts(self, vals):
        """Promise what holds after ``write`` changed a fact; a step sets its clocks by itself."""
        if 'state' not in vals and vals.keys() & _PROMISED_BY:
            self.filtered(lambda case: case.state not in _END_STATES)._renew_promises()

    # === RULES === #

    @api.model
    def _get_clock_kinds(self):
        return super()._get_clock_kinds() | _CUSTOMER | _STEPS | _WINDOWS

    def _get_clock_facts(self):
        facts, factor = super()._get_clock_facts()
        case = self.sudo()  # which promises a case has follows from facts that some may not read
        return facts | {
            'complaint_level': case.level, 'is_complaint_abroad': case.is_abroad}, factor

    def _get_promised_kinds(self, start):
        """Return ``[(kind, start)]`` or ``[(kind, start, deadline)]`` of the present promises.

        :param start: since when the customer waits
        """
        self.ensure_one()
        case = self.sudo()  # its promises follow from facts that some may not read
        if case.state in _END_STATES or case.kind in QUIET_KINDS:
            return []
        if case.is_grievance:
            return [('complaint_grievance', start)]
        now = fields.Datetime.now()
        kinds = [('complaint_solution', start)]
        if not (case.date_responded or case.date_answered):
            kinds.append(('complaint_response', start))
        if not case.date_answered:
            kinds.append(('complaint_feedback', start))
            if case._is_law_running():
                # a demand whose answer is rejected stands since it was made
                demanded = case.date_received if case.state == 'rejected' else start
                kinds.append(('complaint_law', demanded))
            if case.date_external_deadline:
                kinds.append((
                    'complaint_platform' if case.channel == 'platform' else (
                        'complaint_authority'), start, case.date_external_deadline))
        if case.is_injury and not case.date_reported:
            kinds.append(('complaint_injury', start))
        for step in case._get_own_kinds():
            is_first = step in ('complaint_register', 'complaint_taken')
            kinds.append((step, start if is_first else now))
        return kinds

    def _get_deadlines(self):
        """Return ``[(kind, label, deadline, whether it is our own step)]`` of the promises.

        Those that run; of a complaint that is not saved those that would begin now.
        """
        self.ensure_one()
        labels = dict(self.env['aftersales.clock']._fields['kind']._description_selection(self.env))
        if self._origin:
            # who reads the complaint may know its promises; the form has read them already
            return [(clock.kind, labels[clock.kind], clock.date_deadline, clock.kind in _STEPS)
                    for clock in self._origin.sudo().clock_ids if not clock.date_stopped]
        now, calculator = fields.Datetime.now(), DeadlineCalculator(self.env)
        facts, factor = self._get_clock_facts()
        deadlines = []
        for kind, start, *given in self._get_promised_kinds(now):
            promise = (given and given[0]) or self.env['aftersales.clock.target']._find(
                self._name, kind, facts, factor)
            if promise:
                deadline = given[0] if given else calculator.get_deadline(promise, start)
                deadlines.append((kind, labels[kind], deadline, kind in _STEPS))
        return deadlines

    def _is_law_running(self):
        """Return whether the law's period runs: a consumer's demand in China, no reason stated."""
        self.ensure_one()
        country = self.partner_id.country_id or self.company_id.country_id
        china = self.env['ir.model.data']._xmlid_to_res_id('base.cn')
        return country.id == china and not self.partner_id.commercial_partner_id.is_company and (
            not (self.delay_reason or '').strip())

    def _get_step_kind(self):
        """Return the kind of the clock of our own present step; none where we wait."""
        self.ensure_one()
        if self.state == 'new':
            return 'complaint_to_quality' if self.date_judged else 'complaint_register'
        if self.state == 'investigating':
            return f'complaint_{self.hop or "quality"}'
        return _STATE_KINDS.get(self.state)

    def _get_own_kinds(self):
        """Return the kinds of our own clocks now: the step's, and that a handler takes it."""
        self.ensure_one()
        is_free = self.state == 'new' and not self.user_id and not self.is_grievance
        return list(filter(None, (self._get_step_kind(), is_free and 'complaint_taken')))

    def _start_missing_clocks(self, starts, clocks=None):
        """Start the promises that the complaints have now and that do not run yet.

        :param dict starts: ``{complaint: instant}``
        :param clocks: those that run, if they were read already
        """
        known = {(clock.res_id, clock.kind) for clock in clocks or ()}
        return self._start_clocks({
            case: [kind for kind in case._get_promised_kinds(starts[case])
                   if (case.id, kind[0]) not in known] for case in self})

    def _renew_promises(self):
        """Promise what holds for what the complaints became: urgent, abroad, another kind.

        Promises of the customer count from the receipt on, as if the complaint had been so from
        the beginning; those that hold no longer are taken back.
        """
        clocks = self._get_running_clocks()
        wanted = {case.id: {kind[0]: kind for kind in case._get_promised_kinds(
            case.date_received)} for case in self}
        facts = {case.id: case._get_clock_facts() for case in self}
        changed, now = clocks.browse(), fields.Datetime.now()
        for clock in clocks.filtered(lambda clock: clock.kind in _CUSTOMER | _STEPS):
            kind = wanted[clock.res_id].get(clock.kind)
            if not kind and (clock.kind in _STEPS or (
                    clock.kind == 'complaint_law' and clock.date_start)):
                clock._stop(now)  # the step is done, the reason is stated
            elif not kind:
                clock._void()
            elif len(kind) > 2:
                if clock.date_deadline != kind[2]:
                    clock._give_deadline(kind[2])
            else:
                promise = self.env['aftersales.clock.target']._find(
                    self._name, clock.kind, *facts[clock.res_id])
                if not promise:
                    clock._void()
                elif promise != clock._get_promise():
                    clock.write({
                        'duration': promise.duration, 'unit': promise.unit,
                        'calendar_id': promise.calendar_id, 'is_fixed': promise.is_fixed,
                        'percent_alerted': 0})
                    changed |= clock
        self._start_missing_clocks({case: case.date_received for case in self}, clocks)
        changed._reschedule()

    def _follow_step(self):
        """Stop the promises that the present step keeps, and start those that it begins."""
        self.filtered(  # else it stands still once reopened
            lambda case: case.state in _END_STATES and case.is_paused)._resume_clocks()
        clocks = self._get_running_clocks()
        now = fields.Datetime.now()
        cases = {case.id: case for case in self}
        voided, kept = clocks.browse(), clocks.browse()
        for clock in clocks.filtered(lambda clock: clock.kind in _CUSTOMER | _STEPS):
            case = cases[clock.res_id]
            if case.state == 'merged':
                voided |= clock
            elif case.state in _END_STATES or (clock.kind in _STEPS and (
                    clock.kind not in case._get_own_kinds())) or (
                    clock.kind in _ANSWERED and case.date_answered):
                kept |= clock
        voided._void()
        kept._stop(now)
        running = clocks - voided - kept
        # whom the customer's promises run for already, begins only the next step of ours; where
        # the answer was rejected, what the answer had kept begins again
        promised = {clock.res_id for clock in running if clock.kind in _CUSTOMER}
        on_the_way = self.filtered(
            lambda case: case.id in promised and case.state != 'rejected')
        known = {(clock.res_id, clock.kind) for clock in running}
        on_the_way._start_clocks({
            case: [(kind, now) for kind in case._get_own_kinds() if (case.id, kind) not in known]
            for case in on_the_way})
        (self - on_the_way)._start_missing_clocks(
            dict.fromkeys(self - on_the_way, now), running)

    def _note_response(self):
        """Note the first contact with the customer; it keeps the first promise."""
        now = fields.Datetime.now()
        # the caller wrote to or spoke with the customer of a case that they may write
        self.sudo().filtered(lambda case: not case.date_responded).write(
            {'date_responded': now})
        clocks = self._get_running_clocks()
        judged = set(self.filtered('date_judged').ids)
        clocks.filtered(lambda clock: clock.kind == 'complaint_response' or (
            clock.kind == 'complaint_feedback' and clock.res_id in judged))._stop(now)

    def _pause_clocks(self, *args, **kwargs):
        self._refuse_where(
            lambda case: case.state in _END_STATES, self.env._("These complaints are closed"))
        return super()._pause_clocks(*args, **kwargs)

    # === ALERTS === #

    def _get_alert_users(self, recipient, clock):
        """Alert the unit of its own steps, the handler of the others, then the ladder above."""
        if recipient == 'complaint_desk':
            return self.company_id._get_people_in(DESK)
        if recipient == 'manager':
            return self.company_id._get_people_in(COMPLAINT_MANAGER)
        if recipient != 'handler':
            return super()._get_alert_users(recipient, clock)
        if clock.kind in _STEPS and self.state in ('assigned', 'investigating'):
            return self._get_unit_users() or self.user_id or (
                self.company_id._get_people_in(DESK))
        return self.user_id or self.company_id._get_people_in(DESK)
