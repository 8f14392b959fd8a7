from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from odoo.addons.aftersales_service.models.base.roles import TEAM_LEAD

from .roles import OFFICER

ORIGINS = [
    ('manual', "By Hand"), ('requirement', "Requirement of the Post"),
    ('expiring', "Certificate Ends"), ('repeat', "Repeat Repairs"), ('score', "Low Score"),
    ('product', "New Product")]
STATES = [
    ('open', "Open"), ('planned', "In a Plan"), ('scheduled', "Session Fixed"),
    ('met', "Met"), ('dropped', "Dropped")]
PEOPLE = "['|', ('share', '=', False), ('aftersales_outlet_ids', '!=', False)]"
# the person concerned learns of the need, not of what was said about it
READERS = f'{OFFICER},{TEAM_LEAD}'


class AftersalesTrainingNeed(models.Model):
    """Who needs which course until when, and what shows it; a line of a plan as well.

    One open need per person and course: what shows it again is added to its evidence. The state
    follows from the facts: the plan, the session, the day and reason of its end. It has no
    conversation, so nothing about a person is mailed.
    """

    _name = 'aftersales.training.need'
    _description = "Training Need"
    _inherit = ['aftersales.guard.mixin', 'aftersales.protected.mixin']
    _order = 'date_deadline, id'
    _check_company_auto = True

    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company,
        protected='after')
    user_id = fields.Many2one(
        'res.users', string="Person", required=True, index=True, ondelete='restrict',
        domain=PEOPLE, protected='after')
    course_id = fields.Many2one(
        'aftersales.training.course', required=True, index=True, ondelete='restrict',
        domain="[('company_id', 'in', [company_id, False])]", protected='after')
    date_deadline = fields.Date(
        string="Needed until", required=True, index=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=60))
    origin = fields.Selection(
        ORIGINS, default='manual', required=True, readonly=True, copy=False, protected=True,
        help="What showed the need first; the evidence lists everything.")
    note = fields.Text(string="Reason", groups=READERS, help="Why, where it is entered by hand.")
    evidence_ids = fields.One2many(
        'aftersales.training.need.evidence', 'need_id', protected=True, groups=READERS)
    department_id = fields.Many2one(
        'hr.department', compute='_compute_department_id', store=True, readonly=False,
        precompute=True, index='btree_not_null', copy=False, protected=True)
    outlet_id = fields.Many2one(
        'aftersales.outlet', compute='_compute_department_id', store=True, readonly=False,
        precompute=True, index='btree_not_null', copy=False, protected=True)

    # What follows
    plan_id = fields.Many2one(
        'aftersales.training.plan', index='btree_not_null', check_company=True, copy=False,
        domain="[('state', 'in', ('draft', 'submitted'))]", link_access='write')
    session_id = fields.Many2one(
        'aftersales.training.session', index='btree_not_null', check_company=True, copy=False,
        ondelete='set null', link_access='write',
        domain="[('course_id', '=', course_id), ('state', 'in', ('planned', 'confirmed'))]",
        help="The person is invited to it.")
    date_closed = fields.Date(string="Closed on", readonly=True, copy=False, protected=True)
    is_dropped = fields.Boolean(readonly=True, copy=False, protected=True)
    drop_reason = fields.Char(
        string="Dropped because", readonly=True, copy=False, protected=True, groups=READERS)
    state = fields.Selection(
        STATES, compute='_compute_state', store=True, readonly=False, precompute=True,
        copy=False, protected=True)

    _open_uniq = models.UniqueIndex(
        '(user_id, course_id, company_id) WHERE date_closed IS NULL',
        "This person has an open need for the course already: add the reason there.")

    # === COMPUTES === #

    @api.depends('user_id.name', 'course_id.name')
    @api.depends_context('lang')
    def _compute_display_name(self):
        for need in self:
            # who reads the need knows the person
            need.display_name = " · ".join(filter(None, [
                need.sudo().user_id.name, need.course_id.name]))

    @api.depends('plan_id', 'session_id', 'date_closed', 'is_dropped')
    def _compute_state(self):
        for need in self:
            if need.date_closed:
                need.state = 'dropped' if need.is_dropped else 'met'
            elif need.session_id:
                need.state = 'scheduled'
            else:
                need.state = 'planned' if need.plan_id else 'open'

    @api.depends('user_id', 'company_id')
    def _compute_department_id(self):
        places = self._get_places(self.user_id)
        for need in self:
            need.department_id, need.outlet_id = places.get(
                (need.user_id.id, need.company_id.id), (False, False))

    @api.model
    def _get_places(self, people):
        """Return ``{(user id, company id): (department id, outlet id)}`` in two queries."""
        # where a person works is read by who reads the need
        people, places = people.sudo(), {}
        for outlet in people.aftersales_outlet_ids:
            for user in outlet.member_ids & people:
                places[user.id, outlet.company_id.id] = False, outlet.id
        for employee in self.env['hr.employee'].sudo().search_fetch(
                [('user_id', 'in', people.ids), ('department_id', '!=', False)],
                ['user_id', 'company_id', 'department_id']):
            key = employee.user_id.id, employee.company_id.id
            places[key] = employee.department_id.id, places.get(key, (False, False))[1]
        return places

    @api.constrains('user_id', 'course_id', 'company_id')
    def _check_companies(self):
        """Refuse people and courses of other companies, in sets: core checks them one by one."""
        for need in self:
            # in which companies a person works is no secret to who plans the training
            strange = need.company_id not in need.user_id.sudo().company_ids
            if strange or need.course_id.company_id not in (
                    need.company_id, self.env['res.company']):
                raise ValidationError(self.env._(
                    "%(person)s or the course “%(course)s” does not belong to %(company)s: choose "
                    "one of this company.", person=need.user_id.sudo().name,
                    course=need.course_id.name, company=need.company_id.name))

    @api.constrains('session_id', 'course_id')
    def _check_session(self):
        for need in self:
            if need.session_id and need.session_id.course_id != need.course_id:
                raise ValidationError(self.env._(
                    "“%(session)s” teaches another course than this need asks for: choose one of "
                    "%(course)s.", session=need.session_id.display_name,
                    course=need.course_id.name))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        needs = super().create(vals_list)
        if not self.env.su:
            needs.plan_id._ensure_open_for_lines()
        needs.filtered('session_id')._invite()
        return needs

    def write(self, vals):
        if 'plan_id' in vals and not self.env.su:
            # a plan that was approved keeps its lines, and takes no further ones
            self.plan_id._ensure_open_for_lines()
        result = super().write(vals)
        if vals.get('plan_id') and not self.env.su:
            self.plan_id._ensure_open_for_lines()
        if vals.get('session_id'):
            self._invite()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shown(self):
        self._refuse_where(
            lambda need: need.evidence_ids or need.date_closed, self.env._(
                "What was shown or closed stays in the record; drop these needs instead"))

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        return locked | self._get_all_but() if self.date_closed else locked

    # === ACTIONS === #

    def action_plan_session(self):
        """Make one session of these needs, invite their people, and open it to set its time."""
        self.check_access('write')
        open_needs = self._filter_waiting()
        if not open_needs:
            raise UserError(self.env._(
                "These needs are closed or have a session already: choose open ones."))
        if len(open_needs.course_id) > 1 or len(open_needs.company_id) > 1:
            raise UserError(self.env._(
                "One session teaches one course: choose needs of the same course, for example "
                "grouped by course."))
        return self._create_session(open_needs)._get_records_action(
            name=self.env._("Training Session"), views=[(False, 'form')])

    def action_drop(self):
        """Ask why the needs are not followed up."""
        self.check_access('write')
        return {
            'type': 'ir.actions.act_window', 'res_model': 'aftersales.training.drop',
            'view_mode': 'form', 'target': 'new', 'name': self.env._("Drop Training Needs"),
            'context': {'default_need_ids': [Command.set(self.ids)]}}

    def action_leave_plan(self):
        """Take the needs out of their plan; they are open again."""
        self.plan_id._ensure_open_for_lines()
        self.plan_id = False

    # === RULES === #

    def _filter_waiting(self):
        return self.filtered(lambda need: not (need.date_closed or need.session_id))

    @api.model
    def _create_session(self, needs):
        """Return a planned session with enough seats, and invite the people of these needs.

        Hook: called by the buttons that plan a session, as the user, for a batch of open needs of
        one course and company, after these were checked. Extend it by what a new session should
        have. What core raises undoes the click.
        """
        company = needs.company_id
        session = self.env['aftersales.training.session'].create({
            'course_id': needs.course_id.id, 'company_id': company.id,
            'date_start': company._get_training_start(),
            'seats': max(len(needs), 20)})
        needs.session_id = session
        return session

    def _invite(self):
        """Add the people of these needs to their sessions, each once."""
        # the right to the session was asked by its link; learners are the officer's to name
        attendances = self.env['aftersales.training.attendance'].sudo()
        known = {(attendance.session_id, attendance.user_id) for attendance in
                 attendances.search_fetch([('session_id', 'in', self.session_id.ids)],
                                          ['session_id', 'user_id'])}
        attendances.create([
            {'session_id': need.session_id.id, 'user_id': need.user_id.id}
            for need in self if (need.session_id, need.user_id) not in known])

    def _drop(self, reason):
        """Close needs that are not followed up, with the reason.

        :raise UserError: without a reason, or for needs that are closed already
        """
        self.check_access('write')
        if not (reason or '').strip():
            raise UserError(self.env._("Enter why the needs are dropped."))
        self._refuse_where('date_closed', self.env._("These are closed already"))
        # the right to write them was checked; how they end is protected
        self.sudo().write({
            'date_closed': self._get_today(), 'is_dropped': True,
            'drop_reason': reason.strip()})

    def _meet(self):
        """Close the open needs among these: their people can do it now. As superuser."""
        if needs := self.filtered(lambda need: not need.date_closed):
            needs.date_closed = needs._get_today()

    def _get_today(self):
        """Return the day of the needs' company."""
        return self[:1].company_id._get_aftersales_day(fields.Datetime.now())

    # === PROPOSALS === #

    @api.model
    def _propose(self, vals_list):
        """Return the needs for ``vals_list``, one each: new ones, or those that are open already.

        Hook to call: by crons, bridges and modules that find who lacks what, with any rights,
        after a check of their own; it writes as superuser. For a batch: three queries besides
        the new rows. The same proposal again adds nothing; what was dropped stays dropped for
        the same evidence, and what was met is not needed again because of it, except by a
        requirement of the post. Then the need is empty.

        :param vals_list: each with ``user_id``, ``course_id``, ``origin``, and, if known,
            ``company_id`` (else the current one), ``date_deadline`` (else in 60 days; the
            earliest holds), ``res_model`` and ``res_id`` of what shows it, and ``reason`` in words
        :raise UserError: none of its own; core's for missing or unknown values
        """
        model = self.sudo()
        proposals = [{'company_id': self.env.company.id, **vals} for vals in vals_list]
        open_needs, closed = model._find_known(proposals)
        places = model._get_places(
            self.env['res.users'].browse({vals['user_id'] for vals in proposals}))
        keys, fresh, later = [], {}, {}
        for vals in proposals:
            key = vals['user_id'], vals['course_id'], vals['company_id']
            keys.append(key if (*key, *_get_source(vals)) not in closed else None)
            if not keys[-1]:
                continue
            need, day = open_needs.get(key), vals.get('date_deadline')
            if not need:
                # all that is computed is given: a form of each need would take twice the time
                department, outlet = places.get((key[0], key[2]), (False, False))
                first = fresh.setdefault(key, {
                    **_get_need_vals(vals), 'state': 'open', 'department_id': department,
                    'outlet_id': outlet})
                if day and day < first.get('date_deadline', day):
                    first['date_deadline'] = day
            elif day and day < need.date_deadline:
                later[need] = min(day, later.get(need, day))
        open_needs.update(zip(fresh, model.create(list(fresh.values())), strict=True))
        for need, day in later.items():
            need.date_deadline = day
        found = [open_needs[key] if key else model.browse() for key in keys]
        self.env['aftersales.training.need.evidence'].sudo()._add(found, proposals)
        return [need.sudo(self.env.su) for need in found]

    @api.model
    def _find_known(self, proposals):
        """Return the open needs by person, course and company, and what closed ones rested on."""
        domain = Domain('user_id', 'in', {vals['user_id'] for vals in proposals}) & Domain(
            'course_id', 'in', {vals['course_id'] for vals in proposals})
        open_needs = {
            (need.user_id.id, need.course_id.id, need.company_id.id): need
            for need in self.search_fetch(
                domain & Domain('date_closed', '=', False),
                ['user_id', 'course_id', 'company_id', 'date_deadline'])}
        closed = set()
        for row in self.env['aftersales.training.need.evidence'].search_fetch(
                [('need_id', 'any', domain & Domain('date_closed', '!=', False)),
                 ('origin', 'in', {vals['origin'] for vals in proposals})],
                ['need_id', 'origin', 'res_model', 'res_id']):
            need = row.need_id
            if need.is_dropped or row.origin != 'requirement':
                closed.add((need.user_id.id, need.course_id.id, need.company_id.id,
                            row.origin, row.res_model, row.res_id))
        return open_needs, closed


def _get_source(vals):
    return vals['origin'], vals.get('res_model') or False, vals.get('res_id') or 0


def _get_need_vals(vals):
    names = 'user_id', 'course_id', 'company_id', 'origin', 'date_deadline'
    return {name: vals[name] for name in names if vals.get(name)}
