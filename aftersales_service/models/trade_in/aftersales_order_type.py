from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesOrderType(models.Model):
    _inherit = 'aftersales.order.type'

    is_pickup = fields.Boolean(
        string="Fetches Goods", help="Old or returned units are fetched by orders of this type.")

    @api.model
    def _get_pickup_type(self, company):
        """Return the first type that fetches goods for a company."""
        found = self.search(
            [('is_pickup', '=', True), ('company_id', 'in', [False, company.id])], limit=1)
        if not found:
            raise UserError(self.env._(
                "No order type fetches goods: mark one in the configuration."))
        return found
