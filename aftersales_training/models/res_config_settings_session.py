from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_sign_in_minutes = fields.Integer(
        related='company_id.aftersales_sign_in_minutes', readonly=False)
    aftersales_exam_days = fields.Integer(
        related='company_id.aftersales_exam_days', readonly=False)
    aftersales_behaviour_days = fields.Char(
        related='company_id.aftersales_behaviour_days', readonly=False)
    aftersales_effect_days = fields.Integer(
        related='company_id.aftersales_effect_days', readonly=False)
    aftersales_reaction_target = fields.Float(
        related='company_id.aftersales_reaction_target', readonly=False)
    aftersales_gain_target = fields.Float(
        related='company_id.aftersales_gain_target', readonly=False)
