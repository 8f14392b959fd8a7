from odoo import fields, models


class ResCompany(models.Model):
    """Times of claims, corrective actions and suggestions; the plans for a crisis."""

    _inherit = 'res.company'

    aftersales_claim_answer_days = fields.Integer(
        string="Days to Accept a Claim", default=7,
        help="Within these calendar days of its receipt a claim on us is accepted or refused.")
    aftersales_carrier_days = fields.Integer(
        string="Working Days of a Carrier", default=3,
        help="Within these working days a carrier answers a claim.")
    aftersales_carrier_days_complex = fields.Integer(
        string="Working Days of a Carrier (Complex)", default=7)
    aftersales_recovery_days = fields.Integer(
        string="Working Days of a Supplier", default=7,
        help="Within these working days a supplier answers a claim.")
    aftersales_recurrence_months = fields.Integer(
        string="Months of Recurrence", default=12,
        help="The same cause on the same product within these months opens a corrective action "
             "again.")
    aftersales_alarm_months = fields.Integer(
        string="Months of the Batch Alarm", default=12,
        help="Complaints of these months are compared by batch.")
    aftersales_alarm_count = fields.Integer(
        string="Complaints before an Alarm", default=3,
        help="Fewer complaints of one batch raise no alarm.")
    aftersales_suggestion_percent = fields.Float(
        string="Reward (% of the Benefit)", default=20.0,
        help="What a suggestion earns of the benefit that was measured.")
    aftersales_statement_hours = fields.Integer(
        string="Hours to the First Statement", default=24,
        help="Within these hours of a crisis a statement is given.")
    aftersales_drill_date = fields.Date(
        string="Last Drill", help="When the emergency plans were last practised.")
    aftersales_drill_months = fields.Integer(
        string="Months between Drills", default=12)

    _aftersales_improvement_positive = models.Constraint(
        'CHECK(aftersales_claim_answer_days > 0 AND aftersales_carrier_days > 0 AND '
        'aftersales_carrier_days_complex > 0 AND aftersales_recovery_days > 0 AND '
        'aftersales_recurrence_months >= 0 AND aftersales_alarm_months > 0 AND '
        'aftersales_alarm_count > 0 AND aftersales_suggestion_percent >= 0 AND '
        'aftersales_statement_hours > 0 AND aftersales_drill_months >= 0)',
        "Times and limits of claims and improvements must be positive.")
