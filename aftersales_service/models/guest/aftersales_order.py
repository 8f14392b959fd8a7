from odoo import api, fields, models


class AftersalesOrder(models.Model):
    """What a visitor of a unit's page asks for, without a login."""

    _inherit = 'aftersales.order'

    channel = fields.Selection(
        selection_add=[('qr', "Code on the Unit")], ondelete={'qr': 'set default'})

    @api.model
    def _get_portal_request_domain(self):
        return ['|', ('channel', '=', 'qr'), *super()._get_portal_request_domain()]
