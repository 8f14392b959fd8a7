from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .roles import PERFORMANCE

PERSON_STEPS = {('own', 'manager'), ('served', 'objected'), ('served', 'closed')}


class AftersalesScore(models.Model):
    """The way of a sheet: own comment, review, days to object, signature, closed for good."""

    _inherit = 'aftersales.score'

    _TRANSITIONS = {
        'own': {'draft'},
        'manager': {'own', 'objected'},
        'served': {'manager'},
        'objected': {'served'},
        'closed': {'served', 'objected'},
    }
    _STAMPS = {'served': 'date_served', 'objected': 'date_objected', 'closed': 'date_closed'}
    _ACTORS = {'served': 'reviewer_id'}

    # === ACTIONS === #

    def action_ask_comment(self):
        """Let the persons read the figures and comment on them."""
        self._set_state('own')

    def action_hand_in(self):
        """Hand the sheet on to who reviews it, with the own comment and marks."""
        self._set_state('manager')

    def action_serve(self):
        """Give the reviewed sheets to their persons: the days to object begin."""
        self._set_state('served')

    def action_object(self):
        """Object, with the reason: the sheet is looked at again before it counts."""
        self._set_state('objected')

    def action_review_again(self):
        """Agree with the objection: the sheet is reviewed and served again."""
        self._set_state('manager')

    def action_keep(self):
        """Keep the sheet as it is, with an answer to the objection, and close it."""
        self._set_state('closed')

    def action_close(self):
        """Close the sheets: signed, or with the days to object over."""
        self._set_state('closed')

    # === WHO === #

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        for sheet in self:
            step = sheet.state, target
            if sheet.is_own:
                if step not in PERSON_STEPS:
                    raise AccessError(self.env._(
                        "This sheet is about you: you comment, object and sign, others review."))
            elif target == 'objected':
                raise AccessError(self.env._("Only the person concerned objects."))
            elif sheet.state in ('draft', 'objected') or step == ('served', 'closed'):
                sheet._ensure_officer(target)
            else:
                sheet._ensure_reviewer()
        return result

    def _ensure_officer(self, target):
        """Refuse all but performance officers; the reviewer does not judge on an objection."""
        if not self.env.user.has_group(PERFORMANCE):
            raise AccessError(self.env._("Performance officers take this step."))
        is_own_judgement = (self.state, target) == ('objected', 'closed') and (
            self.env.user == self.reviewer_id)
        if is_own_judgement and (
                self.company_id._get_people_in(PERFORMANCE) - self.env.user - self.user_id):
            raise AccessError(self.env._(
                "Another performance officer decides on the objection: you served this sheet."))

    # === WHAT MUST BE THERE === #

    def _ensure_own(self):
        self._refuse_where(
            lambda sheet: not sheet.line_ids,
            self.env._("These sheets have no figures: measure the month first"))

    def _ensure_manager(self):
        today = self._get_today()
        self._refuse_where(
            lambda sheet: sheet.state == 'own' and not sheet.is_own and not (
                sheet.own_comment or '').strip() and sheet.comment_date >= today,
            self.env._("The persons still have time to comment: wait for the day on the sheet"))

    def _ensure_served(self):
        self._refuse_where(
            lambda sheet: not (sheet.manager_reason or '').strip(),
            self.env._("Write the manager's reasons first"))
        self._refuse_where(
            lambda sheet: sheet.level == 'weak' and not (sheet.plan or '').strip(),
            self.env._("A weak result needs a plan: write what is trained or changed"))

    def _ensure_objected(self):
        self._refuse_where(
            lambda sheet: not (sheet.objection or '').strip(),
            self.env._("Write what is not right first"))
        self._refuse_where(
            'date_signed', self.env._("You signed that no objection is left"))
        for sheet in self:
            if sheet.objection_date and sheet.objection_date < sheet._get_today():
                raise UserError(self.env._(
                    "The time to object ended on %(day)s. Talk to who reviewed the sheet: what "
                    "was counted wrongly is corrected in the next month.",
                    day=format_date(self.env, sheet.objection_date)))

    def _ensure_closed(self):
        today = self._get_today()
        self._refuse_where(
            lambda sheet: sheet.state == 'served' and not sheet.date_signed and (
                sheet.is_own or not sheet.objection_date or sheet.objection_date >= today),
            self.env._("Sign the sheet first; without a signature it is closed when the days to "
                       "object are over"))
        self._refuse_where(
            lambda sheet: sheet.state == 'objected' and not (sheet.objection_answer or '').strip(),
            self.env._("Write the answer to the objection first"))

    def _get_today(self):
        return self.company_id[:1]._get_aftersales_day(fields.Datetime.now())

    # === WHAT FOLLOWS === #

    def _on_own(self):
        for company, sheets in self.grouped('company_id').items():
            sheets.comment_date = company._get_last_day(
                self._get_today(), company.aftersales_score_comment_days, is_workdays=True)
        self._notify_persons(lambda sheet: sheet.env._(
            "Your monthly sheet %(name)s waits for your comment. You find it in “My Training”.",
            name=sheet.name))

    def _on_manager(self):
        """Forget the stamps of an earlier round: it is served again."""
        self.filtered('date_served').write({
            'date_served': False, 'objection_date': False, 'date_signed': False,
            'signature': False})
        for sheet in self:
            reviewers = sheet.manager_id - sheet.user_id
            if reviewers:
                sheet._notify(reviewers, lambda sheet: sheet.env._(
                    "The monthly sheet %(name)s waits for your review.", name=sheet.name))

    def _on_served(self):
        for company, sheets in self.grouped('company_id').items():
            sheets.objection_date = company._get_last_day(
                self._get_today(), company.aftersales_score_objection_days, is_workdays=True)
        self._notify_persons(lambda sheet: sheet.env._(
            "Your monthly sheet %(name)s is reviewed. Until %(day)s you can object; else sign it.",
            name=sheet.name, day=format_date(sheet.env, sheet.objection_date)))

    def _on_objected(self):
        for sheet in self:
            officers = sheet.company_id._get_people_in(PERFORMANCE) - sheet.user_id
            sheet._notify(officers, lambda sheet: sheet.env._(
                "There is an objection to the monthly sheet %(name)s.", name=sheet.name))

    def _on_closed(self):
        """Propose the training that weak points ask for.

        Hook: called as superuser for a batch of sheets once they are closed; a module adds what
        follows from good or weak scores, such as rewards. What it raises undoes the step.
        """
        self._propose_needs()

    def _propose_needs(self):
        """Propose the courses of weak indicators; one need for a person and course."""
        weak = self.filtered(lambda sheet: sheet.subject != 'outlet').line_ids.filtered(
            lambda line: line.is_weak and line.kpi_id.course_id)
        vals_list = [{
            'user_id': line.score_id.user_id.id, 'course_id': line.kpi_id.course_id.id,
            'company_id': line.company_id.id, 'origin': 'score',
            'res_model': self._name, 'res_id': line.score_id.id} for line in weak]
        if vals_list:
            self.env['aftersales.training.need']._propose(vals_list)

    # === NOTIFICATIONS === #

    def _notify_persons(self, write_words):
        for sheet in self:
            sheet._notify(sheet.user_id, write_words)

    def _notify(self, users, write_words):
        """Send a line that no follower and no conversation keeps; the sheet itself says the rest.

        Called as superuser by the steps. Every user may group notifications by their subject: it
        names nothing.
        """
        self.ensure_one()
        for user in users:
            sheet = self.with_context(lang=user.lang)
            sheet.env['mail.thread'].message_notify(
                partner_ids=user.partner_id.ids,
                subject=sheet.env._("A document waits for you"), body=write_words(sheet))

    # === CRON === #

    @api.model
    def _cron_close(self, batch_size=200):
        """Close the served sheets whose days to object are over, signed or not."""
        cron = self.env['ir.cron']
        for company in self.env['res.company'].search(
                [('aftersales_score_objection_days', '>', 0)]):
            today = company._get_aftersales_day(fields.Datetime.now())
            domain = [('company_id', '=', company.id), ('state', '=', 'served'),
                      '|', ('objection_date', '<', today), ('date_signed', '!=', False)]
            cron._commit_progress(remaining=self.search_count(domain))
            while sheets := self.search(domain, limit=batch_size).try_lock_for_update():
                sheets._set_state('closed')
                if not cron._commit_progress(len(sheets)):
                    return
