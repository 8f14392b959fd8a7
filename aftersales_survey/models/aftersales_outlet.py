from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.figures import METRICS
from .roles import MANAGER


class AftersalesOutlet(models.Model):
    """Surveys, mystery visits and the figures of an outlet."""

    _name = 'aftersales.outlet'
    _inherit = ['aftersales.outlet', 'aftersales.csi.mixin']
    _survey_link = 'outlet_id'

    survey_invitation_count = fields.Integer(
        compute='_compute_survey_invitation_count',
        groups='aftersales_survey.group_survey_interviewer')

    def _compute_survey_invitation_count(self):
        counts = dict(self.env['aftersales.survey.invitation']._read_group(
            [('outlet_id', 'in', self.ids)], ['outlet_id'], ['__count']))
        for outlet in self:
            outlet.survey_invitation_count = counts.get(outlet._origin, 0)

    def action_view_survey_invitations(self):
        """Show what the customers of these outlets were asked."""
        return self.env['aftersales.survey.invitation']._get_invitations_action(
            [('outlet_id', 'in', self.ids)])

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

    @api.model
    def _get_figures_for_bosses(self):
        """Return the figures of the outlets that the current user leads: own ones, no names.

        Months that are over count, so that no single answer can be made out by looking each day:
        a low rater is called a second time before the outlet can tell. Fewer answers than the
        company asks for give no figure.

        :return: a list of dicts: ``name``, ``note``, ``metrics``, ``year`` and ``month`` (rows of
            ``_get_figures`` without value and domain, ``None`` where no customer was asked)
        """
        # ``_get_led_outlet_ids`` names the outlets of the user; nothing else is read
        outlets = self.sudo().browse(self.env['aftersales.outlet.charge']._get_led_outlet_ids())
        shown, now = [], fields.Datetime.now()
        for company, of_company in outlets.grouped('company_id').items():
            report = self.env['aftersales.survey.report'].sudo().with_company(company)
            last = company._get_aftersales_day(now).replace(day=1) - relativedelta(days=1)
            base = Domain('company_id', '=', company.id) & Domain(
                'outlet_id', 'in', of_company.ids) & report._get_purpose_domain()
            year, month = (
                {row['value']: self._hide_small(row) for row in report._get_figures(
                    base & report._get_day_domain(start, last), 'outlet_id')}
                for start in (last.replace(day=1) - relativedelta(months=11),
                              last.replace(day=1)))
            shown += [{
                'name': outlet.name, 'note': self.env._(
                    "Of customers who were asked until %(day)s. A figure needs %(minimum)s "
                    "answers; customers are not named.", day=format_date(self.env, last),
                    minimum=company.aftersales_survey_minimum), 'metrics': [
                    metric for metric in report._get_metric_labels() if metric[0] != 'gap'],
                'year': year.get(outlet), 'month': month.get(outlet)} for outlet in of_company]
        return shown

    @api.model
    def _hide_small(self, row):
        """Return a row without figures and rates that too few people stand behind."""
        row = {name: value for name, value in row.items() if name not in ('value', 'domain')}
        row['figures'] = {
            metric: None if row['figures'][metric]['is_small'] else row['figures'][metric]
            for metric in METRICS}
        if row['is_small']:
            row.update(dict.fromkeys(
                ('reach', 'response', 'refusal', 'answered', 'refused', 'reached', 'excluded',
                 'partial')))
        return row
