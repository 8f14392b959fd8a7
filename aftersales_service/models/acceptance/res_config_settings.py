from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_code_minutes = fields.Integer(
        related='company_id.aftersales_code_minutes', readonly=False)
    aftersales_code_tries = fields.Integer(
        related='company_id.aftersales_code_tries', readonly=False)
    aftersales_code_limit = fields.Integer(
        related='company_id.aftersales_code_limit', readonly=False)
