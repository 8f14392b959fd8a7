from odoo import api, models


class AftersalesErasure(models.Model):
    """Notices are erased after their period, whatever module writes them."""

    _inherit = 'aftersales.erasure'

    @api.model
    def _get_documents(self):
        return [*super()._get_documents(), self.env['aftersales.notice']]
