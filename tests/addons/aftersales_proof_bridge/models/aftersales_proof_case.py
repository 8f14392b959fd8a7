from odoo import models


class AftersalesProofCase(models.Model):
    """Where both modules meet, a decision is noted on the order, too."""

    _inherit = 'aftersales.proof.case'

    def _on_decided(self):
        for case in self.filtered('order_id'):
            case.order_id._message_log(
                body=self.env._("Case %(name)s is decided.", name=case.name))
        return super()._on_decided()
