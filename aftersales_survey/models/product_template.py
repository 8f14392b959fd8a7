from odoo import models
from odoo.fields import Domain

from ..tools.figures import add_up


class ProductTemplate(models.Model):
    """Products and what customers say of their service, all variants together."""

    _name = 'product.template'
    _inherit = ['product.template', 'aftersales.csi.mixin']

    _survey_link = 'product_id.product_tmpl_id'

    def _compute_survey_csi(self):
        report = self.env['aftersales.survey.report']
        tallies = {}
        for product, *__, tally in report._read_tallies(self._get_survey_domain(), 'product_id'):
            tallies.setdefault(product.product_tmpl_id, []).append(tally)
        minimum = self.env.company.aftersales_survey_minimum
        for template in self:
            [row] = report._describe_rows(
                [(None, '', Domain.TRUE, add_up(tallies.get(template._origin, [])))], minimum)
            figure = row['figures']['csi']
            template.survey_csi = figure['value'] or 0.0
            template.survey_answer_count = figure['n']
            template.is_survey_small = figure['is_small']
