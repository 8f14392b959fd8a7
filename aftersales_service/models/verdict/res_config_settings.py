from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_cover_soon_days = fields.Integer(
        related='company_id.aftersales_cover_soon_days', readonly=False)
    aftersales_audit_share = fields.Float(
        related='company_id.aftersales_audit_share', readonly=False)
    aftersales_wrong_appraisal_fee = fields.Float(
        related='company_id.aftersales_wrong_appraisal_fee', readonly=False)
