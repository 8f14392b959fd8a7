from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_quiet_start = fields.Float(
        related='company_id.aftersales_quiet_start', readonly=False)
    aftersales_quiet_end = fields.Float(
        related='company_id.aftersales_quiet_end', readonly=False)
    aftersales_message_attempts = fields.Integer(
        related='company_id.aftersales_message_attempts', readonly=False)
    aftersales_message_wait = fields.Integer(
        related='company_id.aftersales_message_wait', readonly=False)
