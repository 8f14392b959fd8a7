from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesCodeEntry(models.TransientModel):
    """Sends the customer the completion code and checks the code that the customer gives."""

    _name = 'aftersales.code.entry'
    _description = "Enter the Completion Code"
    _inherit = 'aftersales.link.access.mixin'

    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", required=True, readonly=True,
        link_access='write')
    code = fields.Char(string="Completion Code")
    message = fields.Char(readonly=True)

    def action_send(self):
        """Send a code and wait for it."""
        self.ensure_one()
        self.order_id._send_completion_code()
        self.message = self.env._("The code is on its way; ask the customer for it.")
        return self._reopen()

    def action_confirm(self):
        """Take the code; a wrong one is counted and may be tried again."""
        self.ensure_one()
        if not (self.code or '').strip():
            raise UserError(self.env._("Enter the code that the customer received."))
        refusal = self.order_id._accept_completion_code(self.code)
        if not refusal:
            return {'type': 'ir.actions.act_window_close'}
        # no exception: it would forget the try
        self.write({'message': refusal, 'code': False})
        return self._reopen()

    def _reopen(self):
        return self.order_id.action_enter_completion_code() | {'res_id': self.id}
