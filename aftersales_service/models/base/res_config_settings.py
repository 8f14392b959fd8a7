from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_card_cap = fields.Integer(
        related='company_id.aftersales_card_cap', readonly=False)
    aftersales_reminder_limit = fields.Integer(
        related='company_id.aftersales_reminder_limit', readonly=False)
    aftersales_reply_hours = fields.Float(
        related='company_id.aftersales_reply_hours', readonly=False)
    aftersales_repair_days = fields.Integer(
        related='company_id.aftersales_repair_days', readonly=False)
