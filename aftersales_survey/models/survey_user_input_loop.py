import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .roles import MANAGER
from .survey_question import RATED

_logger = logging.getLogger(__name__)
TEXT_TYPES = ('text_box', 'char_box')
# after this time without a tap a half answer counts as meant
SETTLED = timedelta(minutes=10)


class SurveyUserInput(models.Model):
    """Low answers open a loop, answers of the second interview end it."""

    _inherit = 'survey.user_input'

    aftersales_is_second = fields.Boolean(
        string="Second Interview", readonly=True, copy=False, protected=True,
        help="Asked again after a low rating: it counts beside the first score, not with it.")
    date_loop_due = fields.Datetime(
        string="Loop Opens at", readonly=True, copy=False, index='btree_not_null', protected=True,
        help="The customer has not finished: a slip of the finger may still be corrected.")

    def _on_aftersales_scored(self):
        """Follow answers of the public page at once, those of a call when the call ends."""
        result = super()._on_aftersales_scored()
        self._follow_answers_safely()
        return result

    def _aftersales_answer_all(self, values, interviewer=None):
        """Read words as well as scores: a key word may open a loop by itself."""
        result = super()._aftersales_answer_all(values, interviewer)
        # the door checked the questions, its caller whose answers they are
        if any(question.sudo().question_type in TEXT_TYPES
               or question.sudo().aftersales_is_reason for question in values):
            self.sudo()._follow_answers_safely()
        return result

    def _mark_done(self):
        """Open the loops that waited for the end of the answers."""
        result = super()._mark_done()
        # that the answers end was checked by who ends them
        self.sudo().filtered('date_loop_due')._follow_answers_safely()
        return result

    def _follow_answers_safely(self, is_meant=False):
        """Follow the answers that no call is about; keep them, whatever cannot follow.

        :param is_meant: whether half answers are followed as well as finished ones
        """
        followed = self.filtered(
            lambda answers: not answers.aftersales_invitation_id.date_taken)
        try:
            with self.env.cr.savepoint():
                followed._follow_answers(is_meant)
        except UserError as error:
            self.env.invalidate_all()
            _logger.warning("Answers %s open no loop: %s", followed.ids, error)

    def _on_feedback_call(self):
        """Put the customers who wish a call into the queue of the desk, at their time."""
        result = super()._on_feedback_call()
        for answers in self.filtered('aftersales_invitation_id'):
            answers.aftersales_invitation_id.write({
                'call_reason': 'wished', 'call_result': 'call_back',
                'date_next_call': answers.date_callback})
        # who wishes a call means what was tapped
        self.filtered('date_loop_due')._follow_answers_safely(is_meant=True)
        return result

    def _finish_call_answers(self):
        """End the interview: finished where all was rated, else half; then follow the answers."""
        self.ensure_one()
        rated = self.predefined_question_ids.filtered(
            lambda question: question.aftersales_metric in RATED)
        answered = self.user_input_line_ids.filtered(lambda line: not line.skipped).question_id
        if self.state != 'done' and rated <= answered:
            self._finish_aftersales()
        self._follow_answers()

    def _follow_answers(self, is_meant=True):
        """Do what follows from answers that count: end the calls, open or end loops.

        Called as superuser, for a batch: by ``_on_aftersales_scored``, and by the desk at the
        end of a call. An answer that was followed already opens no second loop.

        :param is_meant: whether half answers open loops now; else they wait for the end of the
            answers, or some minutes, since the first tap may be a slip
        """
        scored = self._without_visitor().filtered(
            lambda answers: answers.date_scored and answers.is_valid and not answers.test_entry)
        invitations = scored.aftersales_invitation_id
        invitations._end_calls()
        again = invitations._get_second_loops()
        again._note_second_answers()
        first = scored.filtered(
            lambda answers: answers.aftersales_invitation_id not in again.second_invitation_id)
        hasty = first.browse() if is_meant else first.filtered(
            lambda answers: answers.state != 'done')
        hasty._wait_for_loops()
        (first - hasty)._open_loops()
        invitations._note_on_orders()

    def _wait_for_loops(self):
        """Let loops wait until these half answers are finished; what is open takes in the words."""
        if not self:
            return
        known = self.env['aftersales.loop'].search([('user_input_id', 'in', self.ids)])
        known.user_input_id._open_loops()
        (self - known.user_input_id).date_loop_due = fields.Datetime.now() + SETTLED

    @api.model
    def _cron_open_loops(self, batch_size=100):
        """Follow half answers that were left as they are for some minutes, by committed batches."""
        cron = self.env['ir.cron']
        domain = Domain('date_loop_due', '<=', fields.Datetime.now())
        while batch := self.search(domain, order='date_loop_due, id', limit=batch_size
                                   ).try_lock_for_update(allow_referencing=True):
            for answers in batch:
                answers._follow_answers_safely(is_meant=True)
            batch.date_loop_due = False  # also where it could not be followed
            if not cron._commit_progress(len(batch)):
                return

    def _open_loops(self):
        """Open a loop for each of these answers that a rule takes up; keep further words.

        In the language of the company: owner and complaint desk read them, not who typed them in.
        """
        for company, answers in self.grouped('company_id').items():
            answers.with_context(lang=company._get_aftersales_lang())._open_company_loops()

    def _open_company_loops(self):
        self.filtered('date_loop_due').date_loop_due = False
        loops = self.env['aftersales.loop'].search([('user_input_id', 'in', self.ids)])
        known = {loop.user_input_id: loop for loop in loops}
        matches = self.env['aftersales.loop.rule']._match(self)
        for answers, loop in known.items():
            vals = {'comment': answers._get_loop_words()}
            if answers in matches:
                vals['reason'] = matches[answers][1]
            if loop.state != 'closed':
                loop.write(vals)
        self.env['aftersales.loop']._open([
            answers._prepare_loop_vals(rules[:1], reason)
            for answers, (rules, reason) in matches.items() if answers not in known])

    def _prepare_loop_vals(self, rule, reason):
        """Return the values of the loop that these answers open.

        :param rule: the rule that decides on owner and first step; empty for a click at the desk
        :param reason: in words
        """
        self.ensure_one()
        invitation = self.aftersales_invitation_id
        kind = self._get_loop_score_kind()
        return {
            'company_id': (self.company_id or invitation.company_id).id, 'rule_id': rule.id,
            'reason': reason,
            'comment': self._get_loop_words(), 'user_input_id': self.id,
            'invitation_id': invitation.id, 'order_id': self.aftersales_order_id.id,
            'partner_id': (self.partner_id or invitation.partner_id).id,
            'outlet_id': self.aftersales_outlet_id.id,
            'technician_id': self.aftersales_technician_id.id,
            'product_id': self.aftersales_product_id.id, 'score_kind': kind,
            'first_score': self[kind] if kind else 0, 'user_id': self._get_loop_owner(rule).id}

    def _get_loop_owner(self, rule):
        """Return who takes the matter up: a colleague from outside the rated outlet."""
        self.ensure_one()
        order = self.aftersales_order_id
        candidates = (
            rule.user_id, order.user_id, self.company_id.aftersales_dispatcher_id,
            self.aftersales_wave_id.user_id)
        technicians = self.aftersales_technician_id | order.technician_id
        # of a wave that OdooBot made, and where no other owner is known, a survey manager
        managers = self.company_id._get_people_in(MANAGER).sorted('id')
        return next((
            user for user in (*candidates, *managers)
            if user and self.env['aftersales.loop']._may_own(
                user, self.company_id, self.aftersales_outlet_id | order.outlet_id,
                technicians)), self.env['res.users'])

    def _get_loop_score_kind(self):
        """Return which of the scores both interviews are compared by; none without a figure."""
        self.ensure_one()
        if self.nps_class:
            return 'nps'
        return next((name for name in ('csat', 'csi', 'ces') if self[name]), False)

    def _get_loop_words(self):
        """Return what the customer said: the reasons chosen, and the words, one a line."""
        self.ensure_one()
        return "\n".join(filter(None, (
            line.suggested_answer_id.value if line.question_id.aftersales_is_reason
            else line._get_words() for line in self.user_input_line_ids)))

    # === PRIVACY === #

    def _erase_answers(self, moment):
        """Take away who was called and helped, and what was said, with the answers."""
        loops = self.env['aftersales.loop'].search([
            '|', ('user_input_id', 'in', self.ids), ('second_user_input_id', 'in', self.ids)])
        loops._forget_customer()
        # that there were calls stays, for reach
        self.aftersales_invitation_id.call_ids.write({
            'partner_id': False, 'order_id': False, 'phone': False, 'note': False})
        return super()._erase_answers(moment)


class SurveyUserInputLine(models.Model):
    """One answer as a rating that rules of loops judge."""

    _inherit = 'survey.user_input.line'

    def _get_loop_value(self):
        """Return the rating from 1 to 5 of an item, none of other questions."""
        self.ensure_one()
        question = self.question_id
        if self.answer_type != 'scale' or question.aftersales_metric not in (
                'csat', 'csi', 'perception'):
            return None
        return question._get_aftersales_rating(self.value_scale)
