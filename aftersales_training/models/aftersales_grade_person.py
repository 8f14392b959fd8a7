from odoo import api, fields, models
from odoo.exceptions import UserError


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
        for name, wanted, words in (
                ('theory', grade.theory_mark, self.env._("theory")),
                ('practice', grade.practice_mark, self.env._("practice")),
                ('first_fix', grade.first_fix_percent, self.env._("fixed at the first visit"))):
            if wanted and (facts.get(name) is None or facts[name] < wanted):
                missing.append(self.env._(
                    "%(what)s %(wanted)s (now %(now)s)", what=words, wanted=f'{wanted:g}',
                    now="–" if facts.get(name) is None else f'{facts[name]:g}'))
        if grade.quiet_months and facts.get('major'):
            missing.append(self.env._(
                "%(months)s months without complaints of own fault", months=grade.quiet_months))
        return missing

    def _get_facts(self):
        """Return what the register knows of the person: ``{'theory', 'practice', …}``.

        Hook: called when a grade is given, as the officer, for one record; modules add
        ``first_fix`` (percent) and ``major`` (complaints of own fault within the months of the
        grade). What is not known is left out. Raises nothing.
        """
        self.ensure_one()
        # the officer who gives the grade reads the exams of the person
        check = self.env['aftersales.training.check'].sudo().search(
            [('user_id', '=', self.user_id.id), ('kind', '=', 'practice'),
             ('state', '=', 'done'), ('company_id', '=', self.company_id.id)],
            order='date_done desc', limit=1)
        return {'practice': check.mark} if check else {}
