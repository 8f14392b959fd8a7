from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.timezone import day_bounds, to_local

from ..tools.calls import is_called


class AftersalesSurveyWave(models.Model):
    """The launch of a wave, what a continuous one asks after events, and its end.

    The crons work in committed batches; each invitation leaves a batch by its own state, so a run
    that is killed goes on where it was.
    """

    _inherit = 'aftersales.survey.wave'

    # === ACTIONS === #

    def action_launch(self):
        """Invite the drawn customers; messages leave in batches from now on."""
        self._set_state('running')
        self.env.ref('aftersales_survey.ir_cron_survey_send').sudo()._trigger()
        return self.action_view_invitations() if len(self) == 1 else True

    def action_close(self):
        """Ask no further customer, and take no further answers."""
        self._set_state('closed')

    # === LIFE-CYCLE === #

    def _ensure_reachable(self, target):
        result = super()._ensure_reachable(target)
        if target == 'running':
            self._refuse_where(
                lambda wave: wave.kind == 'campaign' and wave.state != 'drawn',
                self.env._("Draw the sample of these waves first"))
        return result

    def _ensure_running(self):
        """Refuse a launch without questions, time, customers or a way to reach them."""
        self.survey_id._check_aftersales_questions()
        now = fields.Datetime.now()
        self._refuse_where(
            lambda wave: wave.kind == 'campaign' and not wave.date_deadline,
            self.env._("Set the deadline for the answers first"))
        self._refuse_where(
            lambda wave: wave.date_deadline and wave.date_deadline <= now,
            self.env._("The deadline has passed already: choose a later one"))
        self._refuse_where(
            lambda wave: wave.channel == 'message' and not wave._get_address_fields(),
            self.env._("No notification sends survey invitations: switch one on in the "
                       "customer notifications, or ask by telephone"))

    def _on_running(self):
        for wave in self:
            if wave.kind == 'campaign':
                wave._invite(wave._read_drawn())

    def _on_closed(self):
        self.env['aftersales.survey.invitation'].search([
            ('wave_id', 'in', self.ids), ('state', 'in', ('draft', 'sent'))])._expire()
        # half an answer is finished no more, and a page that is open saves nothing
        self._end_answers(fields.Datetime.now())

    def write(self, vals):
        result = super().write(vals)
        if 'date_deadline' in vals:
            self.filtered(lambda wave: wave.state == 'running')._carry_deadline()
        return result

    def _carry_deadline(self):
        """Let what is open of these running waves follow their deadline.

        After an event each customer has days of the own: a deadline of the wave only cuts them.
        """
        for wave in self.filtered(lambda wave: wave.date_deadline or wave.kind == 'campaign'):
            is_cut = wave.kind == 'trigger'
            late = Domain('date_deadline', '>', wave.date_deadline) if is_cut else Domain.TRUE
            # write checked that the user may change the wave
            self.env['aftersales.survey.invitation'].sudo().search(
                Domain('wave_id', '=', wave.id) & Domain('state', 'in', ('draft', 'sent'))
                & Domain('call_reason', '!=', 'second') & late).date_deadline = wave.date_deadline
            wave._end_answers(wave.date_deadline, is_cut)

    def _end_answers(self, end, is_cut=True):
        """Let the open pages of these waves take answers until ``end`` (UTC).

        :param is_cut: whether a page that ends earlier keeps its end
        """
        late = Domain('deadline', '=', False) | Domain('deadline', '>', end)
        # closing a wave, or writing its deadline, was checked
        pages = self.env['survey.user_input'].sudo().search(
            Domain('aftersales_wave_id', 'in', self.ids) & Domain('state', '!=', 'done')
            & Domain('aftersales_is_second', '=', False) & (late if is_cut else Domain.TRUE))
        pages.deadline = end

    def _get_address_fields(self):
        """Return the fields of a customer of which one is needed to be asked."""
        self.ensure_one()
        if self.channel == 'phone':
            return ['phone_sanitized']
        # the notifications are the same for everybody
        notifier = self.env['aftersales.notifier'].sudo()
        names = {'email': 'email_normalized', 'phone': 'phone_sanitized'}
        channels = notifier._get_channels_by_event(self.company_id.id).get('survey_invited', {})
        return sorted({
            names[self.env[f'aftersales.channel.{channel}']._address_key]
            for channel in channels.values()
            if self.env[f'aftersales.channel.{channel}']._address_key in names})

    # === INVITATIONS === #

    def _read_drawn(self):
        """Return the drawn records of one wave whose customers may still be asked."""
        documents = self.env[self.population].browse(self.drawn_ids or []).exists()
        exclusions, counts = documents._get_survey_exclusions(self), dict(self.exclusions or {})
        for reason, is_out in exclusions.items():
            # between draw and launch customers unsubscribe, or are asked by another wave
            gone = documents.search(Domain('id', 'in', documents.ids) & is_out)
            if gone:
                counts[reason] = counts.get(reason, 0) + len(gone)
                documents -= gone
        self.exclusions = counts
        return documents

    def _invite(self, documents):
        """Invite the customers of ``documents`` of one wave; return the invitations."""
        deadline = self.date_deadline
        if self.kind == 'trigger':
            own = fields.Datetime.now() + timedelta(days=self.answer_days)
            deadline = min(own, deadline) if deadline else own
        if self.channel == 'phone' and documents:
            # the desk finds its calls at once, not at the next full hour
            self.env.ref('aftersales_survey.ir_cron_aftersales_survey_calls')._trigger()
        return self.env['aftersales.survey.invitation']._create_invitations(self, [
            {**document._prepare_survey_invitation_vals(), 'date_deadline': deadline}
            for document in documents])

    def _get_sending_domains(self, now):
        """Return pairs for this running wave: a domain of invitations, and what is done to them.

        Each step takes them out of the domain.
        """
        self.ensure_one()
        mine = Domain('wave_id', '=', self.id) & Domain('channel', '=', 'message')
        in_time = Domain('date_deadline', '=', False) | Domain('date_deadline', '>', now)
        silent_since = now - timedelta(days=self.reminder_days)
        return [
            (mine & in_time & Domain('state', '=', 'draft'),
             lambda invitations: invitations._send()),
            (mine & in_time & Domain('state', '=', 'sent')
             & Domain('reminder_count', '<', self.reminder_max)
             & Domain('date_sent', '<=', silent_since)
             & (Domain('date_reminded', '=', False) | Domain('date_reminded', '<=', silent_since)),
             lambda invitations: invitations._remind())]

    # === CONTINUOUS WAVES === #

    @api.model
    def _cron_ask_after_events(self, batch_size=200):
        """Invite after events, one committed batch at a time."""
        cron, now = self.env['ir.cron'], fields.Datetime.now()
        for wave in self.search([('state', '=', 'running'), ('kind', '=', 'trigger')]):
            if not wave._is_in_window(now):
                continue
            model = self.env[wave.population]
            domain = wave._get_waiting_domain(now)
            cron._commit_progress(remaining=model.search_count(domain))
            while documents := model.search(
                    domain, order='id', limit=batch_size).try_lock_for_update(
                        allow_referencing=True):
                wave._ask_after_events(documents, now)
                if not cron._commit_progress(len(documents)):
                    return

    def _get_waiting_domain(self, now):
        """Return the domain of what happened since the launch, and was neither asked nor left."""
        model = self.env[self.population]
        happened = model._get_survey_events()[self.event]
        known = self.env['aftersales.survey.invitation'].with_context(
            active_test=False)._search([
                ('wave_id', '=', self.id), ('res_model', '=', model._name)])
        return (
            model._get_survey_domain(self.company_id) & self._parse_domain()
            & Domain(happened, '>=', self.date_launched)
            & Domain(happened, '<=', now - timedelta(hours=self.delay_hours))
            & Domain('id', 'not in', known.subselect('res_id')))

    def _ask_after_events(self, documents, now):
        """Invite the customers of a batch, and note who is left out and why."""
        left = {}
        for reason, is_out in documents._get_survey_exclusions(self).items():
            for document in documents.search(Domain('id', 'in', documents.ids) & is_out):
                left.setdefault(document.id, reason)
        open_ids = {one for one in documents.ids if one not in left}
        asked, others = documents._get_survey_ids(Domain('id', 'in', documents.ids), open_ids)
        left.update(dict.fromkeys(others, 'repeated'))
        room = self._get_outlet_room(now)
        for document in documents.browse(sorted(asked)):
            outlet = document._prepare_survey_invitation_vals().get('outlet_id')
            if not is_called(f'{self.seed}', document.id, self.share_asked):
                left[document.id] = 'sample'
            elif room is not None and outlet and room.get(outlet, self.outlet_quota) <= 0:
                left[document.id] = 'quota'
            elif room is not None and outlet:
                room[outlet] = room.get(outlet, self.outlet_quota) - 1
        self._invite(documents.browse(sorted(asked - left.keys())))
        # a row says why: a batch that is asked for again would count it twice
        self.env['aftersales.survey.invitation'].create([{
            **document._prepare_survey_invitation_vals(), 'wave_id': self.id,
            'company_id': self.company_id.id, 'state': 'excluded', 'active': False,
            'exclusion': left[document.id], 'is_drawn': True}
            for document in documents if document.id in left])

    def _get_outlet_room(self, now):
        """Return ``{outlet id: how many more are asked this month}``; ``None`` without a quota."""
        if not self.outlet_quota:
            return None
        zone = self.company_id._get_aftersales_zone()
        start, __ = day_bounds(to_local(now, zone).date().replace(day=1), zone)
        return {
            outlet.id: self.outlet_quota - count
            for outlet, count in self.env['aftersales.survey.invitation']._read_group(
                [('wave_id', '=', self.id), ('create_date', '>=', start),
                 ('outlet_id', '!=', False)], ['outlet_id'], ['__count'])}

    def _is_in_window(self, now):
        """Return whether messages of this one wave may leave at ``now`` (UTC)."""
        local = to_local(now, self.company_id._get_aftersales_zone())
        return self.window_from <= local.hour + local.minute / 60 < self.window_to

    # === END === #

    @api.model
    def _cron_close(self, batch_size=20):
        """Close the waves whose deadline has passed, and what was not answered in time."""
        now, cron = fields.Datetime.now(), self.env['ir.cron']
        while late := self.search([
                ('state', '=', 'running'), ('date_deadline', '<=', now)],
                limit=batch_size).try_lock_for_update(allow_referencing=True):
            late._set_state('closed')
            if not cron._commit_progress(len(late)):
                return
        invitations = self.env['aftersales.survey.invitation']
        while silent := invitations.search([
                ('state', '=', 'sent'), ('date_deadline', '<=', now)],
                limit=1000).try_lock_for_update(allow_referencing=True):
            silent._expire()
            if not cron._commit_progress(len(silent)):
                return
