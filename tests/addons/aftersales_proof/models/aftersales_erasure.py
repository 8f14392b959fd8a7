from odoo import api, fields, models


class AftersalesErasure(models.Model):
    """Cases are erased beside orders; their recordings have a column, their pagers none."""

    _inherit = 'aftersales.erasure'

    recording_count = fields.Integer(string="Recordings", readonly=True)

    @api.model
    def _get_documents(self):
        return [*super()._get_documents(),
                self.env['aftersales.proof.case'].with_context(active_test=False)]
