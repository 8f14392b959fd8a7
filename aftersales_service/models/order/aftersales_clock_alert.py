from odoo import fields, models


class AftersalesClockAlert(models.Model):
    """Alerts are of service orders unless another document is chosen."""

    _inherit = 'aftersales.clock.alert'

    res_model = fields.Selection(default='aftersales.order')
