from odoo import fields, models


class AftersalesDispatchRefusal(models.TransientModel):
    """An order that a bulk dispatch left alone, and why."""

    _name = 'aftersales.dispatch.refusal'
    _description = "Order Refused by a Bulk Dispatch"
    _inherit = 'aftersales.link.access.mixin'

    dispatch_id = fields.Many2one('aftersales.dispatch', required=True, ondelete='cascade')
    order_id = fields.Many2one('aftersales.order', string="Service Order", required=True,
                               ondelete='cascade', link_access='read')
    reason = fields.Char(required=True)
