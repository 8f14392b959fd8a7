from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


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
    needs_escort = fields.Boolean(related='grade_id.needs_escort', store=True)
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

    @api.model
    def _read_escorts(self, people, companies):
        """Return ``{user id: [(company id, category id, day, needs escort)]}``, the latest first.

        In one query for the orders of a batch, as superuser.
        """
        found = {}
        for step in self.search_fetch(
                [('user_id', 'in', people._origin.ids), ('company_id', 'in', companies.ids)],
                ['user_id', 'company_id', 'category_id', 'date', 'needs_escort']):
            found.setdefault(step.user_id.id, []).append(
                (step.company_id.id, step.category_id.id, step.date, step.needs_escort))
        return found

    @api.model
    def _needs_escort(self, found, person, company, category_ids, day):
        """Return whether ``person`` works with an escort only; ``None`` without a grade.

        :param found: see ``_read_escorts``
        :param category_ids: the category of the work and those above it
        """
        return next(
            (escorted for owner, category, since, escorted in found.get(person.id, ())
             if owner == company.id and since <= day
             and (not category or category in category_ids)), None)

    def _get_missing(self):
        """Return in sentences which conditions of the grade the person does not meet."""
        self.ensure_one()
        grade, facts = self.grade_id, self._get_facts()
        below, before = self._get_before()
        missing = []
        if below and before.grade_id != below:
            missing.append(self.env._("the grade “%(grade)s” before", grade=below.name))
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

    def _get_before(self):
        """Return the grade below this one, and the first step to what the person has now.

        Steps for the same products count, those for categories above and for all included.
        """
        self.ensure_one()
        # the officer who gives the grade may know what it rests on
        grade, steps = self.sudo().grade_id, self.sudo().search(
            [('user_id', '=', self.user_id.id), ('company_id', '=', self.company_id.id),
             ('category_id', 'in', [False, *self.category_id._get_ancestor_ids()]),
             ('date', '<=', self.date), ('id', '!=', self.id)])
        below = grade._get_below(self.company_id)
        held = steps[:1]
        for step in steps:  # the first day of the grade that is held now
            if step.grade_id != held.grade_id:
                break
            held = step
        return below, held

    def _get_course_domain(self):
        """Return the domain of the courses whose marks count for this grade.

        They teach the products of the grade; for all categories, those that teach products or
        lead to a grade. Etiquette makes no technician.
        """
        self.ensure_one()
        if self.category_id:
            category = self.category_id.id
            return Domain('category_ids', 'parent_of', category) | Domain(
                'skill_id.category_ids', 'parent_of', category)
        return Domain('kind', '!=', 'conduct') & (
            Domain('category_ids', '!=', False) | Domain('skill_id.category_ids', '!=', False)
            | Domain('grade_id', '!=', False))

    def _get_facts(self):
        """Return what the register knows of the person: ``{'theory', 'practice', …}``.

        Hook: called when a grade is given, as the user who gives it, for one record; modules
        add ``major``, the complaints that count against the person within the quiet months of the
        grade. What is not known is left out. Raises nothing.
        """
        self.ensure_one()
        # the officer who gives the grade may know what it rests on
        courses = self.env['aftersales.training.course'].sudo().with_context(
            active_test=False).search(self._get_course_domain())
        named = [('user_id', '=', self.user_id.id), ('company_id', '=', self.company_id.id),
                 ('course_id', 'in', courses.ids)]
        facts = {}
        # as above
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
             *([('categ_id', 'child_of', self.category_id.id)] if self.category_id else ()),
             ('date_done', '>=', fields.Date.subtract(
                 self.date, months=self.grade_id.work_months)),
             ('date_done', '<', self.date)], [],
            ['first_time_fix:sum', 'first_time_fix:count'])
        return {'first_fix': 100.0 * (fixed or 0.0) / number} if number else {}
