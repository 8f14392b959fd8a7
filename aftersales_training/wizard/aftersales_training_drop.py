from odoo import fields, models


class AftersalesTrainingDrop(models.TransientModel):
    """The reason for which training needs are not followed up."""

    _name = 'aftersales.training.drop'
    _description = "Drop Training Needs"

    need_ids = fields.Many2many('aftersales.training.need', required=True)
    reason = fields.Char(required=True)

    def action_drop(self):
        """Drop the needs, and with the same evidence they are not proposed again."""
        self.need_ids._drop(self.reason)
        return {'type': 'ir.actions.act_window_close'}
