from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain

BUTTON_MONTHS = 12


class AftersalesCsiMixin(models.AbstractModel):
    """A record that shows its satisfaction index of the last year, and leads to the answers.

    ``_survey_link`` is the field of the report that names the record.
    """

    _name = 'aftersales.csi.mixin'
    _description = "Smart Button of Satisfaction"
    _survey_link = None

    survey_csi = fields.Float(
        string="Satisfaction (CSI)", compute='_compute_survey_csi', digits=(16, 1),
        groups='aftersales_survey.group_survey_manager')
    survey_answer_count = fields.Integer(
        string="Survey Answers", compute='_compute_survey_csi',
        groups='aftersales_survey.group_survey_manager')
    is_survey_small = fields.Boolean(
        string="Sample Too Small", compute='_compute_survey_csi',
        groups='aftersales_survey.group_survey_manager')

    def _compute_survey_csi(self):
        report = self.env['aftersales.survey.report']
        rows = {row['value']: row['figures']['csi'] for row in report._get_figures(
            self._get_survey_domain(), self._survey_link)}
        for record in self:
            figure = rows.get(record._origin)
            record.survey_csi = (figure and figure['value']) or 0.0
            record.survey_answer_count = figure['n'] if figure else 0
            record.is_survey_small = not figure or figure['is_small']

    def _get_survey_domain(self):
        """Return the domain of who was asked about these records in the last year."""
        today = self.env.company._get_aftersales_day(fields.Datetime.now())
        start = today - relativedelta(months=BUTTON_MONTHS)
        report = self.env['aftersales.survey.report']
        return Domain(self._survey_link, 'in', self.ids) & report._get_day_domain(
            start, None) & report._get_purpose_domain()

    def action_view_satisfaction(self):
        """Show the answers behind the index."""
        self.check_access('read')
        return self.env['aftersales.survey.report'].action_view_answers(
            list(self._get_survey_domain()))
