from datetime import timedelta

from odoo import api, fields, models

# what the documents of complaints hold of people
KINDS = {
    'aftersales.complaint': ('photo', 'text'),
    'aftersales.claim': ('photo', 'text', 'signature'),
    'aftersales.penalty': ('photo', 'text', 'signature'),
    'aftersales.suggestion': ('photo', 'text'),
    'aftersales.capa': ('photo', 'text')}


class AftersalesErasurePeriod(models.Model):
    """Complaints and claims have a period of their own, unless a record says otherwise."""

    _inherit = 'aftersales.erasure.period'

    @api.model
    def _get_limits(self, company):
        limits = super()._get_limits(company)
        own = {(period.res_model, period.kind) for period in self.search([
            ('company_id', '=', company.id), ('res_model', 'in', list(KINDS))])}
        moment = fields.Datetime.now() - timedelta(days=company.complaint_retention_days)
        for key in {(model, kind) for model, kinds in KINDS.items() for kind in kinds} - own:
            limits.pop(key, None)
            if company.complaint_retention_days:
                limits[key] = moment
        return limits
