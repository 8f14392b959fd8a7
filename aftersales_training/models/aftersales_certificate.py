import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.aftersales_service.tools.validity import last_day

from ..tools.certificate import ALPHABET, CODE_LENGTH, Span, state_on
from .roles import OFFICER

STATES = [
    ('valid', "Valid"), ('expiring', "Expires Soon"), ('expired', "Expired"),
    ('revoked', "Revoked")]


class AftersalesCertificate(models.Model):
    """What a person may do, from when until when, and who says so.

    A company certificate follows from a course, a statutory licence from an authority; a
    temporary certificate lets somebody work until a day, for a reason, in place of a company
    certificate and never of a licence. The person is a user: outlets' technicians have no
    employee record. What was issued stays as it is: it is revoked or followed by another one.
    """

    _name = 'aftersales.certificate'
    _description = "Certificate"
    _inherit = [
        'aftersales.guard.mixin', 'aftersales.image.mixin', 'aftersales.notify.mixin',
        'aftersales.number.mixin']
    _order = 'valid_until, id'
    _check_company_auto = True

    name = fields.Char(
        string="Number", readonly=True, copy=False, protected=True, index='trigram')
    code = fields.Char(
        string="Check Code", readonly=True, copy=False, protected=True,
        help="Who scans the certificate or types number and code sees whether it holds.")
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company,
        protected='after')
    user_id = fields.Many2one(
        'res.users', string="Person", required=True, index=True, ondelete='restrict',
        check_company=True, protected='after',
        domain="['|', ('share', '=', False), ('aftersales_outlet_ids', '!=', False)]")
    kind = fields.Selection(
        [('company', "Company Certificate"), ('statutory', "Statutory Licence"),
         ('temporary', "Temporary Certificate")],
        compute='_compute_kind', store=True, readonly=False, required=True, precompute=True,
        protected='after')
    skill_id = fields.Many2one(
        'aftersales.skill', required=True, index=True, ondelete='restrict', check_company=True,
        protected='after')
    category_ids = fields.Many2many(related='skill_id.category_ids')
    grade_id = fields.Many2one(
        'aftersales.grade', string="Level", compute='_compute_grade_id', store=True,
        readonly=False, precompute=True, ondelete='restrict', protected='after')
    course_id = fields.Many2one(
        'aftersales.training.course', index='btree_not_null', ondelete='restrict',
        check_company=True, readonly=True, copy=False, protected=True)
    attendance_id = fields.Many2one(
        'aftersales.training.attendance', index='btree_not_null',
        ondelete='restrict', readonly=True, copy=False, protected=True)
    issuer = fields.Char(
        string="Issued by", help="The authority of a statutory licence.", protected='after')
    licence_number = fields.Char(copy=False, protected='after')
    reason = fields.Char(
        copy=False, protected='after',
        help="Why it is given without a course that was passed here: a register that is brought "
             "along, the peak season.")
    valid_from = fields.Date(
        required=True, default=fields.Date.context_today, protected='after')
    valid_until = fields.Date(
        index=True, protected='after', help="Its last day; empty: it does not end.")
    scan = fields.Image(
        string="Scanned Paper", max_width=1920, max_height=1920, groups=OFFICER,
        help="A picture of the paper, for training officers only.")
    state = fields.Selection(STATES, compute='_compute_state', search='_search_state')
    days_left = fields.Integer(compute='_compute_state')
    reminded_days = fields.Integer(
        string="Reminded (days before)", readonly=True, copy=False, protected=True)

    date_revoked = fields.Datetime(
        string="Revoked on", readonly=True, copy=False, protected=True)
    revoked_by_id = fields.Many2one(
        'res.users', string="Revoked by", readonly=True, copy=False, protected=True)
    revoke_reason = fields.Char(
        string="Reason of Revocation", readonly=True, copy=False, protected=True)

    _name_company_uniq = models.Constraint(
        'UNIQUE(name, company_id)', "The number of a certificate must be unique per company.")
    _one_per_attendance = models.UniqueIndex(
        '(attendance_id, skill_id) WHERE attendance_id IS NOT NULL',
        "This attendance led to a certificate already.")
    _dates = models.Constraint(
        'CHECK(valid_until >= valid_from)', "A certificate cannot end before it begins.")
    _gate_idx = models.Index('(user_id, skill_id)')  # serves the gate of the dispatch

    # === COMPUTES === #

    @api.depends('skill_id')
    def _compute_kind(self):
        for certificate in self:
            by_skill = 'statutory' if certificate.skill_id.is_statutory else 'company'
            certificate.kind = 'temporary' if certificate.kind == 'temporary' else by_skill

    @api.depends('course_id')
    def _compute_grade_id(self):
        for certificate in self:
            certificate.grade_id = certificate.course_id.grade_id or certificate.grade_id

    @api.depends('valid_from', 'valid_until', 'date_revoked')
    def _compute_state(self):
        for certificate in self:
            today = certificate._get_today()
            certificate.state = certificate.valid_from and state_on(
                certificate._get_span(), today,
                max(certificate.sudo().company_id._get_reminder_days()))
            certificate.days_left = certificate.valid_until and (
                certificate.valid_until - today).days

    @api.model
    def _search_state(self, operator, value):
        if operator != 'in':
            return NotImplemented
        today = self._get_today()
        soon = fields.Date.add(
            today, days=max(self.env.company._get_reminder_days()))
        held = Domain('date_revoked', '=', False)
        domains = {
            'revoked': ~held,
            'expired': held & Domain('valid_until', '<', today),
            'expiring': held & Domain('valid_until', '>=', today) & Domain(
                'valid_until', '<=', soon),
            'valid': held & (Domain('valid_until', '=', False) | Domain('valid_until', '>', soon)),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends('name', 'skill_id.name')
    def _compute_display_name(self):
        for certificate in self:
            # what a certificate is about is no secret to those who read it
            skill = certificate.sudo().skill_id.name or ""
            certificate.display_name = " · ".join(filter(None, [certificate.name, skill]))

    # === RULES OF THE RECORD === #

    @api.constrains('kind', 'skill_id', 'valid_from', 'valid_until', 'reason', 'licence_number')
    def _check_kind(self):
        for certificate in self:
            # the law about a skill binds every issuer
            is_statutory = certificate.sudo().skill_id.is_statutory
            if is_statutory != (certificate.kind == 'statutory'):
                raise ValidationError(self.env._(
                    "“%(skill)s” is asked for by law: only the licence of the authority counts, "
                    "and nothing takes its place. Register the licence.",
                    skill=certificate.sudo().skill_id.name) if is_statutory else self.env._(
                    "“%(skill)s” is not asked for by law: issue a company certificate, or a "
                    "temporary one.", skill=certificate.sudo().skill_id.name))
            if certificate.kind == 'statutory' and not (certificate.licence_number or '').strip():
                raise ValidationError(self.env._(
                    "Type the number that stands on the licence of the authority."))
            if certificate.kind != 'statutory' and not certificate.attendance_id and (
                    not certificate.course_id and not (certificate.reason or '').strip()):
                raise ValidationError(self.env._(
                    "Say why this certificate is given without a course that was passed here."))
            if certificate.kind == 'temporary':
                certificate._check_temporary()

    def _check_temporary(self):
        limit = self.sudo().company_id.aftersales_temporary_days
        if not self.valid_until:
            raise ValidationError(self.env._(
                "A temporary certificate has an end: choose its last day."))
        others = self.sudo().search([  # as the limit: it binds every issuer
            ('user_id', '=', self.user_id.id), ('skill_id', '=', self.skill_id.id),
            ('company_id', '=', self.company_id.id), ('kind', '=', 'temporary'),
            ('valid_until', '>', fields.Date.subtract(self.valid_until, years=1)),
            ('valid_from', '<', fields.Date.add(self.valid_from, years=1))]) | self
        if sum(other._get_days_held() for other in others) > limit:
            raise ValidationError(self.env._(
                "Temporary certificates of a person for the same skill hold for at most %(days)s "
                "days within a year, all together: choose an earlier last day, or let the person "
                "pass the course.", days=limit))

    def _get_days_held(self):
        """Return for how many days a certificate held, or will hold."""
        self.ensure_one()
        last = self.valid_until
        if self.date_revoked:
            last = min(last, self.company_id._get_aftersales_day(self.date_revoked))
        return max((last - self.valid_from).days + 1, 0)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        certificates = super().create(vals_list)
        certificates._ensure_issued_by_others()
        for certificate in certificates.sudo():  # protected: only this method gives codes
            certificate.code = certificate._draw_code()
        certificates._mirror()
        return certificates

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        raise UserError(self.env._(
            "A certificate stays in the register: revoke it, with the reason."))

    def _ensure_issued_by_others(self):
        """Refuse certificates that officers give themselves; superuser's code checked before.

        In a company that has no other training officer they register the own ones themselves.
        """
        user = self.env.user
        if not self.env.su and any(
                certificate.user_id == user and (
                    certificate.company_id._get_people_in(OFFICER) - user)
                for certificate in self):
            raise UserError(self.env._(
                "Another training officer registers your own certificates and licences."))

    @api.model
    def _draw_code(self):
        return "".join(secrets.choice(ALPHABET) for __ in range(CODE_LENGTH))

    def _get_span(self):
        self.ensure_one()
        return Span(self.valid_from, self.valid_until or None, bool(self.date_revoked))

    def _get_today(self):
        """Return the day of the certificate's company, else of the current one."""
        company = self.sudo().company_id[:1] or self.env.company
        return company._get_aftersales_day(fields.Datetime.now())


    # === ISSUE AND REVOKE === #

    @api.model
    def _issue(self, person, course, attendance=None, date=None):
        """Issue the company certificate of a course that ``person`` passed; return it.

        Hook to call: by the step in which an attendance is passed or a practice exam is done, as
        superuser after the check of that step (``env.user`` is who takes it), for one person. What
        the attendance led to already is returned again. Nothing is issued, and an empty recordset
        returned, for a course that grants no skill, or one for which only the licence of an
        authority counts.

        :param person: ``res.users``
        :param attendance: the attendance that was passed, if it came from one
        :param date: the day of the exam; by default today
        :raise UserError: the person was absent or did not pass, an officer issues the own
            certificate, or the exam is too old
        """
        certificates = self.sudo()  # the step that calls checked the right to it
        course = course.sudo()
        if not course.skill_id or course.skill_id.is_statutory:
            return certificates.browse()
        company = (attendance.sudo() if attendance else course).company_id or self.env.company
        today = company._get_aftersales_day(fields.Datetime.now())
        if attendance:
            if attendance.sudo().user_id != person or attendance.sudo().course_id != course:
                raise UserError(self.env._(
                    "The attendance is one of another person or course: no certificate follows."))
            known = certificates.search(
                [('attendance_id', '=', attendance.id), ('skill_id', '=', course.skill_id.id)])
            if known:
                return known
        start, months = fields.Date.to_date(date) or today, course.validity_months
        self._ensure_may_issue(person, course, attendance)
        self._ensure_exam_counts(company, start, today)
        return certificates.with_company(company).create({
            'company_id': company.id, 'user_id': person.id, 'kind': 'company',
            'skill_id': course.skill_id.id, 'course_id': course.id,
            'attendance_id': attendance.id if attendance else False,
            'issuer': company.name, 'valid_from': start,
            'valid_until': bool(months) and last_day(start, months)})

    @api.model
    def _ensure_may_issue(self, person, course, attendance):
        """Refuse a certificate that people issue to themselves, or to who did not pass."""
        # an attendance is passed by what others noted, even if its last part is the own theory
        if person == self.env.user and not (
                attendance and attendance.sudo()._get_required_marks()):
            raise UserError(self.env._(
                "Another training officer issues your own certificate."))
        if attendance and attendance.sudo().state != 'passed':
            raise UserError(self.env._(
                "%(person)s did not pass %(course)s: no certificate follows.",
                person=person.sudo().name, course=course.name))

    @api.model
    def _ensure_exam_counts(self, company, day, today):
        """Refuse an exam that lies ahead, or longer back than the company counts it."""
        months = company.sudo().aftersales_exam_months
        if day > today:
            raise UserError(self.env._(
                "The exam of %(day)s lies ahead: issue the certificate when it is passed.",
                day=format_date(self.env, day)))
        if months and fields.Date.add(day, months=months) < today:
            raise UserError(self.env._(
                "An exam of %(day)s leads to no certificate today, as it counts for %(months)s "
                "months. Let the person pass it again.",
                day=format_date(self.env, day), months=months))

    def action_revoke(self):
        """Ask for the reason, then revoke these certificates."""
        self.check_access('write')
        return {
            'type': 'ir.actions.act_window', 'res_model': 'aftersales.certificate.revoke',
            'views': [[False, 'form']], 'target': 'new', 'name': self.env._("Revoke"),
            'context': {'default_certificate_ids': self.ids}}

    def _revoke(self, reason):
        """Revoke these certificates from now on, and warn those who planned with them.

        Hook to call: by the dialog and by modules, as an officer, for a batch.

        :raise AccessError: the user may not write them
        :raise UserError: no reason is given, or some are revoked already
        """
        self.check_access('write')
        if not (reason or '').strip():
            raise UserError(self.env._("Give the reason for which the certificate is revoked."))
        self._refuse_where('date_revoked', self.env._("These are revoked already"))
        # the right to write them was checked; the facts themselves are protected
        self.sudo().write({
            'date_revoked': fields.Datetime.now(), 'revoked_by_id': self.env.uid,
            'revoke_reason': reason.strip()})
        self._mirror()
        self.env['aftersales.order'].sudo()._warn_of_unqualified(self.sudo().user_id)

