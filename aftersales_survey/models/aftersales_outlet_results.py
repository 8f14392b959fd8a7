from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.figures import METRICS


class AftersalesOutlet(models.Model):
    """Outlets and what their customers say, for survey managers and for their boss."""

    _name = 'aftersales.outlet'
    _inherit = ['aftersales.outlet', 'aftersales.csi.mixin']

    _survey_link = 'outlet_id'

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
