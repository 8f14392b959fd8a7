from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.timezone import day_bounds

from ..tools.calls import GROUPS, get_group
from .roles import MANAGER
from .survey_question import ASKED_TYPES


class AftersalesSurveyInvitation(models.Model):
    """What the follow-up desk shows: the queue, the job, the questions.

    All methods are called as superuser after ``_ensure_may_call``.
    """

    _inherit = 'aftersales.survey.invitation'

    # === THE QUEUE === #

    @api.model
    def _prepare_desk(self, call, notice=False):
        """Return what the desk shows, with ``call`` in the middle."""
        queue = self._read_queue()
        entries = [entry._prepare_queue_entry() for entry in queue]
        return {
            'queue': sorted(entries, key=lambda entry: GROUPS.index(entry['group'])),
            'counts': {group: sum(entry['group'] == group for entry in entries)
                       for group in GROUPS},
            'call': call._prepare_call() if call else None,
            'notice': notice,
            'results': self._get_labels(self.env['aftersales.survey.call'], 'result'),
            'groups': {
                'call_back': self.env._("Agreed Call-backs"), 'late': self.env._("Late"),
                'new': self.env._("New Today")},
            'actions': [
                {'key': key, 'label': label} for key, label in self._get_labels(
                    self.env['aftersales.loop.rule'], 'action').items()],
            'next': None if entries else self._describe_next_calls(),
            'can_start': not self.env.company.sudo().survey_call_wave_id and (
                self.env.user.has_group(MANAGER)),
        }

    @api.model
    def _describe_next_calls(self):
        """Return when an empty desk has calls again.

        ``planned``: how many invitations of telephone waves wait for the plan; ``due``: when the
        next call of the queue is due, as text in UTC, or ``False``.
        """
        mine = Domain('company_id', 'in', self.env.companies.ids)
        due = self.search(
            mine & self._get_callable_domain()
            & Domain('date_next_call', '>', fields.Datetime.now()),
            order='date_next_call, id', limit=1).date_next_call
        return {
            'planned': self.search_count(mine & Domain([
                ('state', '=', 'sent'), ('channel', '=', 'phone'), ('call_reason', '=', False),
                ('wave_id.state', '=', 'running')])),
            'due': due and fields.Datetime.to_string(due)}

    @api.model
    def _get_labels(self, model, name):
        return dict(model._fields[name]._description_selection(self.env))

    def _prepare_queue_entry(self):
        self.ensure_one()
        today = self.company_id._get_aftersales_day(fields.Datetime.now())
        start, __ = day_bounds(today, self.company_id._get_aftersales_zone())
        return {
            'id': self.id, 'group': get_group(self.call_result, self.date_next_call, start),
            'customer': self.partner_id.name or "", 'order': self.order_id.name or "",
            'product': self.product_id.display_name or "",
            'due': fields.Datetime.to_string(self.date_next_call),
            'attempts': self.attempt_count, 'is_second': self.call_reason == 'second',
            'reason': self._get_labels(self, 'call_reason').get(self.call_reason, ""),
            'taken_by': self.caller_id.name if self.date_taken and (
                self.caller_id != self.env.user) else ""}

    # === THE CALL === #

    def _prepare_call(self):
        """Return the middle of the desk: whom to call, about what, and what to ask."""
        self.ensure_one()
        loop = self._get_call_loop()
        return {
            **self._prepare_queue_entry(),
            'phone': self._get_call_phone() or "",
            'dial': self.env['res.partner']._get_dial_link(
                self._get_call_phone(), self.company_id.country_id),
            'known_phone': self._get_known_phone() or "",
            'script': self._get_call_script(),
            'survey': self.survey_id.title,
            'job': self._prepare_call_job(),
            'history': [
                {'id': attempt.id, 'date': fields.Datetime.to_string(attempt.date_call),
                 'result': self._get_labels(attempt, 'result')[attempt.result],
                 'person': attempt.user_id.name, 'note': attempt.note or ""}
                for attempt in self.call_ids],
            'loop': self._prepare_call_loop(loop) if loop else None,
            **self._prepare_call_answers(),
        }

    def _get_call_script(self):
        """Return the words to begin with, in the interviewer's language.

        What the questionnaire says opens its first interview; who is called again, or asked to
        be called, hears why.
        """
        self.ensure_one()
        names = {'company': self.company_id.name, 'person': self.env.user.name}
        if self.call_reason == 'second':
            return self.env._(
                "Good day, this is %(company)s, %(person)s speaking. You told us that you were "
                "not satisfied, and we have looked after it. May I ask how it is now?", **names)
        if self.call_reason == 'wished':
            return self.env._(
                "Good day, this is %(company)s, %(person)s speaking. You asked us to call you "
                "back. How can we help you?", **names)
        if self.survey_id.aftersales_call_script:
            return self.survey_id.aftersales_call_script
        if not self.order_id:
            return self.env._(
                "Good day, this is %(company)s, %(person)s speaking. We ask our customers how "
                "satisfied they are with us. May I ask you a few questions? It takes two minutes.",
                **names)
        return self.env._(
            "Good day, this is %(company)s, %(person)s speaking. Our technician was with you "
            "about your unit. May I ask you a few questions? It takes two minutes, and the "
            "technician does not learn who answered.", **names)

    def _prepare_call_job(self):
        """Return the facts of the service order that the customer is asked about."""
        self.ensure_one()
        order = self.order_id
        if not order:
            return None
        labels = self._get_labels(order, 'charge_kind')
        sales = order.sale_order_ids.filtered(lambda sale: sale.state != 'cancel')
        paid = sum(sale._get_agreed_total() for sale in sales)
        return {
            'name': order.name, 'product': order.product_id.display_name or "",
            'serial': order.serial or "", 'description': order.description or "",
            'solution': order.solution or "", 'technician': self.technician_id.name or "",
            'outlet': self.outlet_id.name or "",
            'done': fields.Datetime.to_string(order.date_done) if order.date_done else "",
            'charge': labels.get(order.charge_kind, ""),
            'price': sales[:1].currency_id.format(paid) if paid else "",
            'promises': self._prepare_call_promises(order)}

    @api.model
    def _prepare_call_promises(self, order):
        """Return the promises of the order and whether they were kept."""
        return [
            {'id': clock.id, 'label': clock.display_name, 'result': clock.result,
             'words': self._get_labels(clock, 'result').get(clock.result, "")}
            for clock in order.clock_ids if clock.result in ('met', 'missed')]

    @api.model
    def _prepare_call_loop(self, loop):
        """Return a loop as the desk shows it."""
        return {
            'id': loop.id, 'name': loop.name, 'reason': loop.reason or "",
            'comment': loop.comment or "", 'solution': loop.solution or "",
            'owner': loop.user_id.name or "",
            'state': self._get_labels(loop, 'state')[loop.state],
            'first_score': loop.first_score if loop.score_kind else None}

    # === THE QUESTIONS === #

    def _prepare_call_answers(self):
        """Return the questions that can be asked by telephone, with the answers so far.

        Reasons are asked after a low rating only.
        """
        self.ensure_one()
        lines_model = self.env['survey.user_input.line']
        lines = self.user_input_id.user_input_line_ids.filtered(
            lambda line: not line.skipped).grouped('question_id')
        answers = self.user_input_id
        questions = answers.predefined_question_ids.filtered(
            lambda question: question.question_type in ASKED_TYPES
            and (answers.is_low or not question.aftersales_is_reason))
        return {'questions': [
            question._prepare_call_question(lines.get(question, lines_model))
            for question in questions.sorted(lambda question: (question.sequence, question.id))]}
