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


class AftersalesOrder(models.Model):
    """The evidence of exclusions is the order's: it goes with the order's photos."""

    _inherit = 'aftersales.order'

    @api.model
    def _get_photo_domain(self):
        return super()._get_photo_domain() | Domain('exclusion_ids.photo_ids', '!=', False)

    def _get_erased_photos(self):
        return super()._get_erased_photos() | self.exclusion_ids.photo_ids
