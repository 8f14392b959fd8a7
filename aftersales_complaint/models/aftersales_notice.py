from odoo import api, fields, models


class AftersalesNotice(models.Model):
    """A notice about an act of a complaint; one penalty at most refers to it."""

    _inherit = 'aftersales.notice'

    penalty_ids = fields.One2many(
        'aftersales.penalty', 'notice_id', string="Penalties", copy=False,
        groups='aftersales_conduct.group_conduct_officer')

    @api.model
    def _get_document_models(self):
        return (*super()._get_document_models(), 'aftersales.complaint')
