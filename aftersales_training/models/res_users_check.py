from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date


class ResUsers(models.Model):
    """Examiners find their sheets on the phone, technicians their certificates."""

    _inherit = 'res.users'

    def _has_exams(self):
        """Whether this user is to judge somebody."""
        self.ensure_one()
        # the answer is only whether a sheet names the user
        return bool(self.env['aftersales.training.check'].sudo().search_count(
            [('examiner_id', '=', self.id)], limit=1))

    def _is_aftersales_technician(self):
        return super()._is_aftersales_technician() or self._has_exams()

    def _prepare_mobile_config(self):
        return super()._prepare_mobile_config() | {'has_exams': self._has_exams()}

    def _get_mobile_data(self, page):
        if page != 'exams':
            return super()._get_mobile_data(page)
        return self.env['aftersales.training.check']._get_mobile_exams() if (
            self._has_exams()) else None

    def _has_training(self):
        # the answer is only whether a certificate names the user
        return super()._has_training() or bool(
            self.env['aftersales.certificate'].sudo().search_count(
                [('user_id', '=', self.id)], limit=1))

    def _prepare_mobile_training(self):
        return super()._prepare_mobile_training() | {
            'certificates': self._prepare_mobile_certificates()}

    def _prepare_mobile_certificates(self):
        """Return the user's own certificates for the page “My Training”, what ends first on top."""
        self.ensure_one()
        # portal users may not read certificates; these are their own
        certificates = self.env['aftersales.certificate'].sudo().search(
            Domain('user_id', '=', self.id) & Domain('state', '!=', 'revoked'))
        labels = dict(certificates._fields['state']._description_selection(self.env))
        return [{
            'id': certificate.id, 'name': certificate.licence_number or certificate.name or "",
            'skill': certificate.skill_id.name, 'level': certificate.grade_id.name or "",
            'until': format_date(self.env, certificate.valid_until)
            if certificate.valid_until else "",
            'days_left': certificate.days_left if certificate.valid_until else None,
            'state': certificate.state, 'state_label': labels[certificate.state],
            'is_statutory': certificate.kind == 'statutory',
            'is_temporary': certificate.kind == 'temporary',
            'link': certificate._get_check_url() if certificate.kind != 'statutory' else "",
        } for certificate in certificates]
