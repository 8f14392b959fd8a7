from odoo import models


class AftersalesOrder(models.Model):
    """Service orders lead to the complaints that name them, and a discontent customer to one."""

    _name = 'aftersales.order'
    _inherit = ['aftersales.order', 'aftersales.complaint.button.mixin']

    _complaint_link = 'order_id'

    def _on_follow_up_result(self, result):
        res = super()._on_follow_up_result(result)
        if result == 'not_content':
            self.env['aftersales.complaint']._open_from_orders(self, 'follow_up', {
                order: order.follow_up_note or self.env._(
                    "In the call after the work the customer was not content.")
                for order in self})
        return res
