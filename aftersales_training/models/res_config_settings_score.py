from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_score_day = fields.Integer(
        related='company_id.aftersales_score_day', readonly=False)
    aftersales_score_comment_days = fields.Integer(
        related='company_id.aftersales_score_comment_days', readonly=False)
    aftersales_score_objection_days = fields.Integer(
        related='company_id.aftersales_score_objection_days', readonly=False)
    aftersales_score_correction_months = fields.Integer(
        related='company_id.aftersales_score_correction_months', readonly=False)
    aftersales_rank_minimum = fields.Integer(
        related='company_id.aftersales_rank_minimum', readonly=False)
    aftersales_score_minimum_weight = fields.Float(
        related='company_id.aftersales_score_minimum_weight', readonly=False)
