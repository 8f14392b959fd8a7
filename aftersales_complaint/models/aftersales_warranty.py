from odoo import models


class AftersalesWarranty(models.Model):
    """Warranty cards lead to the complaints that name them."""

    _name = 'aftersales.warranty'
    _inherit = ['aftersales.warranty', 'aftersales.complaint.button.mixin']

    _complaint_link = 'warranty_id'
