from odoo import api, models


class AftersalesErasure(models.Model):
    """Answers are anonymised, and counted as other data."""

    _inherit = 'aftersales.erasure'

    @api.model
    def _get_documents(self):
        return [*super()._get_documents(), self.env['survey.user_input']]
