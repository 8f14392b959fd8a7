from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..base.roles import TEAM_LEAD


class AftersalesDeliveryDamage(models.Model):
    """Damage found when goods were delivered: what was seen, what the customer gets, and
    what the carrier owes.

    It proposes and decides; the exchange is made by a return, the allowance by a credit note.
    """

    _name = 'aftersales.delivery.damage'
    _description = "Damage on Delivery"
    _inherit = [
        'aftersales.credit.mixin', 'aftersales.photo.mixin', 'aftersales.state.mixin',
        'mail.thread', 'mail.activity.mixin', 'aftersales.legal.hold.part.mixin',
        'aftersales.number.mixin', 'aftersales.revocation.mixin']
    _order = 'id desc'
    _rec_names_search = ['name', 'claim_number']
    _check_company_auto = True
    _hold_field = 'order_id'

    _TRANSITIONS = {
        'reported': {'draft', 'decided'}, 'decided': {'reported'}, 'settled': {'decided'}}
    _STAMPS = {'decided': 'date_decided'}
    _ACTORS = {'decided': 'decided_by_id'}

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", required=True, index=True,
        ondelete='restrict', link_access='write')
    company_id = fields.Many2one(
        related='order_id.company_id', store=True, precompute=True, index=True)
    partner_id = fields.Many2one(related='order_id.partner_id', string="Customer")
    product_id = fields.Many2one(related='order_id.product_id')
    serial = fields.Char(related='order_id.serial')
    user_id = fields.Many2one(
        'res.users', string="Found by", default=lambda self: self.env.user, index=True)
    date_found = fields.Datetime(
        string="Found on", default=fields.Datetime.now, required=True, copy=False)
    state = fields.Selection(
        [('draft', "Draft"), ('reported', "Reported"), ('decided', "Decided"),
         ('settled', "Settled")],
        default='draft', required=True, readonly=True, index=True, copy=False, protected=True)

    # What was seen
    kind = fields.Selection(
        [('packing', "Packaging Damaged"), ('hidden', "Damage under Sound Packaging"),
         ('missing', "Goods or Accessories Missing"), ('wrong', "Wrong Goods")],
        default='packing', required=True)
    description = fields.Text(string="Damage", required=True)
    is_on_slip = fields.Boolean(
        string="Noted on the Slip", help="The damage stands on the paper that both signed.")

    # What the customer gets
    proposal = fields.Selection(
        [('exchange', "Exchange"), ('allowance', "Price Allowance"), ('repair', "Repair"),
         ('refuse', "No Remedy")], string="Proposed Settlement", copy=False)
    allowance = fields.Monetary(copy=False)
    currency_id = fields.Many2one(related='company_id.currency_id')
    reason = fields.Text(
        string="Reasons", copy=False, help="Needed where the customer gets no remedy.")
    decided_by_id = fields.Many2one(
        'res.users', string="Decided by", readonly=True, copy=False, protected=True)
    date_decided = fields.Datetime(string="Decided on", readonly=True, copy=False, protected=True)

    # What the carrier owes
    carrier_id = fields.Many2one(
        'res.partner', copy=False, check_company=True, help="Who brought the goods.")
    claim_number = fields.Char(copy=False, index='btree_not_null')
    claim_state = fields.Selection(
        [('none', "No Claim"), ('sent', "Sent"), ('accepted', "Acknowledged"),
         ('refused', "Refused")],
        string="Carrier Claim", default='none', required=True, copy=False)
    claim_date_limit = fields.Date(
        string="Claim before", compute='_compute_claim_date_limit', store=True,
        help="The last day on which the carrier must be notified.", protected=True)

    _allowance_positive = models.Constraint(
        'CHECK(allowance >= 0)', "A price allowance cannot be negative.")

    @api.depends('date_found')
    def _compute_claim_date_limit(self):
        for damage in self:
            days = timedelta(days=damage.company_id.aftersales_claim_days)
            damage.claim_date_limit = damage.date_found and (
                fields.Date.context_today(damage, damage.date_found) + days)

    @api.constrains('claim_state', 'carrier_id', 'claim_number')
    def _check_claim(self):
        for damage in self:
            if damage.claim_state != 'none' and not damage.carrier_id:
                raise ValidationError(self.env._(
                    "Say which carrier the claim goes to: %(damage)s", damage=damage.name))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        damages = super().create(vals_list)
        # the mark follows from the damage, which the user was allowed to report
        damages.order_id.sudo().has_damage = True
        return damages

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reported(self):
        self._refuse_where(
            lambda damage: damage.state != 'draft',
            self.env._("Only drafts can be deleted; these are reported"))

    # === ACTIONS === #

    def action_report(self):
        """Hand the damage in: those who may decide get an activity."""
        self._set_state('reported')

    def action_decide(self):
        """Settle what the customer gets."""
        self._set_state('decided')

    def action_settle(self):
        """Note that the customer and the carrier are settled with."""
        self._set_state('settled')

    def action_reopen(self):
        """Open a decision again."""
        self._set_state('reported')

    # === RULES === #

    @api.model
    def _get_decision_fields(self):
        """Return the fields that make up the decision: only a reported damage changes there."""
        return {'proposal', 'allowance', 'reason'}

    def _get_locked_fields(self):
        """Keep what was decided, and what it was decided on."""
        locked = super()._get_locked_fields()
        if self.state not in ('decided', 'settled'):
            return locked
        return locked | self._get_decision_fields() | {
            'order_id', 'kind', 'description', 'date_found', 'photo_ids'}

    def _get_locked_message(self):
        return self.env._("These are decided; reopen the decision first")

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if target == 'decided' or 'decided' in self.mapped('state'):
            self._ensure_may_decide()
        return result

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        if target == 'reported':
            vals.update(decided_by_id=False, date_decided=False)
        return vals

    def _ensure_reported(self):
        if any(not damage.photo_ids for damage in self):
            raise UserError(self.env._("Add a photo of the damage first."))

    def _ensure_may_decide(self):
        if not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Team leads decide what the customer gets for damage on delivery: ask one to "
                "decide."))

    def _ensure_decided(self):
        for damage in self:
            if not damage.proposal:
                raise UserError(self.env._("Choose what the customer gets first."))
            if damage.proposal == 'allowance' and not damage.allowance:
                raise UserError(self.env._("Say how large the price allowance is."))
            if damage.proposal == 'refuse' and not (damage.reason or '').strip():
                raise UserError(self.env._("Give the reasons why there is no remedy."))

    def _on_reported(self):
        """Ask those who may decide for a decision.

        Hook: called by the state mixin, as superuser, for a batch, after the state was written.
        What it raises undoes the step.
        """
        for damage in self:
            for user in damage._get_deciders():
                damage.activity_schedule(
                    'mail.mail_activity_data_todo', damage.claim_date_limit, user_id=user.id,
                    summary=self.with_context(lang=user.lang).env._(
                        "Decide on damage found on delivery"))

    def _get_deciders(self):
        """Return the company's dispatcher if they may decide, else its leads.

        Where there is no lead yet, the dispatcher or the order's handler gets the activity.
        """
        self.ensure_one()
        # _set_state checked the right to report; only the deciders' names are read
        company, order = self.sudo().company_id, self.sudo().order_id
        dispatcher, leads = company.aftersales_dispatcher_id, company._get_people_in(TEAM_LEAD)
        return dispatcher & leads or leads or dispatcher or order.user_id or self.env.user

    def _on_decided(self):
        """Close the activities of those who decide; documents are made by the buttons.

        Hook: called by the state mixin, as superuser, for a batch, after the state was written.
        What it raises undoes the step.
        """
        self.activity_feedback(['mail.mail_activity_data_todo'])

    def _get_report_base_filename(self):
        self.ensure_one()
        return (self.name or '').replace('/', '-')
