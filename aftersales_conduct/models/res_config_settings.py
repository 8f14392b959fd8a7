from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_statement_days = fields.Integer(
        related='company_id.aftersales_statement_days', readonly=False)
    aftersales_appeal_days = fields.Integer(
        related='company_id.aftersales_appeal_days', readonly=False)
