from odoo import fields, models


class AftersalesNotifier(models.Model):
    _inherit = 'aftersales.notifier'

    event = fields.Selection(
        selection_add=[('guest_code', "Code for a Visitor's Phone")],
        ondelete={'guest_code': 'cascade'})
