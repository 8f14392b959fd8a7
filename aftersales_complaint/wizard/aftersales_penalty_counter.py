from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.aftersales_penalty_acknowledgement import OFFICER


class AftersalesPenaltyCounter(models.TransientModel):
    """Propose a counter-entry: waive, give back or write off; another person approves it."""

    _name = 'aftersales.penalty.counter'
    _description = "Propose a Counter-Entry"
    _inherit = 'aftersales.link.access.mixin'

    penalty_id = fields.Many2one(
        'aftersales.penalty', required=True, ondelete='cascade', link_access='write',
        default=lambda self: self.env.context.get('active_id'))
    company_id = fields.Many2one(related='penalty_id.company_id')
    currency_id = fields.Many2one(related='penalty_id.currency_id')
    kind = fields.Selection(
        [('waiver', "Waive what is owed"), ('return', "Give back what was deducted"),
         ('write_off', "Write off what cannot be deducted")], required=True, default='waiver')
    amount = fields.Monetary(
        compute='_compute_amount', store=True, readonly=False, required=True)
    reason = fields.Char(required=True)

    @api.depends('penalty_id', 'kind')
    def _compute_amount(self):
        for wizard in self:
            penalty = wizard.penalty_id
            wizard.amount = penalty.amount_deducted - penalty.amount_returned if (
                wizard.kind == 'return') else penalty.amount_owed

    def action_propose(self):
        """Write the proposal into the ledger, where it counts once it is approved."""
        self.ensure_one()
        penalty = self.penalty_id
        penalty.check_access('write')
        if not self.env.su and not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Officers of penalties propose counter-entries."))
        if penalty.state not in ('approved', 'running', 'paid'):
            raise UserError(self.env._("The ledger of this penalty is not open."))
        # the right was checked above; the ledger is protected
        line = self.env['aftersales.penalty.line'].sudo().create(penalty._prepare_line_vals(
            self.kind, -self.amount if self.kind == 'return' else self.amount,
            reason=self.reason, state='proposed'))
        line._ensure_within_balance()
        return {'type': 'ir.actions.act_window_close'}
