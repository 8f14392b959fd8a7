from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    aftersales_staff_record_days = fields.Integer(
        related='company_id.aftersales_staff_record_days', readonly=False)
