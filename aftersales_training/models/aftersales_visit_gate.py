from odoo import models


class AftersalesVisit(models.Model):
    """The phone's door of the gate: who lost a licence since the dispatch does not set off."""

    _inherit = 'aftersales.visit'

    def _on_mobile_set_off(self, order, payload, moment):
        self._get_unsettled_orders()._ensure_qualified(is_new=False)
        return super()._on_mobile_set_off(order, payload, moment)
