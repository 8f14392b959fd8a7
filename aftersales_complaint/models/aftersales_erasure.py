from odoo import api, models


class AftersalesErasure(models.Model):
    """Complaints, claims and penalties are erased beside orders, when their period is over."""

    _inherit = 'aftersales.erasure'

    @api.model
    def _get_documents(self):
        return [*super()._get_documents(), self.env['aftersales.complaint'],
                self.env['aftersales.claim'], self.env['aftersales.penalty']]
