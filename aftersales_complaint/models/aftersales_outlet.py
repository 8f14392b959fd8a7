from odoo import models


class AftersalesOutlet(models.Model):
    """Outlets lead to the complaints that name them."""

    _name = 'aftersales.outlet'
    _inherit = ['aftersales.outlet', 'aftersales.complaint.button.mixin']

    _complaint_link = 'outlet_id'
