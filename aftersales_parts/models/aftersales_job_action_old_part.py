from odoo import fields, models


class AftersalesJobAction(models.Model):
    """What a phone notes of old parts."""

    _inherit = 'aftersales.job.action'

    kind = fields.Selection(
        selection_add=[('old_parts', "Old Parts Chosen")], ondelete={'old_parts': 'cascade'})
