from calendar import monthrange

from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import babel_locale_parse, format_date, get_lang

from .roles import COACH, DISPATCHER, OFFICER, TEAM_LEAD

ROW_LIMIT = 500
MONTHS = 12


class AftersalesCertificate(models.Model):
    """The qualification matrix: technicians by skills, each with level and last day."""

    _inherit = 'aftersales.certificate'

    @api.model
    def _get_holding_domain(self, day):
        """Return the domain of the certificates that hold on ``day``."""
        return (Domain('date_revoked', '=', False) & Domain('valid_from', '<=', day)
                & (Domain('valid_until', '=', False) | Domain('valid_until', '>=', day)))

    @api.model
    def _get_certified(self, skills, day):
        """Return ``{skill: users}`` who have a certificate that holds on ``day``, in one query.

        Hook to call: by figures about many people, with the rights of the caller (superuser for
        all people), for any number of skills. Raises nothing.
        """
        return dict(self._read_group(
            Domain('skill_id', 'in', skills.ids) & self._get_holding_domain(day),
            ['skill_id'], ['user_id:recordset']))

    # === WHAT THE PAGE ASKS === #

    @api.model
    def get_matrix(self, filters=None):
        """Return what the page shows: choices, columns, rows and the sentence of the month.

        :param filters: ``outlet_id``, ``category_id``, ``month`` (the first day, as text)
        """
        self._ensure_matrix_reader()
        # dispatchers, checked above, see what the dialog of an order says: who is qualified
        certificates = self.sudo() if self._is_for_dispatch() else self
        return certificates._read_matrix(filters if isinstance(filters, dict) else {})

    @api.model
    def _read_matrix(self, filters):
        today = self._get_today()
        months = self._get_matrix_months(today)
        month = filters.get('month')
        month = next((day for day in months if fields.Date.to_string(day) == month), months[0])
        outlets = self._get_matrix_outlets()
        outlet = outlets.filtered(lambda outlet: outlet.id == filters.get('outlet_id'))
        skills = self._get_matrix_skills(filters.get('category_id'))
        people = self._get_matrix_people(outlets, outlet)
        cells = self._get_matrix_cells(people, skills)
        day = max(today, month.replace(day=monthrange(month.year, month.month)[1]))
        certified = self.sudo()._get_certified(skills, day)
        grades = self.env['aftersales.grade.person'].sudo()._get_current(
            people, self.env.company)
        label = {'month': format_date(self.env, month, date_format='LLLL')}
        return {
            'today': fields.Date.to_string(today),
            'can_act': self.env.user.has_group(OFFICER),
            'month': fields.Date.to_string(month),
            'months': [{'id': fields.Date.to_string(first),
                        'name': format_skeleton(
                            'yMMMM', first, locale=babel_locale_parse(get_lang(self.env).code))}
                       for first in months],
            'outlets': [{'id': outlet.id, 'name': outlet.name} for outlet in outlets],
            'categories': [{'id': category.id, 'name': category.display_name}
                           for category in self._get_matrix_skills().category_ids],
            'shortages': self._get_matrix_shortages(outlet or outlets, day),
            'columns': [{
                'id': skill.id, 'name': skill.name, 'is_statutory': skill.is_statutory,
                'categories': ", ".join(skill.category_ids.mapped('name')),
                'sentence': self.env._(
                    "%(month)s: %(count)s of %(all)s may do “%(skill)s”", skill=skill.name,
                    count=len(people & certified.get(skill, people.browse())),
                    all=len(people), **label)} for skill in skills],
            'rows': [{
                'id': person.id, 'name': person.name,
                'outlet': ", ".join(
                    outlet.name for outlet in outlets if person in outlet.member_ids),
                'grade': grades[person].grade_id.name if person in grades else "",
                'cells': cells.get(person.id, {})} for person in people]}

    def _ensure_matrix_reader(self):
        """Let officers, coaches, leads and dispatchers in; rules say whose certificates they see.

        Dispatchers read no certificates: the page shows them whom they may send.
        """
        user = self.env.user
        if not (user.has_group(COACH) or user.has_group(DISPATCHER)):
            raise AccessError(self.env._(
                "The qualification matrix is for training officers, coaches, team leads and "
                "dispatchers."))

    @api.model
    def _is_for_dispatch(self):
        """Return whether the user only dispatches: coaches and leads see their own people."""
        user = self.env.user
        return user.has_group(DISPATCHER) and not any(
            user.has_group(group) for group in (COACH, OFFICER, TEAM_LEAD))

    @api.model
    def _get_matrix_months(self, today):
        first = today.replace(day=1)
        return [fields.Date.add(first, months=number) for number in range(MONTHS)]

    @api.model
    def _get_matrix_outlets(self):
        """Return the outlets of which the user may see the people: officers all, others their own.

        As superuser, for names and members.
        """
        user = self.env.user
        outlets = self.env['aftersales.outlet'].sudo().search(
            [('company_id', 'in', self.env.companies.ids), ('state', '!=', 'closed')])
        if user.has_group(OFFICER) or self._is_for_dispatch():
            return outlets
        return outlets.filtered(lambda outlet: user in outlet.manager_id | outlet.member_ids)

    @api.model
    def _get_matrix_skills(self, category_id=None):
        """Return the skills of the columns, the law's first; as superuser, for names."""
        skills = self.env['aftersales.skill'].sudo().search(
            [('company_id', 'in', [False, *self.env.companies.ids])])
        if isinstance(category_id, int) and category_id:
            category = self.env['product.category'].sudo().browse(category_id).exists()
            wanted = set(category._get_ancestor_ids()) if category else set()
            skills = skills.filtered(
                lambda skill: not wanted.isdisjoint(skill.category_ids.ids))
        return skills.sorted(lambda skill: (not skill.is_statutory, skill.name or "", skill.id))

    @api.model
    def _get_matrix_people(self, outlets, outlet):
        """Return the technicians of the rows, as superuser, for their names."""
        if outlet:
            people = outlet.member_ids
        else:
            # the rules say whose certificates the user reads
            people = self.search(
                Domain('company_id', 'in', self.env.companies.ids)).sudo().user_id
            people |= outlets.member_ids
            if self.env.user.has_group(OFFICER) or self._is_for_dispatch():
                # who is given the role itself: leads and administrators have it among others
                role = self.env.ref('aftersales_service.group_aftersales_technician')
                people |= self.env['res.users'].sudo().search(
                    [('company_ids', 'in', self.env.companies.ids),
                     ('group_ids', 'in', role.ids)], limit=ROW_LIMIT)
        return people.filtered('active').sorted('name')[:ROW_LIMIT]

    @api.model
    def _get_matrix_cells(self, people, skills):
        """Return ``{user id: {skill id: cell}}`` of what the user may read, the latest of each."""
        cells = {}
        labels = dict(self._fields['kind']._description_selection(self.env))
        for held in self.search(
                Domain('user_id', 'in', people.ids) & Domain('skill_id', 'in', skills.ids)
                & Domain('company_id', 'in', self.env.companies.ids),
                order='date_revoked desc nulls last, valid_until nulls last, id'):
            # what holds longest is written last; a revoked one only where there is no other
            cells.setdefault(held.user_id.id, {})[held.skill_id.id] = {
                # the paper itself is for those who may read it
                'id': not self.env.su and held.id,
                'number': "" if self.env.su else held.name or "", 'state': held.state,
                'kind': held.kind, 'kind_label': labels[held.kind],
                'level': held.sudo().grade_id.name or "",
                'until': held.valid_until and fields.Date.to_string(held.valid_until),
                'until_label': held.valid_until and format_date(self.env, held.valid_until)}
        return cells

    @api.model
    def _get_matrix_shortages(self, outlets, day):
        return [
            self.env._("%(outlet)s (%(level)s): %(heads)s of %(minimum)s for “%(skill)s”",
                       outlet=outlet.name, level=(outlet.level or "–").upper(), heads=heads,
                       minimum=minimum, skill=skill.name)
            for outlet, missing in outlets._get_certified_shortages(day).items()
            for skill, heads, minimum in missing]

    # === WHAT IT DOES === #

    @api.model
    def action_train(self, user_ids, skill_id):
        """Propose the course that grants a skill to these people; return how many needs there are.

        :raise UserError: no course grants it
        """
        people, skill = self._read_matrix_choice(user_ids, skill_id)
        course = self.env['aftersales.training.course'].search(
            [('skill_id', '=', skill.id)], limit=1)
        if not course:
            raise UserError(self.env._(
                "No course grants “%(skill)s”: choose the skill on its course first.",
                skill=skill.name))
        needs = self.env['aftersales.training.need']._propose([
            {'user_id': person.id, 'course_id': course.id, 'company_id': self.env.company.id,
             'origin': 'manual'} for person in people])
        return len(needs)

    @api.model
    def action_renew(self, user_id, skill_id):
        """Plan the course that renews a certificate; else open the form of what follows it.

        :return: the action of the form, filled in; ``False`` where the need of a course is noted
        """
        person, skill = self._read_matrix_choice([user_id], skill_id)
        if not skill.is_statutory and skill.course_ids:
            self.action_train(person.ids, skill.id)
            return False
        last = self.search(
            [('user_id', '=', person.id), ('skill_id', '=', skill.id)], order='valid_until desc',
            limit=1)
        start = fields.Date.add(last.valid_until, days=1) if last.state in (
            'valid', 'expiring') and last.valid_until else self._get_today()
        return {
            'type': 'ir.actions.act_window', 'res_model': self._name, 'target': 'new',
            'views': [[False, 'form']], 'name': self.env._("Renew"),
            'context': {
                'default_user_id': person.id, 'default_skill_id': skill.id,
                'default_issuer': last.issuer, 'default_grade_id': last.grade_id.id,
                'default_licence_number': last.licence_number,
                'default_valid_from': fields.Date.to_string(start)}}

    def _read_matrix_choice(self, user_ids, skill_id):
        """Return people and skill that the page names, for those who may act on them."""
        self.check_access('create')
        ids = [number for number in user_ids if isinstance(number, int)]
        skill = self.env['aftersales.skill'].browse(skill_id).exists()
        people = self.env['res.users'].sudo().browse(ids).exists().filtered(
            lambda person: person.company_ids & self.env.companies)
        if not people or not skill:
            raise UserError(self.env._("Choose a person and a skill."))
        return people, skill
