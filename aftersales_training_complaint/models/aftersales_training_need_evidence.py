from odoo import api, fields, models

from .aftersales_training_need import ORIGINS


class AftersalesTrainingNeedEvidence(models.Model):
    _inherit = 'aftersales.training.need.evidence'

    origin = fields.Selection(
        selection_add=ORIGINS, ondelete={'complaint': 'cascade', 'capa': 'cascade'})

    @api.model
    def _get_document_models(self):
        return (*super()._get_document_models(), 'aftersales.complaint', 'aftersales.capa')
