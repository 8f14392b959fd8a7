from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..base.roles import TEAM_LEAD
from .aftersales_return_policy import FREIGHT_PAYERS

KINDS = [
    ('return', "Return of Goods"), ('exchange', "Exchange"), ('recall', "Recall"),
    ('vendor', "Return to the Maker")]
STATES = [
    ('request', "Requested"), ('authorised', "Authorised"), ('received', "Received"),
    ('inspected', "Inspected"), ('settled', "Settled"), ('refused', "Refused"),
    ('cancelled', "Withdrawn")]
# states in which a return takes its goods: they cannot be returned a second time
TAKEN_STATES = ('request', 'authorised', 'received', 'inspected', 'settled')
OPEN_STATES = TAKEN_STATES[:-1]


class AftersalesReturn(models.Model):
    """Goods that come back: what is owed for them, where they go, and what is settled.

    It owns the verdict, the inspection and the decision. The goods move by core transfers,
    the money by core credit notes, the replacement by a core sale order.
    """

    _name = 'aftersales.return'
    _description = "Return of Goods"
    _inherit = [
        'aftersales.photo.mixin', 'aftersales.state.mixin', 'portal.mixin', 'mail.thread',
        'mail.activity.mixin', 'aftersales.number.mixin', 'aftersales.revocation.mixin']
    _order = 'id desc'
    _check_company_auto = True
    _mail_post_access = 'read'  # customers may write about what they can read
    _is_visited_by_customers = True

    _TRANSITIONS = {
        'authorised': {'request'},
        'received': {'authorised'},
        'inspected': {'received'},
        'settled': {'inspected'},
        'refused': {'request'},
        'cancelled': {'request', 'authorised'},
    }
    _ACTORS = {'inspected': 'inspector_id'}
    _STAMPS = {
        'authorised': 'date_authorised', 'received': 'date_received',
        'inspected': 'date_inspected', 'settled': 'date_settled'}

    access_token = fields.Char(protected=True)  # a chosen one could be guessed
    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    rma = fields.Char(
        string="Authorisation Number", readonly=True, copy=False, index='trigram',
        tracking=True, help="Stands on the label of the parcel.", protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    kind = fields.Selection(KINDS, required=True, default='return', index=True)
    state = fields.Selection(
        STATES, default='request', required=True, readonly=True, index=True, copy=False,
        tracking=True, group_expand='_group_expand_state', protected=True)
    close_reason = fields.Char(
        string="Reason of Refusal", copy=False,
        help="Why the return is refused or cancelled; the customer reads it.")

    # Whose, and where it comes from
    partner_id = fields.Many2one(
        'res.partner', string="Customer", compute='_compute_partner_id', store=True,
        readonly=False, precompute=True, required=True, index=True, check_company=True)
    sale_order_id = fields.Many2one(
        'sale.order', index='btree_not_null', check_company=True)
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null',
        ondelete='restrict', check_company=True, link_access='write')
    outlet_id = fields.Many2one(
        'aftersales.outlet', compute='_compute_outlet_id', store=True, readonly=False,
        precompute=True, index='btree_not_null', check_company=True)
    user_id = fields.Many2one(
        'res.users', string="Responsible", default=lambda self: self.env.user, index=True,
        domain="[('share', '=', False)]")
    reason_id = fields.Many2one(
        'aftersales.return.reason', required=True, index=True,
        check_company=True)
    description = fields.Text(help="What the customer says.")
    is_portal = fields.Boolean(
        string="Asked on the Portal", readonly=True, copy=False, protected=True)

    # What is promised
    policy_id = fields.Many2one(
        'aftersales.return.policy', string="Return Policy", compute='_compute_policy_id',
        store=True, index='btree_not_null', help="The return policy that binds the first line.",
        protected=True)
    freight_payer = fields.Selection(
        FREIGHT_PAYERS[1:], string="Freight Paid by", compute='_compute_freight_payer',
        store=True, readonly=False)
    goodwill_reason = fields.Char(
        copy=False, help="Why the goods are taken back although no rule asks for it; "
                         "written by a team lead.", groups='base.group_user')
    goodwill_user_id = fields.Many2one(
        'res.users', string="Goodwill by", readonly=True, copy=False, protected=True)
    line_ids = fields.One2many('aftersales.return.line', 'return_id', string="Goods", copy=True)
    product_id = fields.Many2one(related='line_ids.product_id', string="Product")

    # When
    request_date = fields.Date(
        string="Requested on", required=True, default=fields.Date.context_today, copy=False,
        help="The day on which windows are judged.")
    date_authorised = fields.Datetime(
        string="Authorised on", readonly=True, copy=False, protected=True)
    date_received = fields.Datetime(string="Received on", readonly=True, copy=False, protected=True)
    date_inspected = fields.Datetime(
        string="Inspected on", readonly=True, copy=False, protected=True)
    date_settled = fields.Datetime(string="Settled on", readonly=True, copy=False, protected=True)
    inspector_id = fields.Many2one(
        'res.users', string="Inspected by", readonly=True, copy=False, protected=True)

    _name_company_uniq = models.Constraint(
        'UNIQUE(name, company_id)', "The number of a return must be unique per company.")

    # === COMPUTES === #

    @api.depends('sale_order_id', 'order_id')
    def _compute_partner_id(self):
        for record in self:
            # the desk reads no sale orders, but knows whose return it takes
            record.partner_id = record.partner_id or record.order_id.partner_id or (
                record.sale_order_id.sudo().partner_id)

    @api.depends('order_id')
    def _compute_outlet_id(self):
        for record in self:
            record.outlet_id = record.order_id.outlet_id or record.outlet_id

    @api.depends('line_ids.policy_id')
    def _compute_policy_id(self):
        for record in self:
            record.policy_id = record.line_ids.policy_id[:1]

    @api.depends('policy_id', 'reason_id', 'line_ids.basis')
    def _compute_freight_payer(self):
        """Where a fault or a recall brings the goods back, the seller pays the way.

        Without a reason the customer pays it (consumer law, art. 25), unless we promise more.
        """
        for record in self:
            payer = record.policy_id.freight_payer or 'fault'
            is_owed = bool({'warranty', 'recall'} & set(record.line_ids.mapped('basis')))
            if payer == 'fault':
                payer = ('customer' if record.reason_id.responsible == 'customer'
                         else 'company')
            record.freight_payer = (
                'company' if is_owed and not record._is_without_reason() else payer)

    def _is_without_reason(self):
        """Return whether nothing but the customer's wish brings the goods back."""
        self.ensure_one()
        reason = self.reason_id
        return reason.fault_kind == 'no_reason' and reason.responsible == 'customer'

    def _compute_access_url(self):
        super()._compute_access_url()
        for record in self:
            record.access_url = f'/my/returns/{record.id}'

    @api.model
    def _group_expand_state(self, values, domain):
        return [key for key, __ in STATES if key in OPEN_STATES]

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        returns = super().create(vals_list)
        returns._note_goodwill()
        # create checked the right; the order's page shows the way to its return
        returns.order_id.sudo().has_return = True
        return returns

    def write(self, vals):
        result = super().write(vals)
        if 'goodwill_reason' in vals:
            self._note_goodwill()
        if vals.keys() & {'reason_id', 'request_date', 'kind', 'order_id'}:
            self.line_ids._judge()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_moved(self):
        if self.filtered(lambda record: record.state not in ('request', 'refused', 'cancelled')):
            raise UserError(self.env._(
                "A return that was authorised stays on record: cancel it instead."))

    # === ACTIONS === #

    def action_authorise(self):
        """Accept the requests: give their numbers and announce the goods to the warehouse."""
        self._set_state('authorised')

    def action_refuse(self):
        """Refuse the requests, with the reason."""
        self._set_state('refused')

    def action_cancel(self):
        """Call the returns off; transfers that were announced are cancelled."""
        self._set_state('cancelled')

    def action_inspected(self):
        """Confirm grades and dispositions."""
        self._set_state('inspected')

    def action_settle(self):
        """Settle: credit notes, exchange orders, warranty cards and stock, all or nothing."""
        self._set_state('settled')

    def action_judge(self):
        """Decide on requests again, when facts have changed."""
        self.check_access('write')
        self.line_ids._judge()

    # === RULES === #

    def _get_locked_fields(self):
        """Keep what a return was authorised for; of closed ones only who is responsible changes."""
        locked = super()._get_locked_fields()
        if self.state not in OPEN_STATES:
            return self._get_all_but('user_id')
        return locked if self.state == 'request' else locked | {
            'kind', 'partner_id', 'sale_order_id', 'order_id', 'reason_id', 'request_date',
            'company_id', 'goodwill_reason'}

    def _get_locked_message(self):
        if self[0].state not in OPEN_STATES:
            return self.env._("These are closed")
        return self.env._("What was authorised cannot be changed any more")

    def _note_goodwill(self):
        """Note who takes goods back without a rule; only team leads may."""
        given = self.filtered('goodwill_reason')
        if given and not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Goodwill is decided by a team lead: ask one to give it."))
        # has_group checked the role above
        given.sudo().goodwill_user_id = self.env.user
        if not self.env.su:
            given.sudo()._note_requester()

    def _ensure_authorised(self):
        """Refuse what no rule gives, in the words of the rule."""
        self._refuse_where(lambda record: not record.line_ids, self.env._(
            "Say which goods are returned"))
        self.line_ids._ensure_units()
        self.line_ids._judge()
        self.line_ids._ensure_price_known()
        for line in self.line_ids:
            if objection := line._get_authorisation_objection():
                raise UserError(self.env._(
                    "%(number)s cannot be authorised: %(reason)s",
                    number=line.return_id.name, reason=objection))

    def _on_authorised(self):
        self._draw_numbers('rma', 'aftersales.return.rma')
        self._create_return_pickings()
        self._record_verdict()
        self._notify_of_decision()

    def _ensure_refused(self):
        self._refuse_where(
            lambda record: not (record.close_reason or '').strip(),
            self.env._("Say why the return is refused or cancelled"))

    def _on_refused(self):
        self._notify_of_decision()

    def _ensure_cancelled(self):
        self._ensure_refused()

    def _on_cancelled(self):
        self.picking_ids.filtered(lambda picking: picking.state != 'done').action_cancel()

    def _ensure_inspected(self):
        self.line_ids._ensure_inspected()

    def _on_inspected(self):
        self.activity_unlink(['mail.mail_activity_data_warning', 'mail.mail_activity_data_todo'])

    def _record_verdict(self):
        """Keep what was decided; the lines say it themselves, in each reader's language."""
