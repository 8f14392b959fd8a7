from odoo import models
from odoo.fields import Domain

from ..tools.figures import METRICS, describe_stratified

# what a sample was divided by -> group of the report
REPORT_GROUPS = {
    'outlet': 'outlet_id', 'region': 'region_id', 'technician': 'technician_id',
    'product': 'product_id', 'category': 'product_id.categ_id'}


class AftersalesSurveyWave(models.Model):
    """What a stratified sample says of all customers: each group counts by its own size."""

    _inherit = 'aftersales.survey.wave'

    def _get_estimates(self, minimum):
        """Return ``{metric: figure}`` of all who could be asked, weighted by group.

        A group of which more were drawn, or more answered, than of another one would else count
        for more. Called for one wave with the rights of the current user, who has to read the
        report: else it raises an AccessError.

        :param minimum: fewer answers are too few
        :return: empty where the sample has no strata, or answers do not tell their stratum; as
            ``tools.figures.describe_stratified``
        """
        self.ensure_one()
        groupby = REPORT_GROUPS.get(self.stratum_by)
        if self.method != 'stratified' or not groupby or not self.date_drawn:
            return {}
        report = self.env['aftersales.survey.report'].with_company(self.company_id)
        # as the strata keep their keys: the id, or False
        tallies = {str(value.id): tally for value, *__, tally in report._read_tallies(
            Domain('wave_id', '=', self.id), groupby)}
        strata = [(row.population_count, tallies.get(row.key, {})) for row in self.stratum_ids]
        return {metric: describe_stratified(metric, strata, minimum) for metric in METRICS}

    def _is_quota_sample(self):
        """Whether this one wave, or none, was drawn by quotas: such a sample has no interval."""
        return self.kind == 'campaign' and self.method == 'quota'
