from odoo import models


class AftersalesSurveyWave(models.Model):
    """What a wave reports at its end: figures, charts, gaps, proposals, and the answers."""

    _inherit = 'aftersales.survey.wave'

    def _get_wave_before(self):
        """Return the wave in which the same questionnaire was asked before, if there is one."""
        self.ensure_one()
        return self.search([
            ('survey_id', '=', self.survey_id.id), ('company_id', '=', self.company_id.id),
            ('state', 'in', ('running', 'closed')), ('id', '<', self.id)], order='id desc', limit=1)
