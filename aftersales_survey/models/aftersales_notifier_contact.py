from odoo import fields, models


class AftersalesNotifier(models.Model):
    """Customers hear of the contacts that a plan makes."""

    _inherit = 'aftersales.notifier'

    event = fields.Selection(
        selection_add=[('contact', "Contact after a Sale")], ondelete={'contact': 'cascade'})
