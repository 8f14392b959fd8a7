from odoo import Command, api, fields, models

from ..tools.evaluation import count_deductions, find_level, round_down, total

LEVELS = [
    ('failed', "Not Passed"), ('passed', "Passed"), ('three', "Level 3"), ('four', "Level 4"),
    ('five', "Level 5")]


class AftersalesEvaluation(models.Model):
    """The score-card of one self-assessment: a standard, a day, a company or one outlet.

    It is internal: only a certification body awards stars, and a self-given one would mislead
    the public. What was found wanting becomes activities with an owner and a date.
    """

    _name = 'aftersales.evaluation'
    _description = "Self-assessment"
    _inherit = [
        'aftersales.state.mixin', 'mail.thread', 'mail.activity.mixin', 'aftersales.number.mixin']
    _order = 'date desc, id desc'
    _check_company_auto = True

    _TRANSITIONS = {'done': {'draft'}, 'draft': {'done'}}
    _STAMPS = {'done': 'date_done'}

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company,
        protected='after')
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', check_company=True,
        help="Leave it empty to evaluate the company as a whole.")
    standard_id = fields.Many2one(
        'aftersales.evaluation.clause', required=True, index=True, ondelete='restrict',
        domain=[('parent_id', '=', False)], protected='after',
        default=lambda self: self.env['aftersales.evaluation.clause'].search(
            [('parent_id', '=', False)], limit=1))
    date = fields.Date(
        string="Evaluated on", required=True, default=fields.Date.context_today, tracking=True)
    date_from = fields.Date(
        string="Records Since", required=True,
        default=lambda self: fields.Date.subtract(fields.Date.context_today(self), years=1),
        help="From this day up to the evaluation live records are evidence.")
    user_id = fields.Many2one(
        'res.users', string="Assessor", required=True, index=True,
        default=lambda self: self.env.user, domain=[('share', '=', False)], tracking=True)
    state = fields.Selection(
        [('draft', "In Progress"), ('done', "Done")], default='draft', required=True,
        readonly=True, index=True, copy=False, tracking=True, protected=True)
    date_done = fields.Datetime(string="Done on", readonly=True, copy=False, protected=True)
    remark = fields.Text()

    # Score
    line_ids = fields.One2many('aftersales.evaluation.line', 'evaluation_id', string="Indicators")
    bonus = fields.Float(
        copy=False, digits=(16, 2), help="For an outstanding feature, at most what the standard "
        "allows; say which in the reason.")
    bonus_reason = fields.Char(copy=False)
    score = fields.Float(
        compute='_compute_score', store=True, digits=(16, 2), aggregator='avg', protected=True)
    level = fields.Selection(
        LEVELS, compute='_compute_score', store=True, protected=True,
        help="The limits at which certifiers give three, four and five stars. This is an "
             "internal self-assessment: only a certification body awards stars.")
    deduction_count = fields.Integer(
        string="Special Deductions", compute='_compute_score', store=True, protected=True)
    open_count = fields.Integer(string="Not Judged", compute='_compute_score', store=True,
                                protected=True)

    # History
    previous_id = fields.Many2one(
        'aftersales.evaluation', string="Last Evaluation", compute='_compute_previous_id')
    previous_score = fields.Float(
        string="Last Score", compute='_compute_previous_id', digits=(16, 2))
    score_change = fields.Float(
        string="Change", compute='_compute_previous_id', digits=(16, 2))

    _dates_ordered = models.Constraint(
        'CHECK(date >= date_from)', "The records begin before the day of the evaluation.")
    _bonus_positive = models.Constraint('CHECK(bonus >= 0)', "A bonus cannot be negative.")

    # === COMPUTES === #

    @api.depends('line_ids.score', 'line_ids.is_judged', 'line_ids.is_applicable',
                 'line_ids.points', 'line_ids.sample_size', 'line_ids.sample_passed',
                 'line_ids.deduction_count', 'bonus',
                 'standard_id.level_passed', 'standard_id.level_three', 'standard_id.level_four',
                 'standard_id.level_five', 'standard_id.bonus_limit',
                 'standard_id.deduction_points', 'standard_id.deduction_limit')
    def _compute_score(self):
        for evaluation in self:
            if evaluation.state == 'done':  # what was found stays, whatever the limits become
                for name in ('score', 'level', 'deduction_count', 'open_count'):
                    evaluation[name] = evaluation[name]
                continue
            standard, lines = evaluation.standard_id, evaluation.line_ids
            card = [line._get_indicator() for line in lines]
            score = total(
                card, evaluation.bonus, standard.bonus_limit, standard.deduction_points)
            deductions = count_deductions(card)
            evaluation.score = round_down(score or 0.0)
            evaluation.deduction_count = deductions
            evaluation.open_count = len(lines.filtered(lambda line: not line.is_judged))
            if score is None or evaluation.open_count:
                evaluation.level = False  # said when all is judged
                continue
            evaluation.level = find_level(
                score, deductions, standard._get_levels(), standard.deduction_limit) or 'failed'

    @api.depends('standard_id', 'company_id', 'outlet_id', 'date', 'score', 'level')
    def _compute_previous_id(self):
        earlier = self.search(
            [('state', '=', 'done'), ('standard_id', 'in', self.standard_id.ids),
             ('company_id', 'in', self.company_id.ids)], order='date desc, id desc')
        for evaluation in self:
            previous = earlier.filtered(lambda other, evaluation=evaluation: (
                other != evaluation._origin and evaluation.date and (
                    other.date, other.id) < (evaluation.date, evaluation._origin.id or other.id + 1)
                and all(other[name] == evaluation[name]
                        for name in ('standard_id', 'company_id', 'outlet_id'))))[:1]
            evaluation.previous_id = previous
            evaluation.previous_score = previous.score
            evaluation.score_change = (
                evaluation.score - previous.score if previous and evaluation.level else 0.0)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        evaluations = super().create(vals_list)
        evaluations.filtered(lambda evaluation: not evaluation.line_ids)._fill_lines()
        return evaluations

    def copy_data(self, default=None):
        """Begin the copy today, with the indicators in force now."""
        return [
            {name: value for name, value in vals.items() if name not in ('date', 'date_from')}
            for vals in super().copy_data(default)]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self._refuse_where(
            lambda evaluation: evaluation.state == 'done',
            self.env._("An evaluation that is done is history and stays"))

    # === ACTIONS === #

    def action_open_card(self):
        """Show the indicators as a list for fast entry, grouped by item."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_survey.aftersales_evaluation_line_action')
        return {**action, 'domain': [('evaluation_id', 'in', self.ids)],
                'context': {'search_default_group_item': 1}}

    def action_suggest(self):
        """Collect what live records say of the indicators; the assessor decides."""
        self.check_access('write')
        self._refuse_where(
            lambda evaluation: evaluation.state == 'done',
            self.env._("Reopen the evaluation before you collect evidence"))
        for evaluation in self:
            evaluation._suggest_evidence()

    def action_done(self):
        """Close the score-card and plan what was found wanting."""
        self._set_state('done')

    def action_draft(self):
        """Open the score-card again."""
        self._set_state('draft')

    # === RULES === #

    def _fill_lines(self):
        """Give each evaluation a line for each indicator in force on its day."""
        # create checked the right to the evaluation, which its lines belong to
        for evaluation in self.sudo():
            evaluation.line_ids = [
                Command.create({'clause_id': clause.id, 'points': clause.points})
                for clause in evaluation.standard_id._get_indicators(evaluation.date)]

    def _ensure_done(self):
        self._refuse_where(
            lambda evaluation: not any(evaluation.line_ids.mapped('is_applicable')),
            self.env._("No indicator applies: without one there is no score"))
        self._refuse_where(
            'open_count', self.env._("Judge all indicators first, or mark them as not applicable"))
        self._refuse_where(
            lambda evaluation: evaluation.bonus > evaluation.standard_id.bonus_limit,
            self.env._("The bonus is higher than the standard allows"))
        self._refuse_where(
            lambda evaluation: evaluation.bonus and not evaluation.bonus_reason,
            self.env._("Write the reason of the bonus"))
        self.line_ids._ensure_corrected()

    def _on_done(self):
        self.line_ids._plan_actions()

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        return locked | self._get_all_but('remark', 'user_id') if self.state == 'done' else locked

    def _get_locked_message(self):
        return self.env._("These evaluations are done: open them again to change them")

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Internal self-assessment %(name)s", name=(self.name or "").replace('/', '-'))
