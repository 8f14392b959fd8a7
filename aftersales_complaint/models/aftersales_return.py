from odoo import models


class AftersalesReturn(models.Model):
    """Returns lead to the complaints that name them."""

    _name = 'aftersales.return'
    _inherit = ['aftersales.return', 'aftersales.complaint.button.mixin']

    _complaint_link = 'return_id'
