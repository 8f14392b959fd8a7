from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from odoo.addons.aftersales_service.tools.qualification import Unqualified

from ..tools.certificate import find_flaw


class AftersalesSkill(models.Model):
    """What certificates prove: who has one is judged by it, on the day of the visit."""

    _inherit = 'aftersales.skill'

    certificate_ids = fields.One2many('aftersales.certificate', 'skill_id', string="Certificates")
    course_ids = fields.One2many('aftersales.training.course', 'skill_id', string="Courses")
    needs_certificate = fields.Boolean(
        string="Only with a Certificate", compute='_compute_needs_certificate', store=True,
        readonly=False, precompute=True,
        help="Only a certificate that holds on the day of the visit counts, and the list of "
             "technicians follows from the certificates. Without it, people in the list who never "
             "had a certificate count as well. What the law asks for always needs one.")
    gate = fields.Selection(
        [('warn', "Warn"), ('refuse', "Refuse")], string="If It Is Missing",
        help="When an order is given to somebody without it. Empty: as the company chose. What "
             "the law asks for is refused in any case.")
    hr_skill_id = fields.Many2one(
        'hr.skill', string="Skill of Employees", index='btree_not_null',
        domain="[('skill_type_id.is_certification', '=', True)]",
        help="The certificates of employees are shown under this skill, too.")

    @api.model_create_multi
    def create(self, vals_list):
        skills = super().create(vals_list)
        skills._bind_by_law()
        skills.filtered('user_ids')._ensure_list_is_free()
        return skills

    def write(self, vals):
        if 'user_ids' in vals:
            self._ensure_list_is_free()
        if 'is_statutory' in vals and not vals['is_statutory']:
            self._ensure_law_stays()
        result = super().write(vals)
        if vals.keys() & {'is_statutory', 'needs_certificate'}:
            self._bind_by_law()
            if vals.get('user_ids'):
                self._ensure_list_is_free()  # it may need certificates only since now
        return result

    @api.depends('is_statutory')
    def _compute_needs_certificate(self):
        for skill in self:
            skill.needs_certificate = skill.is_statutory or skill.needs_certificate

    def _bind_by_law(self):
        """Refuse a skill that the law asks for without certificates, to anybody.

        Called after each create and write, of forms, imports and superuser alike.
        """
        free = self.filtered(lambda skill: skill.is_statutory and not skill.needs_certificate)
        if free:
            raise UserError(self.env._(
                "The law asks for these skills, so only a certificate that holds counts: "
                "%(names)s. Leave “Only with a Certificate” on.", names=free.mapped('name')))

    def _ensure_list_is_free(self):
        """Refuse to name technicians by hand where their certificates do."""
        governed = self.filtered('needs_certificate')
        if governed and not self.env.su:
            raise UserError(self.env._(
                "The technicians follow from their certificates: issue or revoke a certificate "
                "instead: %(names)s", names=governed.mapped('name')))

    def _ensure_law_stays(self):
        """Refuse to call a skill free of law while licences of it are registered, for anybody."""
        # which skills have licences is known to who may change them
        licences = self.env['aftersales.certificate'].sudo().search(
            [('skill_id', 'in', self.ids), ('kind', '=', 'statutory')])
        if licences:
            raise UserError(self.env._(
                "The law asks for these skills, and licences are registered for them: %(names)s. "
                "Archive the skill and make another one if the law changed.",
                names=licences.skill_id.mapped('name')))

    def _get_hr_level(self, grade):
        """Return core's level that comes nearest to ``grade``, else the usual one."""
        levels = self.hr_skill_id.skill_type_id.skill_level_ids.sorted('level_progress')
        if grade:
            return min(levels, key=lambda level: abs(level.level_progress - grade.progress))
        return levels.filtered('default_level')[:1] or levels[-1:]

    def _mirror_certificates(self):
        """Let the lists of technicians say who has a certificate that holds today.

        Called as superuser after a certificate was issued or revoked, and each night. People in a
        list who never had a certificate stay in it, unless the skill needs one.
        """
        if not self:
            return
        certificates = self.env['aftersales.certificate']
        today, named = certificates._get_today(), Domain('skill_id', 'in', self.ids)
        holds = (
            Domain('date_revoked', '=', False) & Domain('valid_from', '<=', today)
            & (Domain('valid_until', '=', False) | Domain('valid_until', '>=', today)))
        people, holders = (
            dict(certificates._read_group(domain, ['skill_id'], ['user_id:recordset']))
            for domain in (named, named & holds))
        none = self.env['res.users']
        for skill in self:
            judged = skill.user_ids if skill.needs_certificate else people.get(skill, none)
            listed = (skill.user_ids - judged) | holders.get(skill, none)
            if listed != skill.user_ids:
                skill.user_ids = [Command.set(listed.ids)]

    # === THE GATE === #

    def _find_flaws(self, technicians, times):
        """Judge people by their certificates on the day of the visit; see ``super()``."""
        spans = self._read_spans(technicians)
        flaws = super()._find_flaws(technicians, times)
        for skill in self:
            is_statutory, reasons = skill.is_statutory, {}
            for technician in technicians:
                held = spans.get((skill.id, technician._origin.id), ())
                if not held and not skill.needs_certificate:
                    continue
                for company, day in times:
                    # nothing takes the place of the authority's licence
                    flaw = find_flaw(
                        [span for owner, kind, span in held if (
                            kind == 'statutory' if is_statutory else owner == company.id)], day)
                    key = skill.id, technician.id, company.id, day
                    flaws.pop(key, None)
                    if flaw and flaw not in reasons:
                        reasons[flaw] = skill._get_reason(*flaw)
                    if flaw:
                        flaws[key] = reasons[flaw]
        return flaws

    def _get_reason(self, flaw, day):
        """Return what speaks against a person without this skill, as strictly as it is asked."""
        self.ensure_one()
        return Unqualified(
            self._format_flaw(flaw, day), self.is_statutory,
            self.gate == 'refuse' if self.gate else None)

    def _read_spans(self, technicians):
        """Return ``{(skill id, user id): [(company id, kind, Span)]}``, in one query."""
        spans = {}
        for held in self.env['aftersales.certificate'].search_fetch(
                [('skill_id', 'in', self.ids), ('user_id', 'in', technicians._origin.ids)],
                ['skill_id', 'user_id', 'company_id', 'kind', 'valid_from', 'valid_until',
                 'date_revoked'], order='id') if self and technicians else ():
            spans.setdefault((held.skill_id.id, held.user_id.id), []).append(
                (held.company_id.id, held.kind, held._get_span()))
        return spans

    def _format_flaw(self, flaw, day):
        """Return in one sentence why no certificate of this skill holds; see ``find_flaw``."""
        self.ensure_one()
        names = {'skill': self.name, 'day': day and format_date(self.env, day)}
        if flaw == 'ended':
            return self.env._("the certificate “%(skill)s” ended on %(day)s", **names)
        if flaw == 'begins':
            return self.env._("the certificate “%(skill)s” holds only from %(day)s", **names)
        if flaw == 'revoked':
            return self.env._("the certificate “%(skill)s” was revoked", **names)
        return self.env._("the certificate “%(skill)s” is missing", **names)
