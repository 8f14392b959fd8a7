from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools.suggestion import HIGHEST, find_excess, find_reward
from .roles import DESK, TEAM_LEAD

STATES = [
    ('new', "Received"), ('scored', "Scored"), ('accepted', "Adopted"), ('trial', "On Trial"),
    ('stored', "Stored for Later"), ('rejected', "Rejected"), ('implemented', "Implemented"),
    ('rewarded', "Rewarded")]
AREAS = [
    ('product', "Product"), ('service', "Service"), ('cost', "Cost"), ('channel', "Channel"),
    ('work', "Way of Working"), ('criticism', "Criticism"), ('other', "Other")]
_AUTHOR_FIELDS = {'subject', 'description', 'area', 'photo_ids', 'benefit_note'}
# what they say besides when they hand it in; whose it is, is checked
_START_FIELDS = _AUTHOR_FIELDS | {
    'source', 'author_id', 'company_id', 'complaint_id', 'partner_id'}
_ANSWERS = ('accepted', 'trial', 'stored', 'rejected')
_JUDGED = frozenset({*HIGHEST, 'reward_amount', 'benefit_amount'})
CHECK_DAYS = 7
EFFECT_MONTHS = 3


class AftersalesSuggestion(models.Model):
    """A suggestion of a customer or a colleague: scored, answered, carried out, rewarded."""

    _name = 'aftersales.suggestion'
    _description = "Suggestion"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.evidence.mixin', 'mail.thread',
        'mail.activity.mixin', 'aftersales.number.mixin', 'aftersales.revocation.mixin',
        'aftersales.effect.mixin']
    _order = 'id desc'
    _check_company_auto = True
    _rec_names_search = ['name', 'subject']

    _TRANSITIONS = {
        'scored': {'new'},
        'accepted': {'scored', 'trial', 'stored'},
        'trial': {'scored'},
        'stored': {'scored'},
        'rejected': {'scored', 'trial', 'stored'},
        'implemented': {'accepted', 'trial'},
        'rewarded': {'implemented'},
        'new': {'rejected', 'scored'},
    }
    _ACTORS = {'scored': 'scorer_id', 'rewarded': 'rewarder_id'}
    _STAMPS = {
        'scored': 'date_scored', 'implemented': 'date_implemented', 'rewarded': 'date_rewarded'}

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    state = fields.Selection(
        STATES, default='new', required=True, readonly=True, index=True, copy=False,
        tracking=True, protected=True)
    source = fields.Selection(
        [('staff', "Colleague"), ('customer', "Customer")], required=True, default='staff',
        protected='after')
    author_id = fields.Many2one(
        'res.users', compute='_compute_author_id', store=True,
        precompute=True, readonly=False, index='btree_not_null', protected='after')
    partner_id = fields.Many2one(
        'res.partner', string="Customer", index='btree_not_null', check_company=True)
    complaint_id = fields.Many2one(
        'aftersales.complaint', index='btree_not_null', check_company=True,
        protected='after', link_access='read')
    area = fields.Selection(AREAS, required=True, default='service')
    subject = fields.Char(required=True)
    # the form asks for it, and the scoring: an erasure empties it
    description = fields.Text(help="What is so today, and what would be better.")
    photo_ids = fields.Many2many(string="Files")
    benefit_note = fields.Char(string="Expected Benefit")
    date_received = fields.Date(
        string="Received on", default=fields.Date.context_today, required=True)
    check_date = fields.Date(
        string="First Check until", compute='_compute_check_date', store=True, protected=True)
    user_id = fields.Many2one(
        'res.users', string="Handled by", index=True, domain=[('share', '=', False)])

    # The score
    score_benefit = fields.Integer(string="Economic Benefit (50)", copy=False)
    score_completeness = fields.Integer(string="Completeness (10)", copy=False)
    score_creativity = fields.Integer(string="Creativity (10)", copy=False)
    score_range = fields.Integer(string="Range of Use (10)", copy=False)
    score_time = fields.Integer(string="Time Spent (10)", copy=False)
    score_cost = fields.Integer(string="Cost of the Improvement (10)", copy=False)
    score = fields.Integer(compute='_compute_score', store=True, protected=True)
    scorer_id = fields.Many2one(
        'res.users', string="Scored by", readonly=True, copy=False, protected=True)
    date_scored = fields.Datetime(string="Scored on", readonly=True, copy=False, protected=True)

    # The answer, and what is made of it
    answer = fields.Text(copy=False, help="The author reads it: what comes of it, and why.")
    is_explained = fields.Boolean(
        string="Explained in Person", copy=False,
        help="The reason of a rejection was explained to the colleague face to face.")
    implementer_id = fields.Many2one(
        'res.users', string="Carried out by", copy=False, domain=[('share', '=', False)])
    date_due = fields.Date(string="Due on", copy=False)
    date_implemented = fields.Datetime(
        string="Implemented on", readonly=True, copy=False, protected=True)
    benefit_amount = fields.Monetary(
        string="Yearly Benefit", copy=False, help="What it saves measurably in a year.")
    reward_proposed = fields.Monetary(
        string="Proposed Reward", compute='_compute_reward_proposed')
    reward_amount = fields.Monetary(string="Reward", copy=False)
    reward_note = fields.Char(
        string="Other Reward", copy=False, help="A coupon, an award, a merit.")
    rewarder_id = fields.Many2one(
        'res.users', string="Reward Granted by", readonly=True, copy=False, protected=True)
    date_rewarded = fields.Datetime(
        string="Rewarded on", readonly=True, copy=False, protected=True)

    _numbers_positive = models.Constraint(
        'CHECK(benefit_amount >= 0 AND reward_amount >= 0)',
        "Benefit and reward cannot be negative.")

    # === COMPUTES === #

    @api.depends('source')
    def _compute_author_id(self):
        for suggestion in self:
            suggestion.author_id = suggestion.author_id or (
                self.env.user if suggestion.source == 'staff' else False)

    @api.depends('date_received')
    def _compute_check_date(self):
        for suggestion in self:
            suggestion.check_date = suggestion.date_received + relativedelta(days=CHECK_DAYS)

    @api.depends(*HIGHEST)
    def _compute_score(self):
        for suggestion in self:
            suggestion.score = sum(suggestion[name] for name in HIGHEST)

    @api.depends('date_implemented')
    def _compute_effect_date(self):
        for suggestion in self:
            suggestion.effect_date = bool(suggestion.date_implemented) and (
                suggestion.company_id._get_aftersales_day(suggestion.date_implemented)
                + relativedelta(months=EFFECT_MONTHS))

    @api.depends('score', 'benefit_amount')
    def _compute_reward_proposed(self):
        rules = self.env['aftersales.complaint.rule']
        for suggestion in self:
            company = suggestion.company_id
            suggestion.reward_proposed = find_reward(
                suggestion.score, suggestion.benefit_amount,
                rules._get_reward_bands(company, fields.Date.context_today(suggestion)),
                company.aftersales_suggestion_percent / 100)

    @api.depends('name', 'subject')
    def _compute_display_name(self):
        for suggestion in self:
            suggestion.display_name = " · ".join(
                filter(None, [suggestion.name, suggestion.subject]))

    @api.constrains(*HIGHEST)
    def _check_scores(self):
        for suggestion in self:
            name = find_excess({name: suggestion[name] for name in HIGHEST})
            if name:
                raise ValidationError(self.env._(
                    "“%(criterion)s” takes 0 to %(highest)s points.",
                    criterion=self._fields[name]._description_string(self.env),
                    highest=HIGHEST[name]))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Keep of what colleagues hand in their own fields: the desk scores and answers."""
        if self.env.su or self.env.user._is_of_complaint_desk():
            suggestions = super().create(vals_list)
            if not self.env.su:
                suggestions.filtered(lambda suggestion: any(
                    suggestion[name] for name in _JUDGED))._ensure_judged_by_others()
            return suggestions
        # neither values nor defaults of a call score or answer
        names = {f'default_{name}' for name in self._fields.keys() - _START_FIELDS}
        context = {key: value for key, value in self.env.context.items() if key not in names}
        suggestions = super(AftersalesSuggestion, self.with_env(self.env(context=context))).create([
            {name: value for name, value in vals.items() if name in _START_FIELDS}
            for vals in vals_list]).with_env(self.env)
        suggestions._refuse_where(
            lambda suggestion: suggestion.author_id != self.env.user,
            self.env._("You hand in your own suggestions"))
        return suggestions

    @api.ondelete(at_uninstall=False)
    def _unlink_except_scored(self):
        self._refuse_where(
            lambda suggestion: suggestion.state != 'new',
            self.env._("Suggestions that were scored stay"))

    # === ACTIONS === #

    def action_score(self):
        """Close the scoring."""
        self._set_state('scored')

    def action_accept(self):
        """Carry the suggestions out everywhere."""
        self._set_state('accepted')

    def action_try(self):
        """Try the suggestions first."""
        self._set_state('trial')

    def action_store(self):
        """Keep the suggestions for later."""
        self._set_state('stored')

    def action_reject(self):
        """Reject the suggestions, with the reason."""
        self._set_state('rejected')

    def action_implement(self):
        """Note that the suggestions are carried out."""
        self._set_state('implemented')

    def action_reward(self):
        """Grant the rewards, after the check of the effect."""
        self._set_state('rewarded')

    def action_new(self):
        """Look at the suggestions again."""
        self._set_state('new')

    # === WHO READS === #

    @api.model
    def _get_reader_fields(self):
        return super()._get_reader_fields() | {'author_id', 'implementer_id'}

    # === RULES === #

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        user = self.env.user
        if target == 'implemented' and all(
                suggestion.implementer_id == user for suggestion in self):
            return result
        if not self.env.user._is_of_complaint_desk():
            raise AccessError(self.env._("The complaint desk and team leads handle suggestions."))
        if user in self.author_id and self._get_other_judges():
            raise AccessError(self.env._(
                "Another person decides on your own suggestion: ask a colleague of the desk."))
        if target == 'rewarded' and user in self.implementer_id and self._get_other_judges():
            raise AccessError(self.env._(
                "Another person checks the effect than who carried the suggestion out."))
        return result

    def _get_other_judges(self):
        """Return who else could decide on these suggestions; a small firm may have none."""
        people = self.env['res.users']
        for company in self.company_id:
            people |= company._get_people_in(DESK) | company._get_people_in(TEAM_LEAD)
        return people - self.author_id - self.implementer_id - self.env.user

    def _ensure_scored(self):
        self._refuse_where(
            lambda suggestion: not (suggestion.description or '').strip(),
            self.env._("Write down what is suggested before you score it"))
        self._refuse_where(
            lambda suggestion: not suggestion.score, self.env._("Enter the scores first"))

    def _ensure_state_rules(self, target):
        if target in _ANSWERS:
            self._refuse_where(
                lambda suggestion: not (suggestion.answer or '').strip(),
                self.env._("Write the answer to the author first"))
        return super()._ensure_state_rules(target)

    def _ensure_accepted(self):
        self._refuse_where(
            lambda suggestion: not suggestion.implementer_id or not suggestion.date_due,
            self.env._("Name who carries it out, and until when"))

    def _ensure_rejected(self):
        self._refuse_where(
            lambda suggestion: suggestion.source == 'staff' and not suggestion.is_explained,
            self.env._("Explain the reason to the colleague in person first"))

    def _ensure_rewarded(self):
        self._ensure_effect_checked()

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        if target not in _ANSWERS:
            return
        for suggestion in self:
            partner = suggestion.author_id.partner_id or suggestion.partner_id
            suggestion.message_post(
                body=suggestion.answer, partner_ids=partner.ids, message_type='comment',
                subtype_xmlid='mail.mt_comment' if partner else 'mail.mt_note')

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state == 'rewarded':
            return self._get_all_but()
        if self.state != 'new':
            return locked | set(HIGHEST) | {'subject', 'description', 'partner_id'}
        return locked

    def _get_locked_message(self):
        return self.env._("What was suggested, scored and rewarded stays as it is")

    def _ensure_may_change(self, vals):
        """Let authors change their words until they are scored; the rest is the desk's."""
        result = super()._ensure_may_change(vals)
        if not self.env.user._is_of_complaint_desk() and vals.keys() - _AUTHOR_FIELDS:
            raise AccessError(self.env._(
                "You can change the words of your suggestion; the desk does the rest."))
        if vals.keys() & _JUDGED:
            self._ensure_judged_by_others()
        return result

    def _ensure_judged_by_others(self):
        if self.env.user in self.author_id and self._get_other_judges():
            raise AccessError(self.env._("Another person scores and rewards your suggestion."))
