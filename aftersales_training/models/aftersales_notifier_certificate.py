from odoo import fields, models


class AftersalesNotifier(models.Model):
    _inherit = 'aftersales.notifier'

    event = fields.Selection(
        selection_add=[('certificate_expiring', "Certificate Ends Soon")],
        ondelete={'certificate_expiring': 'cascade'})
