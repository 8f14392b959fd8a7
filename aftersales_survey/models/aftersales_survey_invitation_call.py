from collections import defaultdict
from datetime import datetime, time, timedelta
from math import inf

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.timezone import day_bounds, to_aware, to_naive, to_utc

from ..tools.calls import is_called
from .aftersales_survey_call import RESULTS

# the desk opens at this hour of the company
FIRST_HOUR = time(9)
SUSPECT_DAYS = 90
# a call that was left open for so long is free for others again
HELD = timedelta(minutes=30)
# no customer is called about these invitations any more
ENDED_STATES = ('refused', 'excluded', 'expired')


class AftersalesSurveyInvitation(models.Model):
    """Invitations whose question is asked by telephone: when, why, and what came of it.

    Messages go first; people call the sample of the work of the day, who stays silent, who
    paid, who is named by a suspicion, and who is asked again after a low rating.
    """

    _inherit = 'aftersales.survey.invitation'

    call_reason = fields.Selection(
        [('second', "Second Interview"), ('next_day', "Call after the Work"),
         ('campaign', "Telephone Survey"), ('wished', "Wishes a Call"),
         ('silent', "No Answer to the Message"), ('paid', "Paid Job"),
         ('suspect', "Suspect Work"), ('spared', "Not Called")],
        string="Called Because", readonly=True, copy=False, protected=True)
    call_result = fields.Selection(
        RESULTS, string="Last Call", readonly=True, copy=False, protected=True)
    date_taken = fields.Datetime(
        string="Being Called since", readonly=True, copy=False, protected=True,
        help="An interviewer has this call open.")
    caller_id = fields.Many2one(readonly=True, copy=False, protected=True)
    date_next_call = fields.Datetime(readonly=True, protected=True)
    call_ids = fields.One2many(
        'aftersales.survey.call', 'invitation_id', string="Calls", readonly=True, copy=False,
        protected=True)

    _call_idx = models.Index(
        '(company_id, date_next_call) WHERE date_next_call IS NOT NULL')

    # === WHO IS CALLED === #

    def _plan_call(self, reason, day):
        """Put these invitations into the queue of ``day``, a day of their company.

        Hook to call: by code that checked who may be called, as superuser, for a batch of any
        companies, after the invitations were made. Raises nothing.

        :param reason: a key of ``call_reason``
        """
        for company, invitations in self.grouped('company_id').items():
            zone = company._get_aftersales_zone()
            invitations.write({
                'call_reason': reason, 'date_next_call': to_utc(
                    datetime.combine(day, FIRST_HOUR), zone)})

    @api.model
    def _get_document_models(self):
        return (*super()._get_document_models(), 'survey.user_input')

    def _expire(self):
        """Ask again whom we helped, also when the wave is over; call the others no more."""
        over = self.filtered(lambda invitation: invitation.call_reason != 'second')
        result = super(AftersalesSurveyInvitation, over)._expire()
        over._end_calls()
        over._note_on_orders()
        return result

    def _end_calls(self):
        """Take these invitations out of the queue; a call that the customer wishes stays."""
        self.filtered(
            lambda invitation: invitation.date_next_call and invitation.call_reason != 'wished'
        ).write({'date_next_call': False, 'date_taken': False})

    @api.model
    def _cron_plan_calls(self, batch_size=500):
        """Queue who is to be called, and end calls that were left open; by committed batches."""
        cron = self.env['ir.cron']
        waves = self.env['aftersales.survey.wave'].search([('state', '=', 'running')])
        steps = [(self._get_left_open_domain(), lambda batch: batch._end_left_open())]
        steps += [(self._get_silent_domain(wave), lambda batch: batch._plan_silent_calls())
                  for wave in waves]
        for domain, step in steps:
            while batch := self.search(domain, order='id', limit=batch_size).try_lock_for_update(
                    allow_referencing=True):
                step(batch)
                if not cron._commit_progress(len(batch)):
                    return

    @api.model
    def _get_silent_domain(self, wave):
        """Return the domain of the wave's invitations that people may call about now.

        Of a wave by telephone these are all, of others those that were silent for some days.
        """
        since = fields.Datetime.now() - timedelta(days=wave.call_after_days)
        return Domain([
            ('wave_id', '=', wave.id), ('state', '=', 'sent'), ('call_reason', '=', False),
            '|', ('channel', '=', 'phone'),
            '&', ('channel', '=', 'message'), ('date_sent', '<=', since)])

    @api.model
    def _get_left_open_domain(self):
        """Return the domain of the calls with answers that an interviewer left open."""
        return Domain('date_taken', '<', fields.Datetime.now() - HELD) & Domain(
            'state', '=', 'answered')

    def _end_left_open(self):
        """Let half an interview count as such, where the interviewer did not end it."""
        self.write({'date_taken': False, 'date_next_call': False})
        self.user_input_id._follow_answers()

    def _plan_silent_calls(self):
        """Decide of each silent invitation whether its recipient is called.

        Called by the cron as superuser for a locked batch of one wave; each one gets a reason,
        also where no call is made, so that it is asked once.
        """
        wave, company = self.wave_id, self.company_id
        suspects = self._get_suspects(company)
        left = self._count_quota_left(wave, self.outlet_id)
        reasons = defaultdict(list)
        for invitation in self:
            outlet, reason = invitation.outlet_id, False
            if invitation._get_call_phone():
                reason = invitation.order_id._get_survey_call_rule(wave, suspects)
                is_phone = invitation.channel == 'phone'
                if not reason and left[outlet] > 0 and is_called(
                        f'{wave.id}', invitation.id, 100 if is_phone else wave.call_share):
                    reason, left[outlet] = invitation._get_share_reason(), left[outlet] - 1
            reasons[reason or 'spared'].append(invitation.id)
        today = company._get_aftersales_day(fields.Datetime.now())
        self.browse(reasons.pop('spared', ())).call_reason = 'spared'
        for reason, ids in reasons.items():
            self.browse(ids)._plan_call(reason, today)

    def _get_share_reason(self):
        """Return why this one is called that no rule names: by its wave, or for its silence."""
        self.ensure_one()
        if self.channel != 'phone':
            return 'silent'
        is_after_work = self.wave_id.kind == 'trigger' and self.wave_id.event == 'order_done'
        return 'next_day' if is_after_work else 'campaign'

    @api.model
    def _get_suspects(self, company):
        """Return ``{(company, technician)}`` whose work a customer denied lately."""
        since = fields.Datetime.now() - timedelta(days=SUSPECT_DAYS)
        return self.env['aftersales.survey.call']._get_suspects(company, since)

    @api.model
    def _count_quota_left(self, wave, outlets):
        """Return how many calls each outlet, and what no outlet did, has left this month."""
        if not wave.outlet_quota:
            return defaultdict(lambda: inf)
        today = wave.company_id._get_aftersales_day(fields.Datetime.now())
        start, __ = day_bounds(today.replace(day=1), wave.company_id._get_aftersales_zone())
        used = dict(self._read_group(
            [('wave_id', '=', wave.id), ('outlet_id', 'in', outlets.ids),
             ('call_reason', 'in', ('next_day', 'campaign', 'silent')),
             ('create_date', '>=', start)],
            ['outlet_id'], ['__count']))
        left = {outlet: wave.outlet_quota - used.get(outlet, 0) for outlet in outlets}
        # what the company's own technicians did has no quota
        return defaultdict(lambda: inf, left)

    def _get_call_phone(self):
        """Return the number that is called: the one the customer gave, else the order's."""
        self.ensure_one()
        return self.user_input_id.callback_phone or self._get_known_phone()

    def _get_known_phone(self):
        """Return the number that stood with the order or the customer before."""
        self.ensure_one()
        return self.order_id.phone or self.partner_id.phone

    # === WHAT CAME OF A CALL === #

    def _note_attempt(self, result, date_next_call=None):
        """Note the result of an attempt on one invitation; return whether the calls are over.

        Called by the desk as superuser, in the name of the interviewer.

        :param date_next_call: in UTC, for a call that was put off
        """
        self.ensure_one()
        count = self.attempt_count + 1
        vals = {'attempt_count': count, 'call_result': result, 'date_taken': False}
        if result == 'call_back':
            vals['date_next_call'] = date_next_call
        elif result == 'no_answer' and count < self.wave_id.call_attempts:
            vals['date_next_call'] = self._get_next_attempt()
        else:
            vals['date_next_call'] = False
        self.write(vals)
        if result == 'refused' and not self.user_input_id.date_scored:
            self._refuse()
        return not vals['date_next_call']

    def _get_next_attempt(self):
        """Return when the customer is tried again: some working hours from now."""
        self.ensure_one()
        hours = self.wave_id.call_hours
        now, calendar = fields.Datetime.now(), self.company_id.resource_calendar_id
        planned = calendar and calendar.plan_hours(hours, to_aware(now), compute_leaves=True)
        return to_naive(planned) if planned else now + timedelta(hours=hours)

    def _get_call_loop(self):
        """Return the loop that this call is about: to be asked again, or opened by its answers."""
        self.ensure_one()
        return self._get_second_loops() or self.env['aftersales.loop'].search(
            [('user_input_id', '=', self.user_input_id.id)], limit=1)

    def _get_second_loops(self):
        """Return the loops of which these invitations are the second interview."""
        return self.env['aftersales.loop'].search([('second_invitation_id', 'in', self.ids)])

    def _note_on_orders(self):
        """Let the follow-up of the orders go on, once the call is answered or given up.

        An order whose customer has an open loop waits for the second interview, so that its
        technician and outlet do not learn of the low rating before.
        """
        done = self.filtered(lambda invitation: invitation.call_reason not in (
            False, 'second', 'spared') and not invitation.date_next_call)
        waiting = self.env['aftersales.loop'].search([
            ('invitation_id', 'in', done.ids), ('state', '!=', 'closed')]).invitation_id
        for invitation in done - waiting:
            is_answered = bool(invitation.user_input_id.date_scored)
            invitation.order_id._note_survey_result('content' if is_answered else 'not_reached')
