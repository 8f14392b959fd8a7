from odoo import models


class AftersalesVisit(models.Model):
    _inherit = 'aftersales.visit'

    def _set_state(self, target, moment=None):
        result = super()._set_state(target, moment)
        if target == 'on_way':
            for visit in self:  # of each trip the customer hears once
                visit.order_ids[:1]._notify_customer('on_way', str(visit.id))
        return result
