from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_claim_answer_days = fields.Integer(
        related='company_id.aftersales_claim_answer_days', readonly=False)
    aftersales_carrier_days = fields.Integer(
        related='company_id.aftersales_carrier_days', readonly=False)
    aftersales_carrier_days_complex = fields.Integer(
        related='company_id.aftersales_carrier_days_complex', readonly=False)
    aftersales_recovery_days = fields.Integer(
        related='company_id.aftersales_recovery_days', readonly=False)
    aftersales_recurrence_months = fields.Integer(
        related='company_id.aftersales_recurrence_months', readonly=False)
    aftersales_alarm_months = fields.Integer(
        related='company_id.aftersales_alarm_months', readonly=False)
    aftersales_alarm_count = fields.Integer(
        related='company_id.aftersales_alarm_count', readonly=False)
    aftersales_suggestion_percent = fields.Float(
        related='company_id.aftersales_suggestion_percent', readonly=False)
    aftersales_statement_hours = fields.Integer(
        related='company_id.aftersales_statement_hours', readonly=False)
    aftersales_drill_date = fields.Date(
        related='company_id.aftersales_drill_date', readonly=False)
    aftersales_drill_months = fields.Integer(
        related='company_id.aftersales_drill_months', readonly=False)
