from odoo import api, models


class AftersalesOrder(models.Model):
    """An order whose visits change asks who may go to it."""

    _inherit = 'aftersales.order'

    @api.constrains('visit_ids')
    def _check_visitors_qualified(self):
        # only what these orders ask for is judged; who may link a visit may know of it
        self.sudo().visit_ids.sudo(self.env.su)._ensure_technician_qualified()

    def _ensure_visitors_qualified(self):
        result = super()._ensure_visitors_qualified()
        self.sudo().visit_ids._ensure_technician_qualified(is_new=False)
        return result
