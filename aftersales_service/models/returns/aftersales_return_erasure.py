from odoo import api, models
from odoo.fields import Domain


class AftersalesReturn(models.Model):
    """The photos of a closed return, and those of its goods, go when they are needed no more."""

    _name = 'aftersales.return'
    _inherit = ['aftersales.return', 'aftersales.erasure.mixin']

    @api.model
    def _get_finished_domain(self, moment):
        # only the last change shows when a return was refused
        return (Domain('state', '=', 'settled') & Domain('date_settled', '<=', moment)) | (
            Domain('state', 'in', ('refused', 'cancelled')) & Domain('write_date', '<=', moment))

    @api.model
    def _get_photo_domain(self, moment):
        return super()._get_photo_domain(moment) | Domain('line_ids.photo_ids', '!=', False)

    def _get_erased_photos(self):
        return super()._get_erased_photos() | self.line_ids.photo_ids
