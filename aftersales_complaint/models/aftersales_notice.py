from odoo import api, models


class AftersalesNotice(models.Model):
    """Notices that come from a complaint or a corrective action."""

    _inherit = 'aftersales.notice'

    @api.model
    def _get_document_models(self):
        return (*super()._get_document_models(), 'aftersales.complaint', 'aftersales.capa')
