from odoo import api, models


class AftersalesErasure(models.Model):
    """Answers are anonymised, voices and contacts erased, after the period of each."""

    _inherit = 'aftersales.erasure'

    @api.model
    def _get_documents(self):
        return [*super()._get_documents(), self.env['survey.user_input'],
                self.env['aftersales.voice'], self.env['aftersales.contact']]
