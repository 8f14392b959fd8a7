from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_temporary_days = fields.Integer(
        related='company_id.aftersales_temporary_days', readonly=False)
    aftersales_exam_months = fields.Integer(
        related='company_id.aftersales_exam_months', readonly=False)
