from odoo import fields, models


class AftersalesTrainingSession(models.Model):
    """The needs that a session is for."""

    _inherit = 'aftersales.training.session'

    need_ids = fields.One2many('aftersales.training.need', 'session_id', string="Needs")

    def _on_state_changed(self, target):
        result = super()._on_state_changed(target)
        if target == 'cancelled':
            # called as superuser; the needs wait for another session
            self.need_ids.filtered(lambda need: not need.date_closed).session_id = False
        return result
