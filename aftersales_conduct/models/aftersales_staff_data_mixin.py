from odoo import api, models
from odoo.fields import Domain


class AftersalesStaffDataMixin(models.AbstractModel):
    """A record about a member of staff, or of an outlet's, named by ``user_id``."""

    _name = 'aftersales.staff.data.mixin'
    _description = "Record about Staff"
    _inherit = 'aftersales.erasure.mixin'

    @api.model
    def _get_customer_domain(self, partners):
        """Find what is about these people, where they ask for the erasure."""
        return Domain('user_id.partner_id', 'in', partners.ids)
