from math import isfinite

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

METRICS = [
    ('nps', "Recommendation (NPS)"), ('csat', "Satisfaction (CSAT)"), ('ces', "Effort (CES)"),
    ('csi', "Index Item (CSI)"), ('expectation', "Expectation (SERVQUAL)"),
    ('perception', "Perception (SERVQUAL)"), ('open', "Open Question")]
RATED = {'nps', 'csat', 'ces', 'csi', 'expectation', 'perception'}
DIMENSIONS = [
    ('tangibles', "Tangibles"), ('reliability', "Reliability"),
    ('responsiveness', "Responsiveness"), ('assurance', "Assurance"), ('empathy', "Empathy")]
# what may not change under answers that were given already
KEPT = {
    'aftersales_metric', 'aftersales_weight', 'aftersales_dimension', 'aftersales_pair_id',
    'aftersales_is_reason', 'question_type', 'scale_min', 'scale_max', 'survey_id', 'is_page'}
# the kinds of questions that the feedback page and the call desk ask
ASKED_TYPES = {
    'scale', 'simple_choice', 'multiple_choice', 'text_box', 'char_box', 'numerical_box', 'date'}
LONGEST_ANSWER = 2000  # characters of an open answer


class SurveyQuestion(models.Model):
    """What a question measures, and how much it counts in the index."""

    _inherit = 'survey.question'

    aftersales_survey_type = fields.Selection(
        related='survey_id.survey_type', string="Kind of Questionnaire")
    aftersales_metric = fields.Selection(METRICS, string="Metric")
    aftersales_weight = fields.Float(
        string="Weight", help="Weights of the index items of one questionnaire add up to 100.")
    aftersales_dimension = fields.Selection(DIMENSIONS, string="Quality Dimension")
    aftersales_topic = fields.Char(
        string="Topic", translate=True, help="What the item is about where results are listed.")
    aftersales_pair_id = fields.Many2one(
        'survey.question', string="Compared with", index='btree_not_null', ondelete='set null',
        copy=False,
        domain="[('survey_id', '=', survey_id), ('aftersales_metric', '=', 'expectation')]",
        help="The expectation that this perception is compared with.")
    aftersales_is_reason = fields.Boolean(
        string="Asked after a Low Rating",
        help="Its answers are offered as reasons when the first rating is low, and only then.")

    _aftersales_weight_positive = models.Constraint(
        'CHECK(aftersales_weight >= 0)', "A weight cannot be negative.")

    @api.constrains('aftersales_metric', 'question_type', 'scale_min', 'scale_max')
    def _check_aftersales_scale(self):
        for question in self.filtered(lambda question: question.aftersales_metric in RATED):
            if question.question_type != 'scale':
                raise ValidationError(self.env._(
                    "“%(question)s” measures a rating: make it a question of the type “Scale”.",
                    question=question.title))
            limits = (question.scale_min, question.scale_max)
            if question.aftersales_metric == 'nps' and limits != (0, 10):
                raise ValidationError(self.env._(
                    "“%(question)s” asks for a recommendation: its scale is 0 to 10.",
                    question=question.title))
            if question.aftersales_metric != 'nps' and question.scale_min < 1:
                raise ValidationError(self.env._(
                    "“%(question)s” is rated from 1: set the lowest value of its scale to 1.",
                    question=question.title))

    # === CRUD === #

    def write(self, vals):
        if KEPT & vals.keys():
            self._ensure_aftersales_unanswered(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_aftersales_answered(self):
        self.survey_id._refuse_aftersales_answered(self.env._(
            "People have answered these questionnaires, so their questions stay. Copy the "
            "questionnaire and change the copy"))

    def _ensure_aftersales_unanswered(self, vals):
        """Refuse to change what a question measures where answers were scored by it."""
        changed = self.filtered(lambda question: any(
            question._fields[name].convert_to_write(question[name], question) != value
            for name, value in vals.items() if name in KEPT))
        changed.survey_id._refuse_aftersales_answered(self.env._(
            "People have answered these questionnaires: what their questions measure stays, so "
            "that the figures can be compared. Copy the questionnaire and change the copy"))

    # === ANSWERS === #

    def _get_aftersales_rating(self, value):
        """Return a rating of this scale as if it were given on the scale of 1 to 5."""
        return 5 * value / self.scale_max

    def _validate_scale(self, answer):
        """Refuse numbers that are not on the scale, which core takes as they come."""
        errors = super()._validate_scale(answer)
        if errors or self.survey_id.survey_type != 'aftersales' or answer in ('', None):
            return errors
        return {} if self._is_on_aftersales_scale(answer) else {
            self.id: self._get_aftersales_refusal()}

    def _validate_choice(self, answer, comment):
        """Refuse answers of other questions, which core takes as they come."""
        errors = super()._validate_choice(answer, comment)
        if errors or self.survey_id.survey_type != 'aftersales':
            return errors
        chosen = answer if isinstance(answer, list) else [answer] if answer else []
        known = {str(answer_id) for answer_id in self.suggested_answer_ids.ids}
        return {} if {str(value) for value in chosen} <= known else {
            self.id: self._get_aftersales_refusal()}

    def _is_on_aftersales_scale(self, answer):
        try:
            return self.scale_min <= int(answer) <= self.scale_max
        except (TypeError, ValueError):
            return False

    def _get_aftersales_refusal(self):
        return self.env._("This is no answer to the question: choose one of those shown.")

    def _read_aftersales_value(self, value):
        """Return what core saves for ``value``; numbers as text, because core drops a bare 0.

        :raise UserError: the value is no answer to this question
        """
        self.ensure_one()
        if self.question_type not in ASKED_TYPES:
            raise UserError(self.env._("This question is not asked here."))
        if self.question_type == 'multiple_choice':
            chosen = value if isinstance(value, (list, tuple)) else [value] if value else []
            value = list(dict.fromkeys(str(one) for one in chosen))
        elif isinstance(value, (list, tuple, dict)):
            raise UserError(self._get_aftersales_refusal())
        else:
            value = "" if value is None or value is False else str(value).strip()[:LONGEST_ANSWER]
            value = value.replace('\x00', '')
        if error := value and self.validate_question(value):
            raise UserError(next(iter(error.values())))
        if value and self.question_type == 'numerical_box' and not isfinite(float(value)):
            raise UserError(self._get_aftersales_refusal())
        return value

    def _check_aftersales_question(self):
        """Refuse what the feedback page and the call desk cannot ask, and half a pair.

        :raise UserError: in words, with the question
        """
        if self.question_type not in ASKED_TYPES:
            raise UserError(self.env._(
                "“%(question)s” is of a type that customers are not asked: choose a scale, a "
                "choice, a text, a number or a date.", question=self.title))
        pair = self.aftersales_pair_id
        if self.aftersales_metric == 'perception' and (
                pair.survey_id != self.survey_id or pair.aftersales_metric != 'expectation'):
            raise UserError(self.env._(
                "“%(question)s” is a perception: name the expectation of the same questionnaire "
                "that it is compared with.", question=self.title))

    def _prepare_call_question(self, lines):
        """Return one question for the call desk, with its present answer.

        :param lines: the answer lines of this question
        """
        self.ensure_one()
        line = lines[:1]
        question = {
            'id': self.id, 'title': self.title, 'kind': 'text', 'options': [],
            'answer': line._get_words() if line else "",
            'low': self.scale_min_label or "", 'high': self.scale_max_label or ""}
        if self.question_type == 'scale':
            return question | {
                'kind': 'scale', 'answer': line.value_scale if line else None,
                'options': [
                    {'value': number, 'key': str(number), 'label': ""}
                    for number in range(self.scale_min, self.scale_max + 1)]}
        if self.question_type in ('simple_choice', 'multiple_choice'):
            is_one = self.question_type == 'simple_choice'
            return question | {
                'kind': 'choice' if is_one else 'choices',
                'answer': line.suggested_answer_id.id or None if is_one else (
                    lines.suggested_answer_id.ids),
                'options': [
                    {'value': option.id, 'key': str(number), 'label': option.value}
                    for number, option in enumerate(self.suggested_answer_ids, 1)]}
        if self.question_type == 'date':
            return question | {
                'kind': 'date', 'answer': fields.Date.to_string(line.value_date) or ""}
        if self.question_type == 'numerical_box':
            return question | {'answer': f'{line.value_numerical_box:g}' if line else ""}
        return question
