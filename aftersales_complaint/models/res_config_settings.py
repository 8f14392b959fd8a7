from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The days and limits of complaints, claims and improvements."""

    _inherit = 'res.config.settings'

    complaint_repeat_days = fields.Integer(
        related='company_id.complaint_repeat_days', readonly=False)
    complaint_rating_limit = fields.Integer(
        related='company_id.complaint_rating_limit', readonly=False)
    complaint_linked_days = fields.Integer(
        related='company_id.complaint_linked_days', readonly=False)
    complaint_first_contact_days = fields.Integer(
        related='company_id.complaint_first_contact_days', readonly=False)
    complaint_second_contact_days = fields.Integer(
        related='company_id.complaint_second_contact_days', readonly=False)
    is_complaint_two_persons = fields.Boolean(
        related='company_id.is_complaint_two_persons', readonly=False)
    complaint_review_day = fields.Integer(
        related='company_id.complaint_review_day', readonly=False)
    complaint_retention_days = fields.Integer(
        related='company_id.complaint_retention_days', readonly=False)
    complaint_injury_days = fields.Integer(
        related='company_id.complaint_injury_days', readonly=False)
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
