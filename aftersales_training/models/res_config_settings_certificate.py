from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_temporary_days = fields.Integer(
        related='company_id.aftersales_temporary_days', readonly=False)
    aftersales_exam_months = fields.Integer(
        related='company_id.aftersales_exam_months', readonly=False)
    aftersales_reminder_days = fields.Char(
        related='company_id.aftersales_reminder_days', readonly=False)
    aftersales_retest_days = fields.Integer(
        related='company_id.aftersales_retest_days', readonly=False)
    aftersales_calibration_days = fields.Integer(
        related='company_id.aftersales_calibration_days', readonly=False)
