from odoo import api, models


class AftersalesErasure(models.Model):
    """Voices and contacts are erased beside orders, after their period."""

    _inherit = 'aftersales.erasure'

    @api.model
    def _get_documents(self):
        return [*super()._get_documents(), self.env['aftersales.voice'],
                self.env['aftersales.contact']]
