from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ..tools.score import apply_corrections, find_level, get_judged_share, get_total, rank
from .aftersales_kpi import SUBJECTS
from .aftersales_score_level import LEVELS
from .roles import PERFORMANCE

STATES = [
    ('draft', "Draft"), ('own', "Own Comment"), ('manager', "Manager's Review"),
    ('served', "Served"), ('objected', "Objection"), ('closed', "Closed")]
# what is open in a state: to the person, and to who reviews
PERSON_FIELDS = {
    'own': {'own_comment'}, 'served': {'objection', 'signature'}, 'closed': {'signature'}}
REVIEW_FIELDS = {
    'own': {'manager_id'},
    'manager': {'manager_id', 'manager_reason', 'plan', 'reward'},
    'objected': {'objection_answer'}}


class AftersalesScore(models.Model):
    """The monthly sheet of one technician, desk agent or outlet, from figures to signature.

    It has no conversation, no followers and no activities: officers, who reviews and the person
    read it, by the record rules, and its number names nothing. A closed sheet never changes; what
    turns out later is a line of a later month. It pays nothing: the factor is exported.
    """

    _name = 'aftersales.score'
    _description = "Monthly Score"
    _inherit = ['aftersales.state.mixin', 'aftersales.mobile.mixin', 'aftersales.number.mixin']
    _order = 'month desc, id desc'
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company,
        protected='after')
    month = fields.Date(
        required=True, index=True, protected='after',
        default=lambda self: self._get_last_month(), help="The first day of the month.")
    subject = fields.Selection(
        SUBJECTS, string="Judged as", required=True, default='technician', protected='after')
    user_id = fields.Many2one(
        'res.users', string="Person", required=True, index=True, ondelete='restrict',
        protected='after', check_company=True,
        help="Who is judged; of an outlet, who answers for it. They comment, object and sign.")
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', ondelete='restrict', protected='after',
        check_company=True, help="The outlet that is judged, or that the person works for.")
    manager_id = fields.Many2one(
        'res.users', string="Reviewed by", index='btree_not_null', copy=False,
        domain="[('share', '=', False), ('id', '!=', user_id)]",
        help="Gives marks for the department and the reasons. Empty: a performance officer.")
    state = fields.Selection(
        STATES, default='draft', required=True, readonly=True, index=True, copy=False,
        protected=True)

    # Figures
    line_ids = fields.One2many(
        'aftersales.score.line', 'score_id', string="Indicators", copy=False)
    correction_ids = fields.One2many(
        'aftersales.score.line', 'corrected_id', string="Corrections Found Later",
        help="What turned out after the sheet was closed: it counts in the month in which it "
             "was found.", protected=True)
    base_score = fields.Float(
        string="Score of the Month", compute='_compute_score', store=True, digits=(16, 1),
        aggregator='avg', protected=True)
    correction = fields.Float(
        string="Corrections of Earlier Months", compute='_compute_score', store=True,
        digits=(16, 1), aggregator=None, protected=True)
    score = fields.Float(
        compute='_compute_score', store=True, digits=(16, 1), aggregator='avg', protected=True,
        help="Points in percent of the weights of the indicators that apply, with corrections.")
    is_applicable = fields.Boolean(
        compute='_compute_score', store=True, protected=True,
        help="Nothing was done in the month that an indicator could judge: no score.")
    level = fields.Selection(
        LEVELS, compute='_compute_score', store=True, index=True, protected=True)
    bonus_factor = fields.Float(
        compute='_compute_score', store=True, digits=(16, 2), aggregator='avg', protected=True)
    judged_share = fields.Float(
        string="Weight Judged (%)", compute='_compute_score', store=True, digits=(16, 1),
        aggregator='avg', protected=True,
        help="Share of the weight whose indicators had cases or a mark. Below the minimum of the "
             "settings the sheet has no level and no bonus factor.")
    score_note = fields.Char(compute='_compute_score_note')
    open_mark_count = fields.Integer(
        string="Marks Missing", compute='_compute_score', store=True, protected=True)
    place = fields.Integer(
        string="Rank", compute='_compute_place',
        help="Among the sheets of the same month and kind; shown where enough of them have a "
             "score (see the settings).")
    place_count = fields.Integer(string="Ranked", compute='_compute_place')

    # Words
    own_comment = fields.Text(copy=False)
    comment_date = fields.Date(string="Comment until", readonly=True, copy=False, protected=True)
    manager_reason = fields.Text(string="Manager's Reasons", copy=False)
    plan = fields.Text(
        string="Weak-point Plan", copy=False, help="What is trained or changed, and until when.")
    reward = fields.Char(copy=False)
    reviewer_id = fields.Many2one(
        'res.users', string="Served by", readonly=True, copy=False, protected=True)
    date_served = fields.Datetime(string="Served on", readonly=True, copy=False, protected=True)
    objection_date = fields.Date(
        string="Objection until", readonly=True, copy=False, protected=True)
    objection = fields.Text(copy=False, help="What is not right, and why.")
    date_objected = fields.Datetime(
        string="Objected on", readonly=True, copy=False, protected=True)
    objection_answer = fields.Text(string="Answer to the Objection", copy=False)

    # Signature
    signature = fields.Binary(
        copy=False, attachment=True,
        help="The person signs that the sheet was received and that no objection is left.")
    date_signed = fields.Datetime(string="Signed on", readonly=True, copy=False, protected=True)
    date_closed = fields.Datetime(string="Closed on", readonly=True, copy=False, protected=True)

    # What the page shows to whom
    is_own = fields.Boolean(compute='_compute_role')
    is_reviewer = fields.Boolean(compute='_compute_role')
    need_count = fields.Integer(string="Training Needs", compute='_compute_need_count')

    _one_person = models.UniqueIndex(
        "(company_id, month, subject, user_id) WHERE subject <> 'outlet'",
        "This person has a sheet of this month already.")
    _one_outlet = models.UniqueIndex(
        "(company_id, month, outlet_id) WHERE subject = 'outlet'",
        "This outlet has a sheet of this month already.")
    _outlet_named = models.Constraint(
        "CHECK(subject <> 'outlet' OR outlet_id IS NOT NULL)",
        "A sheet of an outlet names the outlet.")
    _first_of_month = models.Constraint(
        "CHECK(EXTRACT(DAY FROM month) = 1)", "A sheet begins on the first day of its month.")
    _closed_idx = models.Index("(company_id, month) WHERE state = 'served'")

    # === COMPUTES === #

    @api.model
    def _get_last_month(self):
        today = self.env.company._get_aftersales_day(fields.Datetime.now())
        return fields.Date.subtract(today.replace(day=1), months=1)

    @api.depends('user_id.name', 'outlet_id.name', 'month', 'subject')
    @api.depends_context('lang')
    def _compute_display_name(self):
        for sheet in self:
            name = sheet.outlet_id.name if sheet.subject == 'outlet' else sheet.user_id.name
            month = sheet.month and format_date(sheet.env, sheet.month, date_format='yyyy-MM')
            sheet.display_name = ' · '.join(filter(None, (name, month))) or False

    @api.depends('line_ids.points', 'line_ids.weight', 'line_ids.is_applicable',
                 'line_ids.is_mark_missing', 'line_ids.corrected_id')
    def _compute_score(self):
        levels = self.env['aftersales.score.level']
        for sheet in self:
            lines = sheet.line_ids.filtered(lambda line: not line.corrected_id)
            parts = [
                (line.points if line.is_applicable else None, line.weight) for line in lines]
            base = get_total(parts)
            correction = sum((sheet.line_ids - lines).mapped('points'))
            score = apply_corrections(base, correction)
            limits = levels._get_limits(sheet.company_id.id, sheet.month)
            sheet.judged_share = get_judged_share(parts)
            level = sheet._has_enough_weight() and find_level(
                score, {name: limit for name, (limit, __) in limits.items()})
            sheet.base_score = base or 0.0
            sheet.correction = correction
            sheet.score = score or 0.0
            sheet.is_applicable = score is not None
            sheet.level = level or False
            sheet.bonus_factor = limits[level][1] if level else 0.0
            sheet.open_mark_count = len(lines.filtered('is_mark_missing'))

    def _has_enough_weight(self):
        """Return whether enough of the weight was judged for a level and a bonus factor.

        Reads ``judged_share`` and the minimum of the company; for one sheet. Raises nothing.
        """
        self.ensure_one()
        # a setting of the company, which every reader of the sheet may know
        return self.judged_share >= self.company_id.sudo().aftersales_score_minimum_weight

    @api.depends('base_score', 'judged_share', 'line_ids.points', 'line_ids.is_applicable')
    @api.depends_context('lang')
    def _compute_score_note(self):
        """Say how the points become the score, and what the score rests on."""
        for sheet in self:
            lines = sheet.line_ids.filtered(lambda line: not line.corrected_id)
            judged = lines.filtered('is_applicable')
            if not sheet.is_applicable or len(judged) == len(lines):
                sheet.score_note = False
                continue
            note = sheet.env._(
                "%(judged)s of %(count)s indicators could be judged. Their %(points)s points of a "
                "weight of %(weight)s make a score of %(score)s of 100: the weight of what does "
                "not apply goes to them.",
                judged=len(judged), count=len(lines), points=f"{sum(judged.mapped('points')):.1f}",
                weight=f"{sum(judged.mapped('weight')):.1f}", score=f"{sheet.base_score:.1f}")
            if not sheet.level:
                note = " ".join([note, sheet.env._(
                    "Only %(share)s %% of the weight was judged: with less than %(minimum)s %% "
                    "there is no level and no bonus factor.",
                    share=f"{sheet.judged_share:g}",
                    # as in the rule
                    minimum=f"{sheet.company_id.sudo().aftersales_score_minimum_weight:g}")])
            sheet.score_note = note

    @api.depends('score', 'month', 'subject', 'state')
    def _compute_place(self):
        """Rank by all sheets of the month; few of them say nothing, and would tell of others."""
        places = {}
        for company, month, subject in self.grouped(
                lambda sheet: (sheet.company_id, sheet.month, sheet.subject)):
            # how many have which score: whose it is does not leave this method
            counts = dict(self.sudo()._read_group(
                [('company_id', '=', company.id), ('month', '=', month),
                 ('subject', '=', subject), ('is_applicable', '=', True)],
                ['score'], ['__count']))
            minimum = company.sudo().aftersales_rank_minimum
            places[company, month, subject] = (
                rank(counts, max(minimum, 1)), sum(counts.values()))
        for sheet in self:
            found, count = places[sheet.company_id, sheet.month, sheet.subject]
            sheet.place = sheet.is_applicable and found.get(sheet.score, 0)
            sheet.place_count = count if sheet.place else 0

    @api.depends('user_id', 'manager_id')
    @api.depends_context('uid')
    def _compute_role(self):
        is_officer = self.env.user.has_group(PERFORMANCE)
        for sheet in self:
            sheet.is_own = sheet.user_id == self.env.user
            sheet.is_reviewer = not sheet.is_own and (
                is_officer or sheet.manager_id == self.env.user)

    def _compute_need_count(self):
        counts = Counter(evidence.res_id for evidence in self._get_need_evidence())
        for sheet in self:
            sheet.need_count = counts[sheet._origin.id]

    def _get_need_evidence(self):
        """Return what of these sheets stands as evidence of training needs, as superuser."""
        # whose need it is, is the person's of the sheet, which the caller reads
        return self.env['aftersales.training.need.evidence'].sudo().search(
            [('res_model', '=', self._name), ('res_id', 'in', self.ids)])

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        sheets = super().create(vals_list)
        sheets._ensure_of_others(self.env._(
            "You cannot write a sheet about yourself: ask another performance officer."))
        return sheets

    def write(self, vals):
        """Let the person answer and who reviews give reasons; a signature is stamped."""
        result = super().write(vals)
        if vals.get('signature'):
            # protected: the person signed just now, _ensure_may_change checked it
            self.sudo().filtered(lambda sheet: not sheet.date_signed).write(
                {'date_signed': fields.Datetime.now()})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        self._refuse_where(
            lambda sheet: sheet.state != 'draft',
            self.env._("Only drafts can be deleted: these sheets are with their people"))
        self._ensure_of_others(self.env._("You cannot delete a sheet about yourself."))

    # === WHO CHANGES WHAT === #

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state == 'draft':
            return locked
        is_open = PERSON_FIELDS.get(self.state, set()) | REVIEW_FIELDS.get(self.state, set())
        if self.date_signed:
            is_open = is_open - {'signature'}
        return locked | self._get_all_but(*is_open, 'line_ids')

    def _get_locked_message(self):
        return self.env._("These sheets are past this point and stay as they are")

    def _ensure_may_change(self, vals):
        """Let the person write the own words and signature, who reviews the rest."""
        self.check_access('write')
        for sheet in self:
            allowed = PERSON_FIELDS.get(sheet.state, set()) if sheet.is_own else (
                {'line_ids', 'manager_id', *REVIEW_FIELDS.get(sheet.state, set())})
            if vals.keys() - allowed - ({'line_ids'} if sheet.state == 'own' else set()):
                raise AccessError(self.env._(
                    "On your own sheet you comment, object and sign; others review it.")
                    if sheet.is_own else self.env._(
                    "This belongs to another step or to the person: leave it as it is."))
        return super()._ensure_may_change(vals)

    def _ensure_of_others(self, message):
        """Refuse officers a step on what is about themselves."""
        if not self.env.su and self.env.user in self.user_id:
            raise AccessError(message)

    # === ACTIONS === #

    def action_view_needs(self):
        """Show the training needs that came of weak points, to who may read needs."""
        self.check_access('read')
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_training.aftersales_training_need_action')
        needs = self._get_need_evidence().need_id
        return {**action, 'domain': [('id', 'in', needs.ids)], 'context': {}}

    def _ensure_reviewer(self):
        """Refuse who neither reviews these sheets nor is a performance officer."""
        if not self.env.su and not all(self.mapped('is_reviewer')):
            raise AccessError(self.env._(
                "The named reviewer or a performance officer takes this step, never for an own "
                "sheet."))
