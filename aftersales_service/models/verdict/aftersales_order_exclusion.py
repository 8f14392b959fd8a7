from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..base.roles import TEAM_LEAD


class AftersalesOrderExclusion(models.Model):
    """A ground on which the warranty does not apply to one order, with its evidence.

    The technician or agent who finds it proposes it; a team lead approves it. The order is then
    paid, and the customer gets the reason before accepting the quotation.
    """

    _name = 'aftersales.order.exclusion'
    _description = "Exclusion of an Order"
    _inherit = [
        'aftersales.photo.mixin', 'aftersales.order.paper.mixin', 'aftersales.state.mixin',
        'aftersales.legal.hold.part.mixin', 'aftersales.protected.mixin']
    _order = 'id desc'
    _check_company_auto = True
    _hold_field = 'order_id'
    _order_flag = 'has_exclusion'

    _TRANSITIONS = {'approved': {'proposed'}, 'refused': {'proposed', 'approved'}}
    _STAMPS = {'approved': 'date_decided', 'refused': 'date_decided'}

    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", required=True, index=True,
        ondelete='cascade', protected='after', link_access='write')
    company_id = fields.Many2one(
        related='order_id.company_id', store=True, precompute=True, index=True)
    warranty_id = fields.Many2one(related='order_id.warranty_id')
    exclusion_id = fields.Many2one(
        'aftersales.warranty.exclusion', string="Ground", required=True, index=True,
        ondelete='restrict',
        domain="[('id', 'in', ground_ids)]")
    ground_ids = fields.Many2many(
        'aftersales.warranty.exclusion', string="Grounds", compute='_compute_ground_ids')
    article = fields.Char(related='exclusion_id.article')
    needs_evidence = fields.Boolean(related='exclusion_id.needs_evidence')
    note = fields.Text(string="What Was Found")
    user_id = fields.Many2one(
        'res.users', string="Proposed by", required=True, readonly=True,
        default=lambda self: self.env.user, copy=False, protected=True)
    state = fields.Selection(
        [('proposed', "Proposed"), ('approved', "Approved"), ('refused', "Refused")],
        default='proposed', required=True, readonly=True, index=True, copy=False, protected=True)
    approver_id = fields.Many2one(
        'res.users', string="Decided by", readonly=True, copy=False, protected=True)
    date_decided = fields.Datetime(string="Decided on", readonly=True, copy=False, protected=True)

    _ground_uniq = models.Constraint(
        'UNIQUE(order_id, exclusion_id)', "This ground is proposed for the order already.")

    @api.depends('order_id')
    def _compute_ground_ids(self):
        """Offer the grounds of the unit's policy and its law; all where they name none."""
        for exclusion in self:
            # the ORM checked access to the exclusion; the user need not read policies
            order = exclusion.sudo().order_id
            exclusion.ground_ids = exclusion.sudo().exclusion_id._get_grounds(
                order.warranty_id.policy_id, order.company_id)

    @api.constrains('exclusion_id', 'order_id')
    def _check_ground(self):
        """Take only grounds of the unit's policy and its law, where they name some."""
        for exclusion in self:
            # the ORM checked access to the exclusion; the user need not read policies
            policy = exclusion.sudo().order_id.warranty_id.policy_id
            grounds = policy._get_exclusions() if policy else exclusion.exclusion_id
            if grounds and exclusion.exclusion_id not in grounds:
                raise ValidationError(self.env._(
                    "“%(ground)s” is no ground of the policy %(policy)s.",
                    ground=exclusion.exclusion_id.name, policy=policy.name))

    @api.depends('order_id', 'exclusion_id')
    def _compute_display_name(self):
        for exclusion in self:
            exclusion.display_name = " · ".join(filter(None, (
                exclusion.order_id.name, exclusion.exclusion_id.name)))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        exclusions = super().create(vals_list)
        exclusions.order_id.sudo()._ensure_open_for_verdict()
        return exclusions

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._refuse_where(
            lambda exclusion: exclusion.state != 'proposed', self._get_locked_message())

    # === ACTIONS === #

    def action_approve(self):
        """Keep the order out of the warranty and send the customer the reason."""
        self._set_state('approved')

    def action_refuse(self):
        """Let the warranty help after all."""
        self._set_state('refused')

    # === RULES === #

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        return locked if self.state == 'proposed' else self._get_all_but()

    def _get_locked_message(self):
        return self.env._("These exclusions are decided and cannot be changed")

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Only team leads can approve or refuse exclusions: ask one to decide."))
        return result

    def _ensure_approved(self):
        for exclusion in self:
            if exclusion.needs_evidence and not exclusion.photo_ids:
                raise UserError(self.env._(
                    "“%(ground)s” needs a photo that proves it before it is approved.",
                    ground=exclusion.exclusion_id.name))
        # of the order only whether its work is done is read
        self.order_id.sudo()._ensure_open_for_verdict()

    def _ensure_refused(self):
        # of the order only whether its work is done is read
        self.order_id.sudo()._ensure_open_for_verdict()

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        return {**vals, 'approver_id': self.env.uid}

    def _on_approved(self):
        self.order_id._set_excluded()
        for exclusion in self:
            exclusion._notify_of_exclusion()

    def _on_refused(self):
        self.order_id._set_excluded()

    def _get_article(self):
        """Return the ground as a verdict names it: its clause, and what it is."""
        self.ensure_one()
        ground = self.exclusion_id
        return " · ".join(filter(None, (ground.article, ground.name)))

    def _notify_of_exclusion(self):
        """Write to the customer, in the customer's language, why the repair is paid."""
        self.ensure_one()
        order = self.order_id
        said = self.with_context(lang=order.partner_id.lang or self.env.lang)
        body = said.env._(
            "The warranty does not cover this repair: %(ground)s. The repair is paid: you get "
            "a quotation first and decide.", ground=said._get_article())
        order.message_post(
            body=body, message_type='comment', subtype_xmlid='mail.mt_comment',
            partner_ids=order.partner_id.ids)
