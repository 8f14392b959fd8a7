import re
from datetime import timedelta

from babel.dates import format_skeleton

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import babel_locale_parse, consteq, format_date, get_lang
from odoo.tools.urls import urljoin

from odoo.addons.aftersales_service.tools.timezone import to_local, to_utc

from ..tools.calls import read_hours
from ..tools.scores import LOW, nps_class
from .roles import MANAGER

FACES = 5  # a scale of 1 to 5 is shown as faces
KEY = re.compile(r'[A-Za-z0-9_-]{1,100}')
MOST_CARDS = 30  # answers to one questionnaire for all, in a minute
CALL_ACTIVITY = 'mail.mail_activity_data_call'


class SurveyUserInput(models.Model):
    """The page where a customer answers: by whose key it opens, and what it shows.

    A key is the answers' own (by message), that of a printed report (``o<order>-<signature>``),
    which opens answers of its own about this order and never those of an invitation, or that of
    a questionnaire for all (a poster, an opinion card). By the last two, answers are made at the
    first tap: opening writes nothing, since mail scanners open links, too.
    """

    _inherit = 'survey.user_input'

    # === KEYS === #

    def _get_feedback_url(self, score=None):
        """Return the address of the page; with ``score`` it is chosen there already."""
        self.ensure_one()
        url = urljoin(self.get_base_url(), f'/feedback/{self.access_token}')
        return url if score is None else f'{url}?score={score}'

    def get_start_url(self):
        """Let core's invitations lead to our page, where a half answer counts."""
        self.ensure_one()
        if self.survey_id.survey_type != 'aftersales':
            return super().get_start_url()
        return f'/feedback/{self.access_token}'

    @api.model
    def _find_by_feedback_key(self, key, is_saved=False):
        """Return the answers that ``key`` opens, as superuser; empty for an unknown key.

        :param is_saved: make the answers of a printed key now, if there are none yet
        :raise UserError: somebody else makes them at this moment
        """
        answers = self.sudo()
        if not KEY.fullmatch(key or ''):
            return answers.browse()
        if order := self.env['aftersales.order']._find_by_feedback_key(key):
            return answers._open_order_answers(order, is_saved)
        found = answers.search([
            ('access_token', '=', key), ('survey_id.survey_type', '=', 'aftersales')], limit=1)
        if found:
            return found if consteq(found.access_token, key) else answers.browse()
        # a questionnaire for all says so itself; its key is no secret
        survey = self.env['survey.survey'].sudo().search([
            ('access_token', '=', key), ('survey_type', '=', 'aftersales'),
            ('access_mode', '=', 'public')], limit=1)
        return answers._open_card(survey, is_saved) if survey else answers.browse()

    @api.model
    def _open_card(self, survey, is_saved):
        """Return new answers to a questionnaire for all; a machine does not fill it for long."""
        vals = {'survey_id': survey.id,
                'company_id': (survey.company_id or self.env.company).id}
        if not is_saved:
            return self.new(vals)
        since = fields.Datetime.now() - timedelta(minutes=1)
        if self.search_count([('survey_id', '=', survey.id), ('create_date', '>', since)],
                             limit=MOST_CARDS) == MOST_CARDS:
            raise UserError(self.env._(
                "Many people answer at this moment. Please try again in a minute."))
        return self.create(vals)

    @api.model
    def _open_order_answers(self, order, is_saved):
        """Return the answers given by the printed code of an order, else new ones.

        Others than the customer hold the paper, the technician first of all: the code neither
        shows nor answers what the customer was asked personally.
        """
        if found := self.search(
                [('aftersales_order_id', '=', order.id), ('is_from_report', '=', True)], limit=1,
                order='id'):
            return found
        survey = order._get_feedback_survey()
        if not survey:
            return self.browse()
        vals = order._prepare_feedback_vals(survey)
        if not is_saved:
            return self.new(vals)
        if not order.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._(
                "This service is being rated at this moment. Open the page again."))
        return self.create(vals)

    # === PAGE === #

    def _prepare_feedback_values(self, score=None):
        """Return what the page shows of one person's answers: no name, phone or address.

        :param score: what was tapped in the message, as text; ignored if it is no answer
        """
        self.ensure_one()
        survey = self.survey_id
        tap = survey._get_aftersales_tap_question()
        lines = self.user_input_line_ids.filtered(lambda line: not line.skipped)
        ratings = {line.question_id: line.value_scale for line in lines
                   if line.answer_type == 'scale'}
        is_low = tap in ratings and self._is_low_tap(tap, ratings[tap])
        reasons = survey.question_ids.filtered('aftersales_is_reason')
        return {
            'answers': self, 'survey': survey, 'tap': tap, 'lines': lines, 'ratings': ratings,
            'rating': ratings.get(tap), 'is_low': is_low,
            'score': int(score) if tap not in ratings and tap._is_on_aftersales_scale(score)
            else None,
            'choices': self._get_feedback_choices(tap),
            'reasons': reasons if is_low else reasons.browse(),
            'rest': survey.question_ids - tap - reasons,
            'is_done': self.state == 'done', 'is_late': self._is_aftersales_late(),
            'service': self._describe_feedback_service(),
            'company': self.company_id or self.env.company,
            'calls': self._get_feedback_calls(),
        }

    @api.model
    def _is_low_tap(self, question, value):
        """Whether the first rating is one that asks for the reasons."""
        if question.aftersales_metric == 'nps':
            return nps_class(value) == 'detractor'
        return question._get_aftersales_rating(value) <= LOW

    @api.model
    def _get_feedback_choices(self, question):
        """Return ``[(value, label)]`` of a scale, with words where it has five steps."""
        words = {}
        if (question.scale_min, question.scale_max) == (1, FACES):
            words = {1: self.env._("Very unsatisfied"), 2: self.env._("Unsatisfied"),
                     3: self.env._("Fair"), 4: self.env._("Satisfied"),
                     5: self.env._("Very satisfied")}
        return [(value, words.get(value, str(value)))
                for value in range(question.scale_min, question.scale_max + 1)] if question else []

    def _describe_feedback_service(self):
        """Return what was done: technician, day and unit, as far as they are known."""
        order = self.aftersales_order_id
        day = order.date_done or order.date_planned or order.date_event
        zone = (self.company_id or self.env.company)._get_aftersales_zone()
        return [part for part in (
            self.aftersales_technician_id.name or order.technician_id.name,
            day and format_date(self.env, to_local(day, zone).date()),
            self.aftersales_product_id.name or order.product_id.name) if part]

    # === CALL BACK, UNSUBSCRIBE === #

    @api.model
    def _get_feedback_calls(self):
        """Return ``[(start in UTC, day, hours)]`` of when the customer may be called back.

        The day is in words, without its year: it has to fit on a telephone.
        """
        company = self.company_id or self.env.company
        zone, now = company._get_aftersales_zone(), fields.Datetime.now()
        # when customers are called is no secret to them
        company = company.sudo()
        hours = read_hours(company.survey_callback_hours)
        locale = babel_locale_parse(get_lang(self.env).code)
        today = to_local(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
        slots = []
        for days in range(company.survey_callback_days):
            day = today + timedelta(days=days)
            for start, stop in hours:
                begin = to_utc(day.replace(hour=start), zone)
                if begin > now:
                    slots.append((begin, format_skeleton('MMMEd', day.date(), locale=locale),
                                  f'{start}:00–{stop}:00'))
        return slots

    def _request_feedback_call(self, start, phone=None):
        """Note when the customer wants to be called.

        The caller checked the key. Where there is an invitation the call desk calls at that
        time; an answer by a printed code asks a survey manager.

        :param start: one of the times offered, as the page sends it
        :param phone: another number than the known one, read as numbers of the company's country
        :raise UserError: another time, or a phone that is no number
        """
        moments = {fields.Datetime.to_string(slot[0]): slot[0]
                   for slot in self._get_feedback_calls()}
        if start not in moments:
            raise UserError(self.env._("This time is over: choose another one."))
        # the key of the answers was checked by the page
        answers = self.sudo()
        phone = (phone or '').replace('\0', '').strip()[:32]
        company = answers.company_id or self.env.company
        if phone and not self.env['res.partner']._read_number(phone, company.country_id):
            raise UserError(self.env._(
                "“%(phone)s” is no phone number that we can call: correct it, or leave it empty "
                "to be called at the number that we know.", phone=phone))
        if not phone and not answers._get_feedback_phone():
            raise UserError(self.env._("We have no phone number of yours: write the one to call."))
        answers.write({'date_callback': moments[start], 'callback_phone': phone})
        answers._without_visitor()._on_feedback_call()

    def _get_feedback_phone(self):
        """Return the number that is known of who answers."""
        self.ensure_one()
        return (self.aftersales_order_id.phone or self.aftersales_order_id.partner_id.phone
                or self.partner_id.phone)

    def _without_visitor(self):
        """Return these answers of the public page as OdooBot, in the language of the company.

        What colleagues read of them is not written in the language of a customer. Called as
        superuser by steps that checked the key; others than visitors stay who they are.
        """
        if not self.env.user._is_public():
            return self
        return self.with_user(SUPERUSER_ID).with_context(
            lang=self.company_id[:1]._get_aftersales_lang())

    def _on_feedback_call(self):
        """Plan the call that a customer asked for.

        Hook: called by ``_request_feedback_call`` as superuser, for one record, after the time
        was written. What it raises refuses the request.
        """
        self.aftersales_invitation_id.write({'date_next_call': self.date_callback})
        if self.aftersales_invitation_id:
            return
        # on the answers, not on the order: the technician reads the order
        managers = self.company_id._get_people_in(MANAGER).sorted('id')
        if self.activity_reschedule([CALL_ACTIVITY], date_deadline=self.date_callback.date()):
            return
        self.activity_schedule(
            CALL_ACTIVITY, self.date_callback.date(), user_id=managers[:1].id,
            summary=self.env._("The customer asks for a call about the service"))

    def _unsubscribe_feedback(self):
        """Ask this customer no more; the caller checked the key.

        :return: whether there is a customer to note it for
        """
        # the key of the answers was checked by the page
        partner = self.sudo().partner_id or self.sudo().aftersales_order_id.partner_id
        partner._opt_out_of_surveys()
        return bool(partner)

    # === CHATTER === #

    @api.model
    def _get_thread_with_access(self, thread_id, *, token=None, **kwargs):
        """Open by the key the page of the answers, and nothing of what colleagues wrote."""
        if token is not None:
            # whose answers they are is all that is asked of a visitor's record
            answers = self.sudo().browse(thread_id).exists()
            if answers.survey_id.survey_type != 'aftersales':
                kwargs['token'] = token
        return super()._get_thread_with_access(thread_id, **kwargs)

    # === FORMS === #

    def _get_aftersales_number(self):
        """Return the number on the printed forms, unique among all answers."""
        self.ensure_one()
        return f'{self.create_date:%Y}-{self.id:05d}'

    def _prepare_opinion_card(self):
        """Return the words of an opinion card: ``{'kind', 'content', 'contact'}``."""
        self.ensure_one()
        words = {'text_box': [], 'simple_choice': [], 'char_box': []}
        for line in self.user_input_line_ids.filtered(lambda line: not line.skipped):
            if line.question_id.question_type in words:
                words[line.question_id.question_type].append(line._get_answer_value())
        return {
            'kind': next(iter(words['simple_choice']), ""),
            'content': "\n".join(words['text_box']), 'contact': ", ".join(words['char_box'])}

    # === PRIVACY === #

    @api.model
    def _get_customer_domain(self, partners):
        return super()._get_customer_domain(partners) | Domain(
            'aftersales_order_id.partner_id', 'child_of', partners.ids)
