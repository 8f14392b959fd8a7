from odoo import models


class AftersalesDispatch(models.TransientModel):
    _inherit = 'aftersales.dispatch'

    def _find_refusals(self):
        refusals = super()._find_refusals()
        if not self.is_moved_on:
            return refusals
        for order in self.order_ids:
            if order not in refusals and order._lacks_helper():
                refusals[order] = self.env._("Its goods need two people: name the second one.")
        return refusals
