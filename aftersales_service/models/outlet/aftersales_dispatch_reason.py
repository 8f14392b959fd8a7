from odoo import fields, models


class AftersalesDispatchReason(models.TransientModel):
    """Asks why orders are declined, handed over, rejected, cancelled or planned again."""

    _name = 'aftersales.dispatch.reason'
    _description = "Reason for a Step of an Order"
    _inherit = 'aftersales.link.access.mixin'

    kind = fields.Selection(
        [('decline', "Decline"), ('hand_over', "Hand Over"), ('reject', "Reject"),
         ('cancel', "Cancel"), ('plan_again', "Plan Again")], required=True, readonly=True)
    order_ids = fields.Many2many('aftersales.order', required=True, link_access='read')
    eligible_ids = fields.Many2many('res.users', compute='_compute_eligible_ids')
    technician_id = fields.Many2one(
        'res.users', string="Next Technician", domain="[('id', 'in', eligible_ids)]",
        help="Empty: the orders wait for a technician again.")
    reason = fields.Char(required=True)

    def _compute_eligible_ids(self):
        for wizard in self:
            wizard.eligible_ids = self.env['res.users'].union(
                *(order._get_eligible_technicians() for order in wizard.order_ids))

    def action_confirm(self):
        """Do what was asked for; the orders check who may."""
        self.ensure_one()
        if self.kind == 'decline':
            self.order_ids.action_decline_offer(self.reason)
        elif self.kind == 'hand_over':
            self.order_ids.action_hand_over(self.reason, self.technician_id.id)
        elif self.kind == 'plan_again':
            self.order_ids.action_plan_again()
            self.order_ids._message_log_batch(dict.fromkeys(self.order_ids.ids, self.reason))
        else:
            self.order_ids.close_reason = self.reason
            self.order_ids._set_state({'reject': 'rejected', 'cancel': 'cancelled'}[self.kind])
        return {'type': 'ir.actions.act_window_close'}
