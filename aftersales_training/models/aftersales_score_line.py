from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..tools.score import Rule, get_points, to_percent
from .aftersales_kpi import MANUAL
from .roles import PERFORMANCE

# mark -> the state in which it is given
MARKS = {'own_mark': {'own'}, 'department_mark': {'manager'}, 'company_mark': {'manager'}}


class AftersalesScoreLine(models.Model):
    """One figure of a sheet: what was counted, and the target and weight of that month.

    A line that names a sheet as corrected is what turned out about that closed month: its points
    are added to the score. Lines have no chatter; they are read through their sheet.
    """

    _name = 'aftersales.score.line'
    _description = "Line of a Monthly Score"
    _inherit = ['aftersales.guard.mixin', 'aftersales.protected.mixin']
    _order = 'sequence, id'
    _check_company_auto = True

    score_id = fields.Many2one(
        'aftersales.score', string="Sheet", required=True, index=True, ondelete='cascade',
        protected='after')
    # copies: the record rules and lists of many lines join nothing
    company_id = fields.Many2one(
        related='score_id.company_id', store=True, index=True)
    state = fields.Selection(related='score_id.state')
    month = fields.Date(related='score_id.month')
    kpi_id = fields.Many2one(
        'aftersales.kpi', string="Indicator", index='btree_not_null', ondelete='restrict',
        copy=False, protected=True)
    name = fields.Char(
        string="Name of the Indicator", translate=True, copy=False, protected=True,
        help="As it was called that month.")
    formula = fields.Selection(
        lambda self: self.env['aftersales.kpi']._fields['formula'].selection,
        copy=False, protected=True)
    corrected_id = fields.Many2one(
        'aftersales.score', string="Corrects", index='btree_not_null', ondelete='restrict',
        copy=False, protected=True)
    changed_kpi_ids = fields.Many2many(
        'aftersales.kpi', string="Indicators that Changed", copy=False, protected=True,
        help="Indicators of the corrected month whose figures differ by now.")
    sequence = fields.Integer(copy=False, protected=True)
    note = fields.Char(copy=False, protected=True)
    change = fields.Float(
        digits=(16, 1), aggregator=None, copy=False, protected=True,
        help="By how many points a closed month would differ by now.")

    # The judgement of that month
    weight = fields.Float(digits=(16, 1), aggregator=None, copy=False, protected=True)
    direction = fields.Selection(
        lambda self: self.env['aftersales.kpi']._fields['direction'].selection,
        copy=False, protected=True)
    target = fields.Float(
        string="Target (%)", digits=(16, 1), aggregator=None, copy=False, protected=True)
    target_max = fields.Float(digits=(16, 1), aggregator=None, copy=False, protected=True)
    points_per_percent = fields.Float(digits=(16, 2), aggregator=None, copy=False, protected=True)
    minimum_count = fields.Integer(aggregator=None, copy=False, protected=True)

    # What was counted, stored as it was counted; the pages round it
    numerator = fields.Float(copy=False, protected=True)
    denominator = fields.Float(copy=False, protected=True)
    own_mark = fields.Float(
        string="Self-assessment", digits=(16, 1), aggregator='avg',
        help="0 to 100, by the person. It is shown and does not count.")
    department_mark = fields.Float(
        string="Department's Check", digits=(16, 1), aggregator='avg',
        help="0 to 100, by who reviews the sheet.")
    company_mark = fields.Float(
        string="Company's Check", digits=(16, 1), aggregator='avg',
        help="0 to 100, by a performance officer. It counts in place of the department's.")
    is_department_marked = fields.Boolean(copy=False, protected=True)
    is_company_marked = fields.Boolean(copy=False, protected=True)
    is_own_marked = fields.Boolean(copy=False, protected=True)

    # What it comes to
    percent = fields.Float(
        string="Result (%)", compute='_compute_points', store=True, readonly=False, copy=False,
        digits=(16, 1), aggregator='avg', protected=True)
    is_applicable = fields.Boolean(
        compute='_compute_points', store=True, readonly=False, copy=False, protected=True,
        help="Not ticked: too few cases in the month. The weight goes to the other indicators.")
    is_mark_missing = fields.Boolean(
        compute='_compute_points', store=True, readonly=False, copy=False, protected=True)
    # exact: the score of the month is their sum, rounded once; the pages round them
    points = fields.Float(
        compute='_compute_points', store=True, readonly=False, copy=False, protected=True)
    is_weak = fields.Boolean(
        string="Weak Point", compute='_compute_points', store=True, readonly=False, copy=False,
        protected=True)

    remark = fields.Char(compute='_compute_remark')

    _marks_in_percent = models.Constraint(
        'CHECK(own_mark BETWEEN 0 AND 100 AND department_mark BETWEEN 0 AND 100 '
        'AND company_mark BETWEEN 0 AND 100)', "Marks go from 0 to 100.")

    # === COMPUTES === #

    @api.depends('name', 'corrected_id.month')
    @api.depends_context('lang')
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name or line.corrected_id.display_name

    @api.depends('numerator', 'denominator', 'department_mark', 'company_mark', 'weight',
                 'is_department_marked', 'is_company_marked', 'change')
    def _compute_points(self):
        """Judge each line by the rule it carries; corrections keep their points."""
        for line in self:
            vals = {
                'percent': 0.0, 'is_applicable': True, 'points': line.change,
                'is_mark_missing': False, 'is_weak': False,
            } if line.corrected_id else self._judge(
                line._get_rule(), *line._get_figures(), line.kpi_id, line.formula)
            for name, value in vals.items():
                line[name] = value

    @api.model
    def _judge(self, rule, numerator, denominator, kpi, formula):
        """Return the values of what a count or mark comes to by the rule of its month.

        :param formula: how it was counted that month; the indicator may say something else by now
        """
        percent = to_percent(numerator, denominator, rule.minimum)
        points = get_points(rule, percent)
        return {
            'percent': percent or 0.0, 'points': points or 0.0,
            'is_applicable': points is not None,
            'is_mark_missing': points is None and formula == MANUAL,
            'is_weak': points is not None and points < rule.weight * kpi.need_percent / 100}

    @api.depends('is_applicable', 'is_weak', 'note', 'corrected_id')
    @api.depends_context('lang')
    def _compute_remark(self):
        """Say in words what a row of figures does not show."""
        for line in self:
            if line.corrected_id:
                line.remark = line.note
            elif not line.is_applicable:
                line.remark = line.env._("Not applicable")
            else:
                line.remark = line.env._("Weak point") if line.is_weak else False

    def _get_figures(self):
        """Return what counts of this one line: the cases, or the mark of the company's check."""
        self.ensure_one()
        if self.formula != MANUAL:
            return self.numerator, self.denominator
        if self.is_company_marked:
            return self.company_mark, 100.0
        return self.department_mark, 100.0 if self.is_department_marked else 0.0

    def _get_rule(self):
        self.ensure_one()
        return Rule(self.weight, self.target, self.direction or 'higher',
                    self.points_per_percent, self.target_max, self.minimum_count)

    @api.model
    def _prepare_rule_vals(self, kpi):
        """Return what a line keeps of its indicator: the closed month stays as it was judged."""
        return {
            'kpi_id': kpi.id, 'name': kpi.name, 'formula': kpi.formula,
            'sequence': kpi.sequence, 'weight': kpi.weight,
            'direction': kpi.direction, 'target': kpi.target, 'target_max': kpi.target_max,
            'points_per_percent': kpi.points_per_percent, 'minimum_count': kpi.minimum_count}

    def _keep_translated_names(self):
        """Keep what the indicators are called by now in the other languages as well."""
        current = self.env.lang or 'en_US'
        langs = [code for code, __ in self.env['res.lang'].get_installed() if code != current]
        for kpi, lines in self.filtered('kpi_id').grouped('kpi_id').items():
            for lang in langs:
                name = kpi.with_context(lang=lang).name
                lines.with_context(lang=lang).filtered(
                    lambda line, name=name: line.name != name).write({'name': name})

    def _prepare_mobile_line(self):
        """Return what the phone shows of this one line to the person it is about."""
        self.ensure_one()
        return {
            'id': self.id, 'name': self.display_name, 'is_manual': self.formula == MANUAL,
            'is_applicable': self.is_applicable, 'is_correction': bool(self.corrected_id),
            'is_weak': self.is_weak, 'numerator': round(self.numerator, 1),
            'denominator': round(self.denominator, 1), 'percent': round(self.percent, 1),
            'target': self.target, 'weight': self.weight, 'points': round(self.points, 1),
            'note': self.note or '', 'help': self.kpi_id.description or '',
            'own_mark': self.own_mark if self.is_own_marked else None}

    # === WHO CHANGES WHAT === #

    def write(self, vals):
        result = super().write(vals)
        given = {f'is_{name.removesuffix("_mark")}_marked': True for name in MARKS if name in vals}
        if given:
            self.sudo().write(given)  # protected: the marks were allowed and written above
        return result

    def _ensure_may_change(self, vals):
        """Let the person, who reviews and officers give marks, each their own in its step."""
        self.check_access('write')
        for line in self:
            sheet = line.score_id
            allowed = {'own_mark'} if sheet.is_own else set()
            if sheet.is_reviewer:
                allowed = {'department_mark'}
                if self.env.user.has_group(PERFORMANCE):
                    allowed.add('company_mark')
            if line.corrected_id or line.formula != MANUAL or vals.keys() - allowed:
                raise AccessError(self.env._(
                    "What was counted is measured, not written. Marks are given by the person, "
                    "by who reviews the sheet and by performance officers, each in their column."))
            if any(sheet.state not in MARKS[name] for name in vals):
                raise UserError(self.env._(
                    "Marks are given while the sheet is with you: the sheet of %(name)s is not.",
                    name=sheet.display_name))
        return super()._ensure_may_change(vals)

    @api.constrains('score_id', 'kpi_id', 'corrected_id')
    def _check_kind(self):
        for line in self:
            if bool(line.kpi_id) == bool(line.corrected_id):
                raise ValidationError(self.env._(
                    "A line judges an indicator or corrects a closed month."))

    # === ACTIONS === #

    def action_open_cases(self):
        """Show the cases behind this figure, by the reader's own rights on them."""
        self.ensure_one()
        self.check_access('read')
        sheet = self.corrected_id or self.score_id
        model, domain = self.sudo()._get_case_domain()
        if not domain:
            raise UserError(self.env._(
                "Nothing stands behind this line that could be opened: it was given by hand."))
        # the ids are counted as superuser; the list shows what the user may read of them
        ids = self.env[model].sudo().search(Domain(domain)).ids
        return {
            'type': 'ir.actions.act_window', 'res_model': model, 'view_mode': 'list,form',
            'name': f'{self.display_name} · {sheet.display_name}',
            'domain': [('id', 'in', ids)], 'context': {'create': False}}

    def _get_case_domain(self):
        """Return ``(model, domain)`` of the cases of this one line, ``(False, None)`` for none."""
        sheet = self.corrected_id or self.score_id
        kpi = self.kpi_id or self.changed_kpi_ids[:1]
        people = sheet.outlet_id if sheet.subject == 'outlet' else sheet.user_id
        frame = kpi._get_frame(sheet.company_id, sheet.month, people, sheet.subject)
        return kpi._get_case_domain(frame) if kpi else (False, None)
