from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.policy.aftersales_warranty_term import COMPONENT, TERM_KINDS


class AftersalesWarrantyChange(models.TransientModel):
    """Asks what is to become of a unit's promise, why, and on which evidence.

    A team lead's change happens at once; that of another user waits for a team lead's approval.
    """

    _name = 'aftersales.warranty.change'
    _description = "Change a Warranty"
    _inherit = 'aftersales.link.access.mixin'

    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", required=True, readonly=True,
        link_access='write')
    company_id = fields.Many2one(related='warranty_id.company_id')
    kind = fields.Selection(
        [('transfer', "New Owner"), ('goodwill', "Give Goodwill"), ('suspend', "Suspend"),
         ('resume', "Resume"), ('void', "Void"), ('reinstate', "Reinstate")],
        required=True, readonly=True)
    date = fields.Date(string="From", required=True, default=fields.Date.context_today)
    date_end = fields.Date(string="Until", help="Empty: until it is resumed.")
    note = fields.Text(string="Reason")
    exclusion_id = fields.Many2one(
        'aftersales.warranty.exclusion', string="Ground",
        domain="[('id', 'in', ground_ids)]")
    ground_ids = fields.Many2many(
        'aftersales.warranty.exclusion', string="Grounds", compute='_compute_ground_ids')
    needs_evidence = fields.Boolean(related='exclusion_id.needs_evidence')
    proof_ids = fields.Many2many('ir.attachment', string="Evidence")
    partner_id = fields.Many2one('res.partner', string="New Owner")
    transfer_rule = fields.Selection(
        related='warranty_id.policy_id.transfer_rule', string="Rule for a New Owner")
    cover_kind = fields.Selection(
        TERM_KINDS, string="Covers", default='whole_unit')
    main_part_ids = fields.Many2many('aftersales.main.part', string="Main Parts")
    months = fields.Integer(default=12)
    percent = fields.Float(string="Cover (%)", default=100.0)
    is_approver = fields.Boolean(compute='_compute_is_approver')

    @api.depends('warranty_id')
    def _compute_ground_ids(self):
        """Offer the grounds of the policy and its law; all of them where they name none."""
        for change in self:
            change.ground_ids = self.env['aftersales.warranty.exclusion']._get_grounds(
                change.warranty_id.policy_id, change.company_id)

    @api.depends_context('uid')
    @api.depends('kind')
    def _compute_is_approver(self):
        is_lead = self.env.user.has_group('aftersales_service.group_aftersales_team_lead')
        for change in self:
            change.is_approver = is_lead or (
                change.kind == 'transfer' and change.transfer_rule != 'approval')

    def action_apply(self):
        """Do what was asked for, or propose it to a team lead."""
        self.ensure_one()
        getattr(self, f'_apply_{self.kind}')()
        return {'type': 'ir.actions.act_window_close'}

    def _apply_transfer(self):
        if not self.partner_id:
            raise UserError(self.env._("Choose the new owner."))
        self.warranty_id._transfer(self.partner_id, self.date, self.note)

    def _apply_goodwill(self):
        if self.cover_kind == COMPONENT and not self.main_part_ids:
            raise UserError(self.env._("Name the main parts that are covered."))
        parts = self.main_part_ids if self.cover_kind == COMPONENT else None
        self.warranty_id._give_goodwill(
            self.date, self.note, self.months, self.percent, self.cover_kind, parts)

    def _apply_void(self):
        self._ensure_ground()
        self.warranty_id._void(self.date, self.exclusion_id, self.note, self.proof_ids)

    def _apply_suspend(self):
        self._ensure_ground()
        self.warranty_id._suspend(
            self.date, self.exclusion_id, self.note, self.proof_ids, self.date_end)

    def _apply_resume(self):
        self.warranty_id._resume(self.date, self.note)

    def _apply_reinstate(self):
        if not self.note:
            raise UserError(self.env._("Enter why the warranty holds again."))
        self.warranty_id._reinstate(self.date, self.note)

    def _ensure_ground(self):
        if not self.exclusion_id:
            raise UserError(self.env._(
                "Choose the ground on which the warranty ends or is suspended."))
