from odoo import fields, models
from odoo.tools import ormcache


class AftersalesOrderType(models.Model):
    _inherit = 'aftersales.order.type'

    has_costs = fields.Boolean(
        string="Costs Are Recorded",
        help="When the work is done, the activities of the return are charged to the order.")

    @ormcache('self.id')
    def _charges_costs(self):
        """Tell whether orders of this type are charged by activities when they are done."""
        # the flow is the same for everybody
        return self.sudo().has_costs
