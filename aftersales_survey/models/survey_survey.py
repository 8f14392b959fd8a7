from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from odoo.addons.aftersales_service.tools.qr import qr_png

from ..tools import scores
from .roles import INTERVIEWER
from .survey_question import RATED

PURPOSES = [
    ('after_repair', "After a Repair"), ('installation', "After an Installation"),
    ('complaint', "Complaint Handling"), ('yearly', "Yearly Satisfaction"),
    ('servqual', "Service Quality (SERVQUAL)"), ('mystery', "Mystery Visit to an Outlet"),
    ('opinion', "Customer Opinion Card"), ('staff', "Staff Survey"),
    ('competitor', "Comparison with Competitors"), ('other', "Other")]
# who answers these is no customer: their figures stand alone
OTHER_PURPOSES = ('mystery', 'staff', 'competitor')
PILOT_LEAST = 10  # people


class SurveySurvey(models.Model):
    """A questionnaire whose answers count for satisfaction figures.

    The type of its own hides the answers from core's survey staff; the rules of this module
    show them to survey managers of the company that asked.
    """

    _inherit = 'survey.survey'

    survey_type = fields.Selection(
        selection_add=[('aftersales', "After-sales")], ondelete={'aftersales': 'set default'})
    # as text: by core's listed domain the ORM searches surveys while a user is made, and saves
    # the user before the groups say that it is an internal one
    restrict_user_ids = fields.Many2many(domain="[('share', '=', False)]")
    company_id = fields.Many2one(
        'res.company', index='btree_not_null', help="Empty: all companies may ask it.")
    aftersales_purpose = fields.Selection(PURPOSES, string="Purpose")
    aftersales_weight_total = fields.Float(
        string="Sum of Weights", compute='_compute_aftersales_weight_total')
    aftersales_pilot = fields.Text(string="Pilot Check", compute='_compute_aftersales_pilot')
    wave_count = fields.Integer(
        compute='_compute_wave_count', groups='aftersales_survey.group_survey_manager')
    aftersales_call_script = fields.Text(
        string="Call Script", translate=True,
        help="Read out at the begin of a call. Empty: a general greeting.")

    # === COMPUTES === #

    @api.depends_context('uid')
    def _compute_allowed_survey_types(self):
        result = super()._compute_allowed_survey_types()
        if self.env.user.has_group(INTERVIEWER):
            self.allowed_survey_types = [*(self.allowed_survey_types or []), 'aftersales']
        return result

    @api.onchange('survey_type')
    def _onchange_survey_type(self):
        result = super()._onchange_survey_type()
        if self.survey_type == 'aftersales':
            # people answer by the key of their invitation, without marks and without a clock
            self.write({'access_mode': 'token', 'scoring_type': 'no_scoring',
                        'certification': False, 'is_time_limited': False,
                        'users_can_go_back': True})
        return result

    @api.depends('question_and_page_ids.aftersales_weight',
                 'question_and_page_ids.aftersales_metric')
    def _compute_aftersales_weight_total(self):
        for survey in self:
            survey.aftersales_weight_total = sum(
                survey._get_aftersales_items().mapped('aftersales_weight'))

    @api.depends_context('uid', 'lang')
    def _compute_aftersales_pilot(self):
        for survey in self:
            survey.aftersales_pilot = (
                survey.id and survey.survey_type == 'aftersales' and survey._describe_pilot())

    # === CRUD === #

    def write(self, vals):
        if 'survey_type' in vals:
            # another type would open the answers to core's survey staff
            self.filtered(lambda survey: survey.survey_type != vals['survey_type'])\
                ._refuse_aftersales_answered(self.env._(
                    "People have answered these questionnaires, so their type stays. Copy the "
                    "questionnaire and change the copy"))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_aftersales_answered(self):
        self._refuse_aftersales_answered(self.env._(
            "People have answered these questionnaires, and their answers would go with them. "
            "Archive the questionnaires instead"))

    def copy(self, default=None):
        """Keep the pairs of expectation and perception within each copy."""
        copies = super().copy(default)
        for old, new in zip(self, copies, strict=True):
            twins = dict(zip(
                old.question_and_page_ids.sorted(), new.question_and_page_ids.sorted(),
                strict=False))
            for question, twin in twins.items():
                if question.aftersales_pair_id in twins:
                    twin.aftersales_pair_id = twins[question.aftersales_pair_id]
        return copies

    # === WHAT IT ASKS === #

    def get_start_url(self):
        """Let core's dialogs show the page of a questionnaire for all."""
        self.ensure_one()
        if self.survey_type != 'aftersales' or self.access_mode != 'public':
            return super().get_start_url()
        return f'/feedback/{self.access_token}'

    def _get_feedback_qr(self):
        """Return the QR code that opens the page of a questionnaire for all, else None."""
        self.ensure_one()
        if self.access_mode != 'public':
            return None
        return qr_png(self.get_base_url() + self.get_start_url())

    def _get_aftersales_items(self):
        """Return the items of the index, in the order of the questionnaire."""
        return self.question_ids.filtered(lambda question: question.aftersales_metric == 'csi')

    def _get_aftersales_tap_question(self):
        """Return the first rated question: it is answered by one tap in the message."""
        self.ensure_one()
        return self.question_ids.filtered(
            lambda question: question.aftersales_metric in RATED)[:1]

    def _compute_aftersales_gap(self, ratings):
        """Return the SERVQUAL gap of ``{question: rating}``, None without an answered pair.

        Dimensions weigh as much as their perceptions together; without weights all alike.
        """
        pairs, weights = {}, {}
        for question in self.question_ids:
            if question.aftersales_metric != 'perception':
                continue
            name = question.aftersales_dimension or 'other'
            weights[name] = weights.get(name, 0.0) + question.aftersales_weight
            expected = ratings.get(question.aftersales_pair_id)
            if expected is not None and question in ratings:
                pairs.setdefault(name, []).append((expected, ratings[question]))
        return scores.servqual(
            scores.dimension_gaps(pairs), weights if any(weights.values()) else None)

    # === RULES === #

    def _refuse_aftersales_answered(self, message):
        # who may change the questionnaire need not read its answers
        answered = self.env['survey.user_input'].sudo()._read_group(
            [('survey_id', 'in', self.ids), ('state', '!=', 'new'), ('test_entry', '=', False),
             ('survey_id.survey_type', '=', 'aftersales')], ['survey_id'])
        if answered:
            raise UserError(self.env._(
                "%(message)s: %(names)s", message=message,
                names=", ".join(survey.title for [survey] in answered)))

    def _check_aftersales_questions(self):
        """Refuse questionnaires that yield no figure, or whose weights are not 100.

        Hook to call: by what asks people (a wave before it is drawn and launched), with any rights
        that read the questions, for one questionnaire or a batch.

        :raise UserError: no question with a metric; the weights of the index items do not add up
            to 100; a perception without its expectation; a kind of question that is not asked
        """
        for survey in self:
            if not survey._get_aftersales_tap_question():
                raise UserError(self.env._(
                    "“%(survey)s” measures nothing: give at least one question a metric.",
                    survey=survey.title))
            total = survey.aftersales_weight_total
            if survey._get_aftersales_items() and float_compare(total, 100, precision_digits=2):
                raise UserError(self.env._(
                    "The weights of “%(survey)s” add up to %(total)s instead of 100: change the "
                    "weights of its index items.", survey=survey.title, total=f"{total:g}"))
            for question in survey.question_ids:
                question._check_aftersales_question()

    # === PILOT === #

    def _describe_pilot(self):
        """Say how well the items belong together, from the complete answers there are."""
        items = self._get_aftersales_items()
        if len(items) < 2:
            items = self.question_ids.filtered(
                lambda question: question.aftersales_metric == 'perception')
        if len(items) < 2:
            return self.env._(
                "Cronbach's alpha compares at least two index items: this questionnaire has "
                "fewer.")
        rows = self._read_pilot_rows(items)
        alpha = scores.cronbach_alpha(rows)
        if len(rows) < PILOT_LEAST or alpha is None:
            return self.env._(
                "%(count)s people have answered all %(items)s items. Let 10 to 30 people try the "
                "questionnaire before it is launched.", count=len(rows), items=len(items))
        facts = {'count': len(rows), 'items': len(items), 'alpha': f"{alpha:.2f}"}
        if alpha >= scores.ALPHA_WANTED:
            return self.env._(
                "Cronbach's alpha is %(alpha)s (%(count)s people, %(items)s items): the items "
                "belong together, the index may be used.", **facts)
        return self.env._(
            "Cronbach's alpha is only %(alpha)s (%(count)s people, %(items)s items; 0.70 is "
            "wanted): the items measure different things. Reword or remove those that do not "
            "fit.", **facts)

    def _read_pilot_rows(self, items):
        """Return the ratings of all who answered every item; tests count, as pilots are tests."""
        # only ratings without names are read; the user reads the questionnaire
        lines = self.env['survey.user_input.line'].sudo().search_fetch(
            [('survey_id', '=', self.id), ('question_id', 'in', items.ids),
             ('skipped', '=', False)], ['user_input_id', 'question_id', 'value_scale'])
        rows = {}
        for line in lines:
            rows.setdefault(line.user_input_id.id, {})[line.question_id.id] = line.value_scale
        return [[row[item_id] for item_id in items.ids]
                for row in rows.values() if len(row) == len(items)]

    def _compute_wave_count(self):
        counts = dict(self.env['aftersales.survey.wave']._read_group(
            [('survey_id', 'in', self.ids)], ['survey_id'], ['__count']))
        for survey in self:
            survey.wave_count = counts.get(survey._origin, 0)

    def action_view_waves(self):
        """Show the waves that ask these questionnaires."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_survey.aftersales_survey_wave_action')
        action.update(domain=[('survey_id', 'in', self.ids)], context={
            'default_survey_id': self.id if len(self) == 1 else False})
        return action
