from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.certificate import due_mark


class AftersalesCertificate(models.Model):
    """What follows from the day: lists of technicians, core's skills, reminders.

    Core lets employees write their own skills, and the lists of technicians do not know a day:
    both mirror the certificates and prove nothing.
    """

    _inherit = 'aftersales.certificate'

    hr_skill_line_id = fields.Many2one(
        'hr.employee.skill', string="Skill of the Employee", readonly=True, copy=False,
        protected=True, index='btree_not_null', ondelete='set null',
        groups='hr.group_hr_user')

    # === MIRRORS === #

    def _mirror(self):
        """Write what these certificates say today to the skills and to the employees."""
        certificates = self.sudo()  # create and _revoke checked the right to them
        certificates.skill_id._mirror_certificates()
        certificates._mirror_employee_skills()

    def _mirror_employee_skills(self):
        """Let certificates of employees stand among core's skills, with their days."""
        revoked = self.filtered('date_revoked')
        revoked.hr_skill_line_id.unlink()
        missing = (self - revoked).filtered(
            lambda certificate: certificate.skill_id.hr_skill_id
            and not certificate.hr_skill_line_id)
        employees = {
            (employee.user_id, employee.company_id): employee
            for employee in self.env['hr.employee'].sudo().search(
                [('user_id', 'in', missing.user_id.ids)])}
        missing = missing.filtered(
            lambda certificate: (certificate.user_id, certificate.company_id) in employees)
        lines = self.env['hr.employee.skill'].sudo()
        for certificate in missing:
            vals = certificate._prepare_employee_skill_vals(
                employees[certificate.user_id, certificate.company_id])
            # core takes no second line with the same days
            certificate.hr_skill_line_id = lines.search(
                [(name, '=', value) for name, value in vals.items()], limit=1) or (
                lines.create(vals))

    def _prepare_employee_skill_vals(self, employee):
        self.ensure_one()
        skill = self.skill_id.hr_skill_id
        return {
            'employee_id': employee.id, 'skill_id': skill.id,
            'skill_type_id': skill.skill_type_id.id,
            'skill_level_id': self.skill_id._get_hr_level(self.grade_id).id,
            'valid_from': self.valid_from, 'valid_to': self.valid_until}

    # === CRONS === #

    @api.model
    def _cron_follow_the_day(self):
        """Let the lists of technicians follow the day, then remind of what ends soon."""
        self.env['aftersales.skill'].search(
            [('certificate_ids', '!=', False)])._mirror_certificates()
        self._remind()

    @api.model
    def _remind(self):
        """Notify the people whose certificates end soon and have no successor.

        The marks are days before the end, by the settings of the company. Each comes once; of
        several that were passed at once the nearest to the end.
        """
        today = self._get_today()
        reminders = {company: company._get_reminder_days()
                     for company in self.env['res.company'].search([])}
        last = max(max(days) for days in reminders.values())
        ending = self.search(
            Domain('date_revoked', '=', False) & Domain('valid_until', '>=', today)
            & Domain('valid_until', '<=', fields.Date.add(today, days=last))
            & Domain('kind', '!=', 'temporary'))
        followed = {
            (person, skill): until for person, skill, until in self._read_group(
                [('user_id', 'in', ending.user_id.ids), ('skill_id', 'in', ending.skill_id.ids),
                 ('date_revoked', '=', False), ('kind', '!=', 'temporary')],
                ['user_id', 'skill_id'], ['valid_until:max'])}
        unlimited = {(held.user_id, held.skill_id) for held in self.search(
            [('user_id', 'in', ending.user_id.ids), ('valid_until', '=', False),
             ('date_revoked', '=', False)])}
        due = ending.filtered(
            lambda certificate: (certificate.user_id, certificate.skill_id) not in unlimited
            and followed[certificate.user_id, certificate.skill_id] == certificate.valid_until)
        marks = due.grouped(lambda certificate: due_mark(
            (certificate.valid_until - today).days, reminders[certificate.company_id],
            certificate.reminded_days))
        for mark, certificates in marks.items():
            if mark:
                certificates.reminded_days = mark
                certificates._notify_customer(
                    'certificate_expiring', occasion=f'certificate_expiring:{mark}')

    # === NOTIFICATIONS === #

    @api.model
    def _get_notification_events(self):
        return super()._get_notification_events() | {'certificate_expiring'}

    def _is_message_needed(self, event):
        return super()._is_message_needed(event) and not self.date_revoked

    def _get_notification_recipient(self):
        return self._prepare_partner_recipient(self.user_id.partner_id)
