from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.words import LONGEST

from .aftersales_survey_invitation_call import ENDED_STATES, HELD
from .roles import INTERVIEWER

QUEUE_LENGTH = 60
# the latest moment to which a call is put off
LATEST = timedelta(days=30)


class AftersalesSurveyInvitation(models.Model):
    """The follow-up desk (回访工位): one call after the other, by keys.

    Interviewers read no questionnaires, answers or service orders. Each method here first asks
    ``_ensure_may_call``; what it returns is what the desk shows, and no more.
    """

    _inherit = 'aftersales.survey.invitation'

    # === WHAT THE DESK CALLS === #

    @api.model
    def open_call_desk(self, wanted_id=False):
        """Return the desk's queue, with one call taken for the user.

        :param int wanted_id: the call that the user clicked; else the one the user has open
            already, else the first of the queue
        :return: ``queue``, ``counts``, ``call`` (or ``None``), ``notice`` where another
            interviewer was faster, ``results`` and what an empty desk offers
        """
        self._ensure_may_call()
        notice, call = False, self.browse()
        if isinstance(wanted_id, int) and wanted_id:
            call, notice = self.browse(wanted_id).exists()._take_call()
        call = call or self._find_own_call() or self._take_next_call()
        return self._prepare_desk(call, notice)

    def answer_call(self, question_id, value):
        """Save the answer to one question, as the customer gives it; return the call's answers."""
        call = self._ensure_own_call()
        question = call.survey_id.question_ids.filtered(lambda known: known.id == question_id)
        if not question:
            raise UserError(self.env._(
                "This question is not on the questionnaire: reload the desk."))
        call.user_input_id._aftersales_answer(question, value, interviewer=self.env.user)
        return call._prepare_call_answers()

    def end_call(self, result, note=False, date_next_call=False, is_denied=False, seconds=0):
        """Note what came of the call and return the desk with the next one.

        :param result: a key of the results of ``aftersales.survey.call``
        :param note: the interviewer's remark
        :param date_next_call: in UTC, for a call that is put off
        :param is_denied: the customer says that the work was not done, or not signed
        :param seconds: how long the call was open
        """
        call = self._ensure_own_call()
        due = call._check_call_result(result, date_next_call)
        note = note[:LONGEST] if isinstance(note, str) else False
        now = fields.Datetime.now()
        answers = call.user_input_id
        # the browser counts; it cannot have counted more than since the call was taken
        longest = (now - call.date_taken).total_seconds() + 1
        seconds = min(max(seconds, 0), longest) if isinstance(seconds, (int, float)) else 0
        # the desk alone writes attempts; _ensure_own_call checked whose call it is
        self.env['aftersales.survey.call'].sudo().create({
            'invitation_id': call.id, 'company_id': call.company_id.id,
            'order_id': call.order_id.id, 'partner_id': call.partner_id.id,
            'technician_id': call.technician_id.id, 'outlet_id': call.outlet_id.id,
            'user_id': self.env.uid, 'date_call': now, 'duration': seconds / 60,
            'number': call.attempt_count + 1, 'result': result,
            'phone': call._get_call_phone(), 'note': note or False,
            'is_denied': bool(is_denied)})
        is_over = call._note_attempt(result, due)
        # what was said before the customer hung up counts, and what the page took meanwhile
        if result == 'reached' or (answers.date_scored and result != 'call_back'):
            answers._finish_call_answers()
        elif is_over:
            call._give_up_calls()
        return self.open_call_desk()

    def release_call(self):
        """Leave the call to others, and return the desk with the one after it."""
        call = self._ensure_own_call()
        call.date_taken = False
        return self._prepare_desk(self._take_next_call(after=call))

    def leave_call(self):
        """Free the call that the user leaves together with the desk.

        A call with answers stays theirs as long as any open call: the customer may be on the
        line. Nothing happens to a call that is over, or that another interviewer has.
        """
        self._ensure_may_call()
        self.check_access('read')
        # calls of an interviewer, in companies of theirs; of these, what the user has open
        self.sudo().filtered(
            lambda call: call.caller_id == self.env.user and call.date_taken
            and not call.user_input_id.date_scored).date_taken = False

    def open_call_loop(self, action, note=False):
        """Open a loop about this call by one click: a task, a complaint, a second order.

        :param action: a key of ``action`` of ``aftersales.loop.rule``
        :return: the loop, as the desk shows it
        """
        call = self._ensure_own_call()
        loops, rules = self.env['aftersales.loop'].sudo(), self.env['aftersales.loop.rule']
        if action not in rules._fields['action'].get_values(self.env):
            raise UserError(self.env._("Choose one of the steps that the desk offers."))
        loop = call._get_call_loop()
        # what others read is in the language of the company, what the desk shows in the user's
        lang = call.company_id._get_aftersales_lang()
        if not loop:
            answers = call.user_input_id.with_context(lang=lang)
            vals = answers._prepare_loop_vals(
                rules.sudo(), answers.env._("Opened by %(person)s on the phone",
                                            person=self.env.user.name))
            if note and isinstance(note, str):
                vals['comment'] = "\n".join(filter(None, (vals['comment'], note[:LONGEST])))
            loop = loops.browse(loops.with_context(lang=lang)._open([vals]).ids)
        loop.with_context(lang=lang)._take_first_step(action)
        return call._prepare_call_loop(loop)

    # === RULES === #

    @api.model
    def _ensure_may_call(self):
        """Refuse users who are no interviewers."""
        if not self.env.user.has_group(INTERVIEWER):
            raise AccessError(self.env._(
                "The follow-up desk is for interviewers: ask a survey manager for the role."))

    def _ensure_own_call(self):
        """Return the one call that the user has open, as superuser and locked, or refuse it."""
        self.ensure_one()
        self._ensure_may_call()
        self.check_access('read')
        # the call of an interviewer in a company of theirs; whose it is follows
        call = self.sudo()
        if not call.try_lock_for_update(allow_referencing=True) or not (
                call.caller_id == self.env.user and call.date_taken):
            raise UserError(self.env._(
                "You do not have this call open any more: another interviewer has it, or it is "
                "over. Take the next one."))
        return call

    def _check_call_result(self, result, date_next_call):
        """Return when the customer is called again, or refuse what the result lacks."""
        results = self.env['aftersales.survey.call']._fields['result'].get_values(self.env)
        if not isinstance(result, str) or result not in results:
            raise UserError(self.env._("Choose one of the results that the desk offers."))
        if result == 'reached' and not self.user_input_id.date_scored and not (
                self.user_input_id.user_input_line_ids):
            raise UserError(self.env._(
                "Reached, but without an answer: enter at least the first answer, or choose "
                "“Refused” or “Call Back Later”."))
        if result != 'call_back':
            return False
        try:
            due = fields.Datetime.to_datetime(date_next_call)
        except (TypeError, ValueError):
            due = False
        now = fields.Datetime.now()
        if not due or not now - timedelta(minutes=1) <= due <= now + LATEST:
            raise UserError(self.env._(
                "Say when the customer wants to be called: a time from now on, within 30 days."))
        return due

    # === TAKING A CALL === #

    @api.model
    def _get_queue_domain(self):
        """Return the domain of the calls that are due now, in the user's companies."""
        return self._get_callable_domain() & Domain([
            ('date_next_call', '<=', fields.Datetime.now()),
            ('company_id', 'in', self.env.companies.ids)])

    @api.model
    def _get_callable_domain(self):
        """Return the domain of the invitations about which customers may be called still."""
        return Domain([
            '|', ('state', 'not in', ENDED_STATES), ('call_reason', '=', 'wished'),
            '|', ('wave_id.state', '=', 'running'), ('call_reason', 'in', ('second', 'wished'))])

    @api.model
    def _get_free_domain(self):
        """Return the domain of the calls that no other interviewer has open."""
        since = fields.Datetime.now() - HELD
        return (Domain('date_taken', '=', False) | Domain('date_taken', '<', since)
                | Domain('caller_id', '=', self.env.uid))

    def _take_call(self):
        """Take one call for the user; return it as superuser, and a sentence if it was gone.

        The row stays locked until the transaction ends: of two who click the same call one gets
        it, the other the next one of the queue.
        """
        self.check_access('read')
        call = self.sudo()  # an interviewer's, in a company of theirs
        if not call:
            return call, self.env._("This call is gone. Here is the next one.")
        if not call.try_lock_for_update(allow_referencing=True):
            return call.browse(), self.env._(
                "Another interviewer has just taken this call. Here is the next one.")
        if not call.filtered_domain(self._get_free_domain()):
            return call.browse(), self.env._(
                "%(person)s is calling this customer right now. Here is the next call.",
                person=call.caller_id.name)
        if not call.filtered_domain(self._get_queue_domain()):
            return call.browse(), self.env._(
                "This customer need not be called any more. Here is the next call.")
        call.write({'caller_id': self.env.uid, 'date_taken': fields.Datetime.now()})
        return call, False

    @api.model
    def _find_own_call(self):
        """Return the call that the user has open already, as superuser."""
        # an interviewer's own
        return self.sudo().search(
            Domain('company_id', 'in', self.env.companies.ids)
            & Domain('caller_id', '=', self.env.uid) & Domain('date_next_call', '!=', False)
            & Domain('date_taken', '>=', fields.Datetime.now() - HELD), limit=1)

    @api.model
    def _take_next_call(self, after=None):
        """Take the first call of the queue that is free, as superuser; none if all are taken.

        :param after: a call that the user has just left to others
        """
        queue = self._read_queue()
        free = queue.filtered_domain(self._get_free_domain()) - (after or queue.browse())
        call = free.try_lock_for_update(allow_referencing=True, limit=1)
        if call:
            call.write({'caller_id': self.env.uid, 'date_taken': fields.Datetime.now()})
        return call

    @api.model
    def _read_queue(self):
        """Return the calls that are due, as superuser: agreed call-backs, then late, then new."""
        # _ensure_may_call was asked; the domain names the user's companies
        calls, domain = self.sudo(), self._get_queue_domain()
        put_off = calls.search(
            domain & Domain('call_result', '=', 'call_back'), order='date_next_call, id',
            limit=QUEUE_LENGTH)
        return put_off + calls.search(
            domain & Domain('call_result', '!=', 'call_back'), order='date_next_call, id',
            limit=QUEUE_LENGTH - len(put_off)) if len(put_off) < QUEUE_LENGTH else put_off

    def _give_up_calls(self):
        """Let the message ask who was not reached, and the order's follow-up go on."""
        silent = self.filtered(
            lambda call: call.call_result == 'no_answer' and call.channel == 'phone'
            and call.state in ('draft', 'sent'))
        if silent:
            silent.channel = 'message'
            silent._send()
        # a loop whose customer cannot be asked again goes back to its owner
        self._get_second_loops()._assign()
        self._note_on_orders()
