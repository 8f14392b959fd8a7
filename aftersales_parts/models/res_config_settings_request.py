from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of part requests."""

    _inherit = 'res.config.settings'

    aftersales_part_return_days = fields.Integer(
        related='company_id.aftersales_part_return_days', readonly=False)
    aftersales_loan_days = fields.Integer(
        related='company_id.aftersales_loan_days', readonly=False)
