from datetime import timedelta

from odoo import api, fields, models


class AftersalesErasurePeriod(models.Model):
    """Complaints have a period of their own in each company, unless a record says otherwise."""

    _inherit = 'aftersales.erasure.period'

    @api.model
    def _get_limits(self, company):
        limits = super()._get_limits(company)
        own = set(self.search([
            ('company_id', '=', company.id),
            ('res_model', '=', 'aftersales.complaint')]).mapped('kind'))
        for kind in {'photo', 'text'} - own:
            limits.pop(('aftersales.complaint', kind), None)
            if company.complaint_retention_days:
                limits['aftersales.complaint', kind] = fields.Datetime.now() - timedelta(
                    days=company.complaint_retention_days)
        return limits
