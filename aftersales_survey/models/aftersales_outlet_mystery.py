from odoo import models
from odoo.exceptions import AccessError, UserError

from .roles import MANAGER


class AftersalesOutlet(models.Model):
    """Mystery visits: a questionnaire about the outlet, whose address the visitor gets."""

    _inherit = 'aftersales.outlet'

    def action_mystery_visit(self):
        """Open a sheet for one mystery visit to this outlet, on the page of answers.

        :raise AccessError: only survey managers send visitors
        :raise UserError: the company has no questionnaire for mystery visits
        """
        self.ensure_one()
        self.check_access('read')
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only survey managers plan mystery visits."))
        survey = self.env['survey.survey'].search([
            ('survey_type', '=', 'aftersales'), ('aftersales_purpose', '=', 'mystery'),
            ('company_id', 'in', (False, self.company_id.id))], order='company_id', limit=1)
        if not survey:
            raise UserError(self.env._(
                "There is no questionnaire for mystery visits: make one with this purpose first."))
        # has_group above checked the right
        sheet = self.env['survey.user_input'].sudo().create({
            'survey_id': survey.id, 'company_id': self.company_id.id,
            'aftersales_outlet_id': self.id, 'aftersales_interviewer_id': self.env.uid})
        return {'type': 'ir.actions.act_url', 'url': sheet._get_feedback_url(), 'target': 'new'}
