from odoo import api, models


class AftersalesErasure(models.Model):
    """Voices are erased beside orders, after their period."""

    _inherit = 'aftersales.erasure'

    @api.model
    def _get_documents(self):
        return [*super()._get_documents(), self.env['aftersales.voice']]
