from odoo import models


class AftersalesOrder(models.Model):
    """Service orders lead to the complaints that name them."""

    _name = 'aftersales.order'
    _inherit = ['aftersales.order', 'aftersales.complaint.button.mixin']

    _complaint_link = 'order_id'
