from odoo import models


class AftersalesAccident(models.Model):
    """An accident is the beginning of a case."""

    _inherit = 'aftersales.accident'

    def _on_new_report(self):
        result = super()._on_new_report()
        # create checked the right to report
        self.sudo().order_id._open_cases(self.env._("Accident"))
        return result
