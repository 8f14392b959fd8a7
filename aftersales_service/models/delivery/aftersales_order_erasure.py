from odoo import api, models
from odoo.fields import Domain


class AftersalesOrder(models.Model):
    """Photos of damage on delivery are the order's: they go with its own."""

    _inherit = 'aftersales.order'

    @api.model
    def _get_photo_domain(self, moment):
        return super()._get_photo_domain(moment) | Domain('damage_ids.photo_ids', '!=', False)

    def _get_erased_photos(self):
        return super()._get_erased_photos() | self.damage_ids.photo_ids
