from odoo import models


class AftersalesVisit(models.Model):
    _inherit = 'aftersales.visit'

    def _on_on_way(self):
        for visit in self:  # of each trip the customer hears once
            visit.order_ids[:1]._notify_customer('on_way', str(visit.id))
