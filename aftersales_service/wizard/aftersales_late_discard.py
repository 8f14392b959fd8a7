from odoo import fields, models


class AftersalesLateDiscard(models.TransientModel):
    """Asks why late work is discarded."""

    _name = 'aftersales.late.discard'
    _description = "Discard Late Work"
    _inherit = 'aftersales.link.access.mixin'

    work_ids = fields.Many2many(
        'aftersales.late.work', string="Late Work", required=True, readonly=True,
        link_access='read')
    reason = fields.Char(required=True)

    def action_discard(self):
        """Discard the work from which the dialog was opened."""
        self.ensure_one()
        self.work_ids._discard(self.reason)
        return {'type': 'ir.actions.act_window_close'}
