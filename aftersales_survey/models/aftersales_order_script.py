from odoo import api, fields, models


class AftersalesOrder(models.Model):
    """Why the customer calls, and what to ask: the script stands beside the words."""

    _inherit = 'aftersales.order'

    call_reason_id = fields.Many2one(
        'aftersales.call.reason', index='btree_not_null', check_company=True, copy=False,
        groups='base.group_user', help="Choose it to see what to ask, and what may help at once.")
    call_script = fields.Text(compute='_compute_call_script', groups='base.group_user')

    @api.depends('call_reason_id')
    @api.depends_context('lang')
    def _compute_call_script(self):
        for order in self:
            reason = order.call_reason_id
            order.call_script = "\n\n".join(filter(None, [
                reason.hint, reason.script_intake, reason.script_booking]))
