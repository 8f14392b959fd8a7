from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    training_renewal_days = fields.Integer(
        related='company_id.training_renewal_days', readonly=False)
    training_repeat_count = fields.Integer(
        related='company_id.training_repeat_count', readonly=False)
    training_repeat_days = fields.Integer(
        related='company_id.training_repeat_days', readonly=False)
