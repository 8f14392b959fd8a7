from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.evaluation import Indicator, score_met, score_sample


class AftersalesEvaluationLine(models.Model):
    """One indicator as the assessor judged it, with the evidence and what is done about it."""

    _name = 'aftersales.evaluation.line'
    _description = "Indicator of a Self-assessment"
    _inherit = ['aftersales.guard.mixin', 'aftersales.protected.mixin']
    _order = 'evaluation_id, sequence, id'
    _rec_name = 'clause_id'

    evaluation_id = fields.Many2one(
        'aftersales.evaluation', required=True, index=True, ondelete='cascade',
        protected='after')
    company_id = fields.Many2one(
        related='evaluation_id.company_id', store=True, precompute=True, index=True)
    state = fields.Selection(related='evaluation_id.state')
    clause_id = fields.Many2one(
        'aftersales.evaluation.clause', string="Indicator", required=True, index=True,
        ondelete='restrict', protected='after')
    sequence = fields.Integer(related='clause_id.sequence', store=True, precompute=True)
    item_id = fields.Many2one(
        related='clause_id.item_id', store=True, precompute=True, string="Item")
    kind = fields.Selection(related='clause_id.kind')
    guidance = fields.Text(related='clause_id.guidance')
    points = fields.Float(
        string="Highest", required=True, digits=(16, 2), protected='after', aggregator='sum')

    # Judgement
    is_applicable = fields.Boolean(string="Applies", default=True)
    result = fields.Selection([('met', "Met"), ('not_met', "Not Met")])
    sample_size = fields.Integer(string="Sample", aggregator=None)
    sample_passed = fields.Integer(string="Passed", aggregator=None)
    is_judged = fields.Boolean(
        string="Judged", compute='_compute_score', store=True, precompute=True, protected=True)
    score = fields.Float(
        compute='_compute_score', store=True, precompute=True, digits=(16, 2), protected=True)
    evidence = fields.Text()
    deduction_count = fields.Integer(
        string="Special Deductions",
        help="Breaches of a law, of own rules or of rules of the trade, or harm to the whole "
             "system. Each takes a point of the whole score and must be corrected.")

    # What live records say
    suggestion = fields.Text(string="From Live Records", readonly=True, copy=False, protected=True)
    suggested_size = fields.Integer(readonly=True, copy=False, protected=True, aggregator=None)
    suggested_passed = fields.Integer(readonly=True, copy=False, protected=True, aggregator=None)

    # What is done about it
    action_note = fields.Char(string="What to Do", copy=False)
    action_user_id = fields.Many2one(
        'res.users', string="Owner", copy=False, domain=[('share', '=', False)])
    action_date = fields.Date(string="Due on", copy=False)
    previous_score = fields.Float(string="Last Score", compute='_compute_previous_score',
                                  digits=(16, 2))

    _clause_uniq = models.Constraint(
        'UNIQUE(evaluation_id, clause_id)', "The evaluation has this indicator already.")
    _numbers_positive = models.Constraint(
        'CHECK(points >= 0 AND sample_size >= 0 AND sample_passed >= 0 AND deduction_count >= 0)',
        "Points, samples and deductions cannot be negative.")

    # === COMPUTES === #

    @api.depends('is_applicable', 'result', 'sample_size', 'sample_passed', 'points', 'kind')
    def _compute_score(self):
        for line in self:
            line.is_judged = not line.is_applicable or bool(
                line.sample_size if line.kind == 'sample' else line.result)
            line.score = line._get_exact_score()

    @api.depends('clause_id', 'evaluation_id.date', 'evaluation_id.outlet_id')
    def _compute_previous_score(self):
        scores = {(line.evaluation_id, line.clause_id): line.score
                  for line in self.evaluation_id.previous_id.line_ids}
        for line in self:
            line.previous_score = scores.get(
                (line.evaluation_id.previous_id, line.clause_id), 0.0)

    @api.constrains('sample_size', 'sample_passed')
    def _check_sample(self):
        for line in self:
            if line.sample_passed > line.sample_size:
                raise ValidationError(self.env._(
                    "“%(indicator)s”: no more cases can pass than the %(size)s that were looked "
                    "at. Correct the sample or what passed.",
                    indicator=line.clause_id.display_name, size=line.sample_size))

    # === ACTIONS === #

    def action_met(self):
        """Mark the indicators as met."""
        self._judge('met')

    def action_not_met(self):
        """Mark the indicators as not met."""
        self._judge('not_met')

    def action_not_applicable(self):
        """Leave the indicators out; the rest is scaled to 100."""
        self.write({'is_applicable': False})

    def action_take_suggestion(self):
        """Take over what live records say: the sample, and the words as evidence."""
        self.check_access('write')
        self._refuse_where(
            lambda line: not line.suggestion,
            self.env._("Nothing was collected for these indicators: use “Collect Evidence”"))
        for line in self:
            vals = {'evidence': line.suggestion, 'is_applicable': True}
            if line.kind == 'sample' and line.suggested_size:
                vals |= {'sample_size': line.suggested_size,
                         'sample_passed': line.suggested_passed}
            line.write(vals)

    # === RULES === #

    def _judge(self, result):
        self._refuse_where(
            lambda line: line.kind == 'sample', self.env._(
                "These are judged by sample: enter how many cases were looked at and how many "
                "passed"))
        self.write({'result': result, 'is_applicable': True})

    def _get_exact_score(self):
        """Return what the indicator got, as the card adds it up: the field shows two decimals."""
        self.ensure_one()
        if not (self.is_applicable and self.is_judged):
            return 0.0
        if self.kind == 'sample':
            size = self.sample_size
            return score_sample(self.points, size, min(self.sample_passed, size))
        return score_met(self.points, self.result == 'met')

    def _get_indicator(self):
        """Return the line for the formulas in ``tools.evaluation``."""
        self.ensure_one()
        return Indicator(
            points=self.points, score=self._get_exact_score() if self.is_judged else None,
            is_applicable=self.is_applicable, deductions=self.deduction_count)

    def _ensure_corrected(self):
        """Refuse special deductions that are not corrected, and actions without owner or date."""
        self._refuse_where(
            lambda line: line.is_applicable and line.deduction_count and not line.action_note,
            self.env._("A special deduction must be corrected: write what to do"))
        self._refuse_where(
            lambda line: line.action_note and not (line.action_user_id and line.action_date),
            self.env._("Name who does it, and until when"))

    def _plan_actions(self):
        """Give each action to its owner as an activity of the evaluation, once."""
        planned = self.filtered('action_note')
        known = {(activity.res_id, activity.summary)
                 for activity in planned.evaluation_id.activity_ids}
        for line in planned:
            summary = f"{line.clause_id.display_name}: {line.action_note}"
            if (line.evaluation_id.id, summary) not in known:
                line.evaluation_id.activity_schedule(
                    'mail.mail_activity_data_todo', date_deadline=line.action_date,
                    summary=summary, user_id=line.action_user_id.id)

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        return self._get_all_but() if self.evaluation_id.state == 'done' else locked

    def _get_locked_message(self):
        return self.env._("The evaluation of these is done: open it again to change them")
