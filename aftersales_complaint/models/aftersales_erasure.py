from odoo import api, models


class AftersalesErasure(models.Model):
    """Complaints and what follows from them are erased beside orders, after their period."""

    _inherit = 'aftersales.erasure'

    @api.model
    def _get_documents(self):
        return [*super()._get_documents(), self.env['aftersales.complaint'],
                self.env['aftersales.claim'], self.env['aftersales.penalty'],
                self.env['aftersales.suggestion'], self.env['aftersales.capa']]
