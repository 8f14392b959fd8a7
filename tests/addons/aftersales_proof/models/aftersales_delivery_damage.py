from odoo import models


class AftersalesDeliveryDamage(models.Model):
    """Damage on delivery is a case as soon as it is reported."""

    _inherit = 'aftersales.delivery.damage'

    def _on_reported(self):
        self.order_id._open_cases(self.env._("Damage"))
        return super()._on_reported()
