from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .roles import MANAGER


class DigestDigest(models.Model):
    """Satisfaction in the e-mail of key figures."""

    _inherit = 'digest.digest'

    kpi_survey_csi = fields.Boolean("Satisfaction Index (CSI)")
    kpi_survey_csi_value = fields.Float(compute='_compute_kpi_survey_csi_value')
    kpi_survey_answers = fields.Boolean("Survey Answers")
    kpi_survey_answers_value = fields.Integer(compute='_compute_kpi_survey_answers_value')

    def _compute_kpi_survey_csi_value(self):
        """Take the index of who was asked in the period; too few answers give none (0)."""
        for digest in self:
            figure = digest._get_survey_row()['figures']['csi']
            digest.kpi_survey_csi_value = 0.0 if figure['is_small'] else figure['value']

    def _compute_kpi_survey_answers_value(self):
        for digest in self:
            digest.kpi_survey_answers_value = digest._get_survey_row()['answered']

    def _get_survey_row(self):
        """Return the figures of the company and period of one digest."""
        self.ensure_one()
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only survey managers get the figures of surveys."))
        start, end = self._get_kpi_compute_parameters()[:2]
        company = self.company_id or self.env.company
        report = self.env['aftersales.survey.report'].with_company(company)
        [row] = report._get_figures(
            Domain('company_id', '=', company.id) & Domain('date_asked', '>=', start)
            & Domain('date_asked', '<', end) & report._get_purpose_domain())
        return row

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu_id = self.env.ref('aftersales_survey.aftersales_survey_menu_root').id
        for name in ('csi', 'answers'):
            actions[f'kpi_survey_{name}'] = (
                f'aftersales_survey.aftersales_survey_report_action?menu_id={menu_id}')
        return actions
