from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..models.roles import MANAGER


class AftersalesSurveyDraw(models.TransientModel):
    """Makes a wave of three fields, and says beforehand what its sample will tell."""

    _name = 'aftersales.survey.draw'
    _description = "Draw a Sample"
    _inherit = ['aftersales.link.access.mixin']

    survey_id = fields.Many2one(
        'survey.survey', string="Questionnaire", required=True, link_access='read',
        domain=[('survey_type', '=', 'aftersales')],
        default=lambda self: self.env['aftersales.survey.wave']._default_survey_id())
    population = fields.Selection(
        lambda self: self.env['aftersales.survey.wave']._fields[
            'population']._description_selection(self.env),
        string="Whom to Ask", required=True, default='aftersales.order')
    margin = fields.Selection(
        [('10', "± 10 points (rough)"), ('5', "± 5 points (usual)"), ('3', "± 3 points (fine)")],
        string="How Exactly", required=True, default='5')
    domain = fields.Char(string="Filter", default='[]')
    response = fields.Float(string="Expected Response (%)", default=30.0, digits=(5, 1))
    date_deadline = fields.Datetime(
        string="Deadline", required=True,
        default=lambda self: fields.Datetime.now() + timedelta(days=14))
    explanation = fields.Text(
        string="What the Sample Tells", compute='_compute_explanation')
    exclusion_note = fields.Text(string="Left Out", compute='_compute_explanation')

    @api.depends('survey_id', 'population', 'margin', 'domain', 'response')
    def _compute_explanation(self):
        for draw in self:
            draw.explanation = draw.exclusion_note = False
            if not (draw.survey_id and draw.population and 0 < draw.response <= 100):
                continue
            draw._ensure_may_draw()
            wave = self.env['aftersales.survey.wave'].new(draw._prepare_wave_vals())
            wave._check_domain()
            ids, counts = wave._measure()
            wave.exclusions = counts
            draw.exclusion_note = wave.exclusion_note
            draw.explanation = wave._explain(
                len(ids) + sum(counts.values()), len(ids), wave._get_size(len(ids)))

    def action_draw(self):
        """Make the wave, draw its sample and open it."""
        self.ensure_one()
        self._ensure_may_draw()
        wave = self.env['aftersales.survey.wave'].create(self._prepare_wave_vals())
        wave.action_draw()
        return wave._get_records_action()

    def _ensure_may_draw(self):
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Survey managers draw samples: ask one."))

    def _prepare_wave_vals(self):
        self.ensure_one()
        return {
            'survey_id': self.survey_id.id, 'population': self.population,
            'margin': float(self.margin), 'domain': self.domain, 'response': self.response,
            'date_deadline': self.date_deadline, 'company_id': self.env.company.id}
