from odoo import fields, models


class SurveySurvey(models.Model):
    """The waves that ask a questionnaire."""

    _inherit = 'survey.survey'

    wave_count = fields.Integer(
        compute='_compute_wave_count', groups='aftersales_survey.group_survey_manager')

    def _compute_wave_count(self):
        counts = dict(self.env['aftersales.survey.wave']._read_group(
            [('survey_id', 'in', self.ids)], ['survey_id'], ['__count']))
        for survey in self:
            survey.wave_count = counts.get(survey._origin, 0)

    def action_view_waves(self):
        """Show the waves that ask these questionnaires."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_survey.aftersales_survey_wave_action')
        action.update(domain=[('survey_id', 'in', self.ids)], context={
            'default_survey_id': self.id if len(self) == 1 else False})
        return action
