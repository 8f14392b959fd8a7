from odoo import api, fields, models


class AftersalesNotice(models.Model):
    """Notices that come from a complaint or a corrective action; one penalty refers to each."""

    _inherit = 'aftersales.notice'

    penalty_ids = fields.One2many(
        'aftersales.penalty', 'notice_id', string="Penalties", copy=False,
        groups='aftersales_conduct.group_conduct_officer')

    @api.model
    def _get_document_models(self):
        return (*super()._get_document_models(), 'aftersales.complaint', 'aftersales.capa')
