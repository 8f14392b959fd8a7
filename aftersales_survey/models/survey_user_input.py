import secrets
from statistics import fmean

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools import scores
from .roles import MANAGER

NPS_CLASSES = [('detractor', "Detractor"), ('passive', "Passive"), ('promoter', "Promoter")]
EXCLUSIONS = [
    ('same', "Same Answer to Everything"), ('fast', "Answered Too Fast"),
    ('double', "Answered Twice"), ('stranger', "Was Not Served"), ('staff', "Own Staff"),
    ('test', "Test Answer"), ('other', "Other")]
# what answers take over from the invitation: field of the answers -> field of the invitation
TAKEN = {
    'company_id': 'company_id', 'aftersales_wave_id': 'wave_id',
    'aftersales_order_id': 'order_id', 'aftersales_outlet_id': 'outlet_id',
    'aftersales_technician_id': 'technician_id', 'aftersales_product_id': 'product_id',
    'aftersales_region_id': 'region_id', 'partner_id': 'partner_id', 'deadline': 'date_deadline'}
# columns that are empty where nothing was answered, and may be zero where something was
SCORES = ('nps', 'nps_points', 'csat', 'csat_points', 'ces', 'csi', 'servqual_gap')
KEY_BYTES = 24  # of the key in the address: 192 bits


class SurveyUserInput(models.Model):
    """The answers of one person, with the scores that reports read.

    Scores are plain columns: ``_store_aftersales_scores`` writes them when the first question is
    answered, and again when the rest is. A column stays empty where nothing was answered. All
    fields of this module are protected: steps alone write them.
    """

    _name = 'survey.user_input'
    _inherit = ['survey.user_input', 'aftersales.erasure.mixin', 'aftersales.protected.mixin']
    _is_company_checked = False

    company_id = fields.Many2one(
        'res.company', readonly=True, copy=False, index='btree_not_null', protected=True)
    aftersales_purpose = fields.Selection(related='survey_id.aftersales_purpose')
    aftersales_invitation_id = fields.Many2one(
        'aftersales.survey.invitation', string="Invitation", readonly=True, copy=False,
        index='btree_not_null', ondelete='set null', protected=True)
    aftersales_wave_id = fields.Many2one(
        'aftersales.survey.wave', string="Survey Wave", readonly=True, copy=False,
        index='btree_not_null', protected=True)
    aftersales_order_id = fields.Many2one(
        'aftersales.order', string="Service Order", readonly=True, copy=False,
        index='btree_not_null', protected=True)
    aftersales_outlet_id = fields.Many2one(
        'aftersales.outlet', string="Outlet", readonly=True, copy=False, protected=True)
    aftersales_technician_id = fields.Many2one(
        'res.users', string="Technician", readonly=True, copy=False, protected=True)
    aftersales_product_id = fields.Many2one(
        'product.product', string="Product", readonly=True, copy=False, protected=True)
    aftersales_region_id = fields.Many2one(
        'res.country.state', string="Region", readonly=True, copy=False, protected=True)
    aftersales_interviewer_id = fields.Many2one(
        'res.users', string="Interviewer", readonly=True, copy=False, protected=True)

    # Scores
    nps = fields.Integer(
        string="Would Recommend (0–10)", readonly=True, copy=False, aggregator='avg',
        protected=True)
    nps_class = fields.Selection(
        NPS_CLASSES, string="Recommender", readonly=True, copy=False, protected=True)
    nps_points = fields.Integer(
        string="NPS", readonly=True, copy=False, aggregator='avg', protected=True,
        help="100 for a promoter, −100 for a detractor: the average is the NPS.")
    csat = fields.Float(
        string="Satisfaction (1–5)", readonly=True, copy=False, aggregator='avg',
        protected=True)
    csat_points = fields.Float(
        string="CSAT (%)", readonly=True, copy=False, aggregator='avg', protected=True,
        help="100 for satisfied or very satisfied, else 0: the average is the share.")
    ces = fields.Float(
        string="Effort (CES)", readonly=True, copy=False, aggregator='avg', protected=True)
    csi = fields.Float(
        string="Index (CSI)", readonly=True, copy=False, aggregator='avg', protected=True)
    servqual_gap = fields.Float(
        string="SERVQUAL Gap", readonly=True, copy=False, aggregator='avg', protected=True)
    has_servqual_gap = fields.Boolean(compute='_compute_has_servqual_gap')
    is_low = fields.Boolean(
        string="Low Rating", readonly=True, copy=False, protected=True,
        help="A detractor, or an item rated 1 or 2 of 5.")
    date_scored = fields.Datetime(
        string="First Answered on", readonly=True, copy=False, protected=True)
    is_partial = fields.Boolean(
        string="Half Answer", readonly=True, copy=False, protected=True,
        help="The first question is answered, the questionnaire is not finished.")
    callback_phone = fields.Char(string="Call Back At", readonly=True, copy=False, protected=True)
    is_from_report = fields.Boolean(
        string="By Printed Code", readonly=True, copy=False, protected=True,
        help="Answered by the code on the printed service report, which others may have seen.")
    date_callback = fields.Datetime(
        string="Call Back on", readonly=True, copy=False, protected=True,
        help="When the customer asked to be called.")

    # What does not count
    is_valid = fields.Boolean(
        string="Counts", default=True, readonly=True, copy=False, protected=True)
    exclusion_reason = fields.Selection(
        EXCLUSIONS, readonly=True, copy=False, protected=True)
    exclusion_note = fields.Char(readonly=True, copy=False, protected=True)

    # Opinion card: what became of it
    opinion_department = fields.Char(string="Handled by Department", copy=False, protected=True)
    opinion_reply = fields.Text(string="Reply", copy=False, protected=True)
    date_opinion_reply = fields.Datetime(
        string="Replied on", readonly=True, copy=False, protected=True)

    _aftersales_order_uniq = models.UniqueIndex(
        "(aftersales_order_id, survey_id) WHERE aftersales_order_id IS NOT NULL"
        " AND is_from_report IS TRUE",
        "This service is being rated at this moment. Open the page again.")

    @api.depends('servqual_gap')
    def _compute_has_servqual_gap(self):
        """Say whether there is a gap: one of zero looks like none."""
        empty = self._get_empty_aftersales_scores()
        for answers in self:
            answers.has_servqual_gap = 'servqual_gap' not in empty.get(
                answers.id, ['servqual_gap'])

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Give answers to our questionnaires their key, and what their invitation knows."""
        # which type a questionnaire has, and what an invitation names, is known to the caller,
        # who gave both: invitations are protected, so superuser did
        default_id = self.env.context.get('default_survey_id')
        surveys = self.env['survey.survey'].sudo().browse(
            {vals.get('survey_id', default_id) for vals in vals_list} - {None, False})
        ours = {survey.id: survey for survey in surveys if survey.survey_type == 'aftersales'}
        for vals in vals_list:
            if survey := ours.get(vals.get('survey_id', default_id)):
                self._complete_aftersales_vals(vals, survey)
        return super().create(vals_list)

    @api.model
    def _complete_aftersales_vals(self, vals, survey):
        vals.setdefault('access_token', secrets.token_urlsafe(KEY_BYTES))
        if self.env.su:
            invitation = self.env['aftersales.survey.invitation'].browse(
                vals.get('aftersales_invitation_id'))
            for name, source in TAKEN.items() if invitation else ():
                value = invitation[source]
                vals.setdefault(name, value.id if isinstance(value, models.BaseModel) else value)
            if survey.aftersales_purpose == 'staff':
                vals.update(partner_id=False, email=False, nickname=False)
            vals.setdefault('company_id', (survey.company_id or self.env.company).id)

    # === THE ONE DOOR === #

    def _aftersales_answer(self, question, value, interviewer=None):
        """Save one answer and score at once; used by the public page and the call desk.

        Hook to call: for one person's answers, as any user, after the caller checked that they
        belong to who answers (by the key, or by the call). It runs as superuser. An answer that
        is given again replaces the first one, and a changed rating leaves a note. Two requests at
        once: the second waits and is repeated by core.

        :param question: a question of the questionnaire
        :param value: a number for a scale, the id or ids of chosen answers, or a text
        :param interviewer: the user who typed the answer in
        :raise UserError: the deadline is over, the answers are finished, or the value is none of
            the question's
        """
        self._aftersales_answer_all({question: value}, interviewer)

    def _aftersales_answer_all(self, values, interviewer=None):
        """Save several answers (``{question: value}``) as ``_aftersales_answer`` does one."""
        self.ensure_one()
        # the caller checked that the answers belong to who gives them
        answers = self.sudo()
        answers._ensure_aftersales_open()
        read = {}
        for question, value in values.items():
            if question.sudo() not in answers.survey_id.question_ids:
                raise UserError(self.env._("This question is not part of the questionnaire."))
            read[question.sudo()] = question.sudo()._read_aftersales_value(value)
        if not read:
            return
        if answers.state == 'new':
            answers._mark_in_progress()
        # the row is written first: of two requests the second one waits here
        answers.write({'last_displayed_page_id': list(read)[-1].id} | (
            {'aftersales_interviewer_id': interviewer.id} if interviewer else {}))
        answers.flush_recordset()
        for question, value in read.items():
            answers._save_aftersales_answer(question, value)
        answers._store_aftersales_scores()

    def _save_aftersales_answer(self, question, value):
        """Save one answer; a rating that changes is noted, words are not repeated anywhere."""
        old = self.user_input_line_ids.filtered(lambda line: line.question_id == question)
        if not value and (not old or question.question_type == 'scale'):
            return
        was_rated = old[:1].answer_type == 'scale'
        before = old[:1].value_scale
        self._save_lines(question, value)
        if was_rated and before != int(value):
            noted = self._without_visitor()
            noted._message_log(body=noted.env._(
                "“%(question)s” changed from %(before)s to %(after)s.",
                question=question.with_env(noted.env).title, before=before, after=value))

    def _finish_aftersales(self):
        """Note that the questionnaire is finished; from then on the answers stay."""
        # the caller checked that the answers belong to who gives them
        answers = self.sudo()
        answers._ensure_aftersales_open()
        if not answers.date_scored:
            raise UserError(self.env._("Answer the first question before you finish."))
        answers._mark_done()

    def _mark_done(self):
        result = super()._mark_done()
        self.filtered(
            lambda answers: answers.survey_id.survey_type == 'aftersales'
        )._store_aftersales_scores()
        return result

    def _ensure_aftersales_open(self):
        """Refuse answers that come too late, or twice.

        :raise UserError: in words for who answers
        """
        self.ensure_one()
        if self.state == 'done':
            raise UserError(self.env._("You have answered already. Thank you!"))
        if self._is_aftersales_late():
            raise UserError(self.env._(
                "This questionnaire is closed: the last day to answer has passed."))

    def _is_aftersales_late(self):
        return not self.survey_id.active or bool(
            self.deadline and self.deadline < fields.Datetime.now())

    # === SCORES === #

    def _store_aftersales_scores(self):
        """Write the scores of these answers as superuser, and call ``_on_aftersales_scored``.

        Called when an answer was saved and when a questionnaire is finished, for a batch.
        """
        # answers were saved by a step that checked who answers
        answers = self.sudo()
        lines = self.env['survey.user_input.line'].sudo().search([
            ('user_input_id', 'in', answers.ids), ('skipped', '=', False),
            ('answer_type', '!=', False)])
        by_answers = lines.grouped('user_input_id')
        empty = answers._get_empty_aftersales_scores()
        now, scored = fields.Datetime.now(), self.browse().sudo()
        for one in answers.filtered(lambda one: one in by_answers):
            vals = one._prepare_aftersales_scores(by_answers[one])
            vals['is_partial'] = one.state != 'done'
            if not one.date_scored:
                vals['date_scored'] = now
            if one.test_entry:
                vals |= {'is_valid': False, 'exclusion_reason': 'test'}
            changed = {name: value for name, value in vals.items()
                       if one[name] != value or name in empty[one.id]}
            if changed:
                one.write(changed)
                if not one.test_entry and changed.keys() - {'is_partial'}:
                    scored |= one
        scored._note_aftersales_answered(now)
        if scored:
            scored._on_aftersales_scored()

    def _get_empty_aftersales_scores(self):
        """Return ``{id: names of the scores without a value}``: a score of zero is one."""
        rows = self._read_group(
            [('id', 'in', self.ids)], ['id'], [f'{name}:count' for name in SCORES])
        return {answers.id: {name for name, count in zip(SCORES, counts, strict=True) if not count}
                for answers, *counts in rows}

    def _prepare_aftersales_scores(self, lines):
        """Return the scores of one person; only of what was answered."""
        ratings = {
            line.question_id: line.value_scale for line in lines
            if line.answer_type == 'scale' and line.question_id._is_on_aftersales_scale(
                line.value_scale)}
        by_metric = {}
        for question, value in ratings.items():
            by_metric.setdefault(question.aftersales_metric, []).append((question, value))
        vals = {}
        if rows := by_metric.get('nps'):
            vals['nps'] = rows[0][1]
            vals['nps_class'] = scores.nps_class(vals['nps'])
            vals['nps_points'] = {'promoter': 100, 'detractor': -100}.get(vals['nps_class'], 0)
        if rows := by_metric.get('csat'):
            of_five = [question._get_aftersales_rating(value) for question, value in rows]
            vals['csat'], vals['csat_points'] = fmean(of_five), scores.csat(of_five)
        if rows := by_metric.get('ces'):
            vals['ces'] = scores.ces([value for __, value in rows])
        index = scores.csi(
            (question.aftersales_weight, value, question.scale_max)
            for question, value in by_metric.get('csi', ()))
        if index is not None:
            vals['csi'] = index
        gap = lines.survey_id._compute_aftersales_gap(ratings)
        if gap is not None:
            vals['servqual_gap'] = gap
        vals['is_low'] = vals.get('nps_class') == 'detractor' or any(
            question._get_aftersales_rating(value) <= scores.LOW
            for metric in ('csat', 'csi') for question, value in by_metric.get(metric, ()))
        return vals

    def _note_aftersales_answered(self, moment):
        """Let invitation and customer know that there is an answer."""
        invited = self.aftersales_invitation_id.filtered(
            lambda invitation: not invitation.date_answered)
        invited.write({'state': 'answered', 'date_answered': moment})

    def _on_aftersales_scored(self):
        """Do what follows from scores that were just written; nothing by itself.

        Hook: called by ``_store_aftersales_scores`` as superuser, for a batch of answers, in the
        transaction that saved them, each time a score was written or changed; not for tests.
        Must not raise: it would lose the answer.
        """

    # === WHAT DOES NOT COUNT === #

    def _exclude_aftersales(self, reason, note=None):
        """Leave these answers out of all figures; who, why and when is noted.

        :raise AccessError: only survey managers do
        """
        self._ensure_aftersales_manager()
        if reason == 'other' and not (note or '').strip():
            raise UserError(self.env._("Say in words why these answers do not count."))
        # _ensure_aftersales_manager checked the right
        self.sudo().write({
            'is_valid': False, 'exclusion_reason': reason, 'exclusion_note': note})
        label = dict(self._fields['exclusion_reason']._description_selection(self.env))[reason]
        self.sudo()._message_log_batch(bodies=dict.fromkeys(self.ids, self.env._(
            "Does not count: %(reason)s.", reason=": ".join(filter(None, [label, note])))))

    def action_aftersales_include(self):
        """Let these answers count again."""
        self._ensure_aftersales_manager()
        excluded = self.filtered(lambda answers: not answers.is_valid and not answers.test_entry)
        # _ensure_aftersales_manager checked the right
        excluded.sudo().write({
            'is_valid': True, 'exclusion_reason': False, 'exclusion_note': False})
        excluded.sudo()._message_log_batch(
            bodies=dict.fromkeys(excluded.ids, self.env._("Counts again.")))

    def _ensure_aftersales_manager(self):
        """Refuse who may not judge answers, and answers of others.

        :raise AccessError: no survey manager, or answers of another company
        """
        self.check_access('read')
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only survey managers decide which answers count."))
        if any(answers.survey_id.survey_type != 'aftersales' for answers in self):
            raise AccessError(self.env._("These are answers to other surveys."))

    # === PRIVACY === #

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('survey_id.survey_type', '=', 'aftersales') & Domain(
            'company_id', '!=', False) & Domain('create_date', '<=', moment)

    def _get_free_domain(self):
        return super()._get_free_domain() & Domain(
            'aftersales_order_id', 'not any', [('legal_hold_reason', '!=', False)])

    @api.model
    def _get_answer_domain(self, moment):
        return Domain('partner_id', '!=', False) | Domain('email', '!=', False) | Domain(
            'aftersales_order_id', '!=', False) | Domain(
            'aftersales_invitation_id', 'any', [('res_model', '!=', self._name)]) | Domain(
            'user_input_line_ids', 'any', [('answer_type', 'in', ('text_box', 'char_box'))])

    def _erase_answers(self, moment):
        """Take away who answered and what was said in words; ratings stay for the figures."""
        self.user_input_line_ids.filtered(
            lambda line: line.answer_type in ('text_box', 'char_box')).unlink()
        # the row of the recipient stays for reach and response
        self.aftersales_invitation_id._forget_recipient()
        for answers in self:
            answers.write({
                'partner_id': False, 'email': False, 'nickname': False, 'opinion_reply': False,
                'callback_phone': False, 'aftersales_order_id': False,
                'access_token': secrets.token_urlsafe(KEY_BYTES)})
        return len(self)
