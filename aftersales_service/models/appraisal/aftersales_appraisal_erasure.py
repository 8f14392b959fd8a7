from odoo import api, models
from odoo.fields import Domain


class AftersalesAppraisal(models.Model):
    """The evidence of an appraisal goes once it was issued and its order is closed."""

    _name = 'aftersales.appraisal'
    _inherit = ['aftersales.appraisal', 'aftersales.erasure.mixin']

    @api.model
    def _get_finished_domain(self, moment):
        closed = Domain('order_id', '=', False) | Domain('order_id.date_closed', '<=', moment)
        # nothing tells when a sheet was called off but its last change
        return closed & (
            Domain('state', '=', 'issued') & Domain('date_issued', '<=', moment)
            | Domain('state', '=', 'cancelled') & Domain('write_date', '<=', moment))

    def _get_held_fields(self):
        return (*super()._get_held_fields(), 'stated_fault', 'test_results', 'conclusion',
                'payer_id', 'creditor_id')
