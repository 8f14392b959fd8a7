from odoo import api, models


class AftersalesOrderPaperMixin(models.AbstractModel):
    """A document of a service order: the order shows its button once there is one.

    The order keeps a flag, so that reading it asks for no documents. The document names its
    order in ``order_id``.
    """

    _name = 'aftersales.order.paper.mixin'
    _description = "Document of a Service Order"

    # the protected field of the order that says that there is such a document
    _order_flag = None

    @api.model_create_multi
    def create(self, vals_list):
        papers = super().create(vals_list)
        papers._flag_orders()
        return papers

    def write(self, vals):
        result = super().write(vals)
        if vals.get('order_id'):
            self._flag_orders()
        return result

    def _flag_orders(self):
        # create and write checked the right to name the order
        orders = self.sudo().order_id.filtered(lambda order: not order[self._order_flag])
        if orders:
            orders[self._order_flag] = True
