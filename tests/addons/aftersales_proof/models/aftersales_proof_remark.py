from odoo import api, fields, models


class AftersalesProofRemark(models.Model):
    """A line of a case or an order, which people read as they may its document."""

    _name = 'aftersales.proof.remark'
    _description = "Remark of the Proof"
    _inherit = ['aftersales.document.access.mixin', 'aftersales.document.link.mixin']
    _rec_name = 'text'

    text = fields.Char(required=True)

    @api.model
    def _get_document_models(self):
        return (*super()._get_document_models(), 'aftersales.proof.case', 'aftersales.order')
