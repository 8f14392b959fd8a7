from odoo import api, fields, models
from odoo.exceptions import UserError

# the work of so many months counts
FACT_MONTHS = 6


class AftersalesGradePerson(models.Model):
    """From which day a person has a grade in a category of products; the latest one counts."""

    _name = 'aftersales.grade.person'
    _description = "Grade of a Technician"
    _inherit = 'aftersales.protected.mixin'
    _order = 'date desc, id desc'
    _check_company_auto = True
    _rec_name = 'grade_id'

    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company,
        protected='after')
    user_id = fields.Many2one(
        'res.users', string="Person", required=True, index=True, ondelete='cascade',
        check_company=True, protected='after')
    category_id = fields.Many2one(
        'product.category', string="Product Category", index='btree_not_null', protected='after',
        help="Empty: for all categories.")
    grade_id = fields.Many2one(
        'aftersales.grade', required=True, index=True, ondelete='restrict', protected='after')
    date = fields.Date(
        string="Since", required=True, default=fields.Date.context_today, protected='after')
    reason = fields.Char(
        protected='after', help="Why, where the conditions of the grade are not all met.")

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        if not self.env.su and self.env.user in steps.user_id:
            raise UserError(self.env._("Another training officer decides on your own grade."))
        for step in steps:
            if not (step.reason or '').strip() and (missing := step._get_missing()):
                raise UserError(self.env._(
                    "%(person)s does not meet the conditions of “%(grade)s” yet: %(missing)s. "
                    "Write the reason if the grade is given all the same.",
                    person=step.user_id.name, grade=step.grade_id.name, missing=missing))
        return steps

    # === PROMOTION === #

    @api.model
    def _get_current(self, people, company):
        """Return ``{user: its latest step}`` of a company, read in one query."""
        current = {}
        for step in self.search_fetch(
                [('user_id', 'in', people.ids), ('company_id', '=', company.id)],
                ['user_id', 'grade_id', 'date', 'category_id']):
            current.setdefault(step.user_id, step)
        return current

    def _get_missing(self):
        """Return in sentences which conditions of the grade the person does not meet."""
        self.ensure_one()
        grade, facts = self.grade_id, self._get_facts()
        before = self.sudo().search(
            [('user_id', '=', self.user_id.id), ('company_id', '=', self.company_id.id),
             ('date', '<=', self.date), ('id', '!=', self.id)], limit=1)
        missing = []
        if grade.months and (not before or fields.Date.add(
                before.date, months=grade.months) > self.date):
            missing.append(self.env._(
                "%(months)s months in the grade before", months=grade.months))
        labels = {
            'theory': self.env._("theory"),
            'practice': self.env._("practice"),
            'first_fix': self.env._("fixed at the first visit")}
        conditions = {'theory': grade.theory_mark, 'practice': grade.practice_mark,
                      'first_fix': grade.first_fix_percent}
        for name, wanted in conditions.items():
            now = facts.get(name)
            if wanted and (now is None or now < wanted):
                missing.append(self.env._(
                    "%(what)s %(wanted)s (now %(now)s)", what=labels[name], wanted=f'{wanted:g}',
                    now="–" if now is None else f'{now:g}'))
        if grade.quiet_months and facts.get('major'):
            missing.append(self.env._(
                "%(months)s months without a major complaint", months=grade.quiet_months))
        return missing

    def _get_facts(self):
        """Return what the register knows of the person: ``{'theory', 'practice', …}``.

        Hook: called when a grade is given, as the user who gives it, for one record; modules
        add ``major``, the complaints that count against the person within the quiet months of the
        grade. What is not known is left out. Raises nothing.
        """
        self.ensure_one()
        named = [('user_id', '=', self.user_id.id), ('company_id', '=', self.company_id.id)]
        facts = {}
        # the officer who gives the grade may know what it rests on
        check = self.env['aftersales.training.check'].sudo().search(
            [*named, ('kind', '=', 'practice'), ('state', '=', 'done')],
            order='date_done desc', limit=1)
        if check:
            facts['practice'] = check.mark
        attendance = self.env['aftersales.training.attendance'].sudo().search(
            [*named, ('date_theory', '!=', False)], order='date_theory desc', limit=1)
        if attendance:
            facts['theory'] = attendance.theory
        return facts | self._get_work_facts()

    def _get_work_facts(self):
        """Return how the repairs of the last months went, by the order analysis."""
        [(fixed, number)] = self.env['aftersales.order.report'].sudo()._read_group(
            [('technician_id', '=', self.user_id.id), ('company_id', '=', self.company_id.id),
             ('type_id.is_repair', '=', True),
             ('date_done', '>=', fields.Date.subtract(self.date, months=FACT_MONTHS)),
             ('date_done', '<', self.date)], [],
            ['first_time_fix:sum', 'first_time_fix:count'])
        return {'first_fix': 100.0 * (fixed or 0.0) / number} if number else {}
