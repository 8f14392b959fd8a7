from odoo import api, models
from odoo.fields import Domain


class AftersalesOrder(models.Model):
    """The evidence of exclusions is the order's: it goes with the order's photos."""

    _inherit = 'aftersales.order'

    @api.model
    def _get_photo_domain(self, moment):
        return super()._get_photo_domain(moment) | Domain('exclusion_ids.photo_ids', '!=', False)

    def _get_erased_photos(self):
        return super()._get_erased_photos() | self.exclusion_ids.photo_ids
