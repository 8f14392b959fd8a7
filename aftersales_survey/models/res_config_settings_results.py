from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of figures."""

    _inherit = 'res.config.settings'

    aftersales_survey_minimum = fields.Integer(
        related='company_id.aftersales_survey_minimum', readonly=False)
