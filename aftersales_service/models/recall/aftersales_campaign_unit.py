from odoo import api, fields, models
from odoo.exceptions import UserError

from .aftersales_campaign import OPEN_UNIT_STATES

UNIT_STATES = [
    ('open', "Not Notified"),
    ('notified', "Notified"),
    ('planned', "Planned"),
    ('done', "Done"),
    ('refused', "Refused"),
    ('unreachable', "Not Reached"),
]


class AftersalesCampaignUnit(models.Model):
    """One warranty card in one campaign: how its owner was notified and what was done.

    A card is in a campaign once. The work is the service order's: when that is done, so is
    the unit.
    """

    _name = 'aftersales.campaign.unit'
    _description = "Unit of a Recall"
    _inherit = ['aftersales.legal.hold.part.mixin', 'aftersales.protected.mixin']
    _hold_field = 'order_id'
    _order = 'campaign_id desc, id'
    _rec_names_search = ['serial']
    _check_company_auto = True

    campaign_id = fields.Many2one(
        'aftersales.campaign', required=True, readonly=True, index=True, ondelete='cascade',
        protected='after')
    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", required=True, readonly=True,
        index=True, ondelete='restrict', check_company=True, protected='after',
        link_access='read')
    company_id = fields.Many2one(
        related='campaign_id.company_id', store=True, precompute=True, index=True,
        protected=True)
    partner_id = fields.Many2one(
        related='warranty_id.partner_id', string="Owner", store=True, precompute=True,
        index='btree_not_null', protected=True)
    product_id = fields.Many2one(
        related='warranty_id.product_id', store=True, precompute=True, index=True,
        protected=True)
    serial = fields.Char(
        related='warranty_id.serial', string="Serial Number", store=True, precompute=True,
        index='trigram', protected=True)
    state = fields.Selection(
        UNIT_STATES, default='open', required=True, readonly=True, index=True, copy=False,
        protected=True)
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", readonly=True, index='btree_not_null',
        copy=False, check_company=True, protected=True)
    note = fields.Char(help="What the customer said, or how you tried to reach them.")

    # Letters
    date_letter_due = fields.Datetime(
        string="Letter Queued on", readonly=True, copy=False, protected=True)
    date_notified = fields.Datetime(string="Notified on", readonly=True, copy=False, protected=True)
    date_delivered = fields.Datetime(
        string="Letter Received on", readonly=True, copy=False, protected=True)
    reminder_count = fields.Integer(
        string="Reminders Sent", readonly=True, copy=False, protected=True)
    date_done = fields.Datetime(string="Done on", readonly=True, copy=False, protected=True)

    _card_uniq = models.Constraint(
        'UNIQUE(campaign_id, warranty_id)', "This card is in the campaign already.")
    _letter_idx = models.Index('(date_letter_due) WHERE date_letter_due IS NOT NULL')
    _state_idx = models.Index('(campaign_id, state)')

    @api.depends('campaign_id', 'serial', 'product_id')
    def _compute_display_name(self):
        for unit in self:
            unit.display_name = " · ".join(filter(None, [
                unit.campaign_id.name, unit.product_id.display_name, unit.serial]))

    # === ACTIONS === #

    def action_create_orders(self):
        """Make the service orders of these units and show them."""
        orders = self.filtered(
            lambda unit: unit.state in OPEN_UNIT_STATES)._create_orders()
        return (orders or self.order_id)._get_records_action(name=self.env._("Service Orders"))

    def action_send_letters(self):
        """Queue the letter to the owners of these units, or send it once more."""
        self._ensure_runs()
        self._queue_letters()

    def action_mark_delivered(self):
        """Note that the owners received the printed letter."""
        self._note(date_delivered=fields.Datetime.now())

    def action_refuse(self):
        """Note that the owners want nothing done."""
        self._close('refused')

    def action_unreachable(self):
        """Note that the owners cannot be found."""
        self._close('unreachable')

    def action_reopen(self):
        """Take up units again whose owners refused or were not reached."""
        lost = self.filtered(lambda unit: unit.state in ('refused', 'unreachable'))
        for was_notified, units in lost.grouped(lambda unit: bool(unit.date_notified)).items():
            units._note(state='notified' if was_notified else 'open')

    # === RULES === #

    def _note(self, **vals):
        """Write what happened to these units; the fields are protected from entry."""
        self.check_access('write')
        # check_access checked the right; state and dates follow from what was done
        self.sudo().write(vals)

    def _close(self, state):
        """Close units for which nothing will be done; those planned or done are refused."""
        fixed = self.filtered(lambda unit: unit.state in ('planned', 'done'))
        if fixed:
            raise UserError(self.env._(
                "There is a service order already, cancel it first: %(units)s",
                units=fixed.mapped('display_name')))
        self._note(state=state, date_letter_due=False)

    def _ensure_runs(self):
        self.check_access('write')
        self.campaign_id._ensure_runs()

    def _create_orders(self):
        """Make one service order for each of these units, in one batch; return the orders.

        The customers hear of it by the letter of the campaign, not by a receipt.
        """
        self._ensure_runs()
        if any(unit.state not in OPEN_UNIT_STATES for unit in self):
            raise UserError(self.env._(
                "Only units that are still open get a service order: leave the others out."))
        self.campaign_id.fetch(['name', 'title', 'severity', 'type_id', 'is_free'])
        # the campaign says where they come from; thousands of orders get no follower
        orders = self.env['aftersales.order']
        orders.check_access('create')
        common = {campaign: campaign._prepare_order_vals() for campaign in self.campaign_id}
        # check_access checked the right; the campaign, which decides who pays, is protected
        orders = orders.sudo().with_context(tracking_disable=True).create([
            {**common[unit.campaign_id], 'warranty_id': unit.warranty_id.id}
            for unit in self]).with_env(self.env)
        units = self.sudo()
        units.write({'state': 'planned', 'date_letter_due': False})
        for unit, order in zip(units, orders, strict=True):
            unit.order_id = order
        return orders

    def _request_from_portal(self):
        """Make the order that the owner asked for on the portal; return it.

        The page has checked that the card is the user's.
        """
        self.ensure_one()
        if self.state not in OPEN_UNIT_STATES or self.campaign_id.state != 'running':
            raise UserError(self.env._(
                "The recall work on this unit cannot be requested any more: call us if it was "
                "not done."))
        # the unit is the visitor's own: the page checked it
        order = self.sudo()._create_orders()
        order.channel = order._get_portal_channel(order.partner_id)
        return order

    def _on_order_state(self, target):
        """Follow the service order: done, refused by us, or called off."""
        if target == 'done':
            self.write({'state': 'done', 'date_done': fields.Datetime.now()})
        elif target in ('cancelled', 'rejected'):
            for was_notified, units in self.grouped(lambda unit: bool(unit.date_notified)).items():
                units.state = 'notified' if was_notified else 'open'
        elif target == 'registered':
            self.state = 'planned'
