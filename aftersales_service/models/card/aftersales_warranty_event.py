from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..base.roles import TEAM_LEAD
from ..policy.aftersales_warranty_term import TERM_KINDS

KINDS = [
    ('transfer', "New Owner"), ('void', "Voided"), ('reinstate', "Reinstated"),
    ('suspend', "Suspended"), ('resume', "Resumed"), ('goodwill', "Goodwill"),
    ('exchange', "Exchanged"), ('close', "Taken Back")]
STATES = [('proposed', "To Approve"), ('done', "Carried Out"), ('refused', "Refused")]
# what an agent may propose; what is not here happens by a document of its own
_PROPOSED_KINDS = frozenset({'transfer', 'void', 'reinstate', 'suspend', 'resume', 'goodwill'})
FOREVER = date.max


class AftersalesWarrantyEvent(models.Model):
    """What became of a promise besides its days: owners, voiding, suspension, gifts.

    Who proposed it on which evidence and who approved it stands here and is written by no
    one; the card is changed when the event is done.
    """

    _name = 'aftersales.warranty.event'
    _description = "History of a Warranty"
    _inherit = 'aftersales.protected.mixin'
    _order = 'id desc'
    _check_company_auto = True

    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", required=True, readonly=True,
        index=True, ondelete='cascade', protected='after')
    company_id = fields.Many2one(
        related='warranty_id.company_id', store=True, precompute=True, index=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default='proposed')
    date = fields.Date(string="From", required=True, readonly=True)
    date_end = fields.Date(
        string="Until", readonly=True, help="Last day of a suspension; empty: until resumed.")
    exclusion_id = fields.Many2one(
        'aftersales.warranty.exclusion', string="Ground", readonly=True,
        index='btree_not_null', ondelete='restrict')
    note = fields.Text(string="Reason", readonly=True)
    proof_ids = fields.Many2many(
        'ir.attachment', string="Evidence", readonly=True, bypass_search_access=True)
    user_id = fields.Many2one(
        'res.users', string="Registered by", readonly=True, default=lambda self: self.env.user)
    approver_id = fields.Many2one('res.users', string="Decided by", readonly=True)
    date_decided = fields.Datetime(string="Decided on", readonly=True)

    # New owner
    old_partner_id = fields.Many2one(
        'res.partner', string="Former Owner", readonly=True, index='btree_not_null')
    partner_id = fields.Many2one(
        'res.partner', string="New Owner", readonly=True, index='btree_not_null')

    # Goodwill and exchange
    cover_kind = fields.Selection(TERM_KINDS, string="Covers", readonly=True)
    main_part_ids = fields.Many2many('aftersales.main.part', string="Main Parts", readonly=True)
    months = fields.Integer(readonly=True)
    percent = fields.Float(string="Cover (%)", readonly=True)
    other_id = fields.Many2one(
        'aftersales.warranty', string="Other Card", readonly=True, index='btree_not_null')

    _dates_ordered = models.Constraint(
        'CHECK(date_end >= date)', "A suspension cannot end before it starts.")
    _proposed_idx = models.Index("(company_id) WHERE state = 'proposed'")

    @api.depends('kind', 'warranty_id')
    def _compute_display_name(self):
        kinds = dict(self._fields['kind']._description_selection(self.env))
        for event in self:
            event.display_name = ' · '.join(filter(None, [
                event.warranty_id.name, kinds.get(event.kind)]))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events._ensure_proven()
        for event in events.filtered('proof_ids'):
            # _ensure_own_files checked the files; readers of the card may read its evidence
            event.proof_ids.sudo().write({'res_model': self._name, 'res_id': event.id})
        return events

    # === ACTIONS === #

    def action_approve(self):
        """Let the proposed changes happen, on behalf of a team lead."""
        self._ensure_approver()
        self._decide('done')
        self._apply()

    def action_refuse(self):
        """Leave everything as it is, on behalf of a team lead."""
        self._ensure_approver()
        self._decide('refused')

    # === RULES === #

    def _ensure_approver(self):
        self.check_access('read')
        if not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Only a team lead can decide about a warranty: ask one to decide."))

    def _decide(self, state):
        decided = self.filtered(lambda event: event.state != 'proposed')
        if decided:
            raise UserError(self.env._(
                "This was decided already; reload to see the "
                "decision: %(card)s", card=decided[0].warranty_id.name))
        # _ensure_approver checked the right; users cannot write the history
        self.sudo().write({
            'state': state, 'approver_id': self.env.uid, 'date_decided': fields.Datetime.now()})

    def _ensure_proven(self):
        """Refuse a ground without evidence where the ground asks for it."""
        for event in self:
            ground = event.exclusion_id
            if event.kind in ('void', 'suspend') and ground.needs_evidence and (
                    not event.proof_ids):
                raise ValidationError(self.env._(
                    "“%(ground)s” needs evidence: attach a photo or a paper.",
                    ground=ground.name))

    def _needs_approval(self):
        """Return whether a team lead decides; any user makes a free change of owner."""
        self.ensure_one()
        if self.kind not in _PROPOSED_KINDS or self.env.su:
            return False
        rule = self.warranty_id.policy_id.transfer_rule
        is_free = self.kind == 'transfer' and rule != 'approval'
        return not is_free and not self.env.user.has_group(TEAM_LEAD)

    def _apply(self):
        """Change the cards as these decided events say."""
        for event in self:
            # _ensure_approver or _needs_approval checked the right; users cannot write covers
            getattr(event.sudo(), f'_apply_{event.kind}')()
            event.warranty_id.sudo()._message_log(body=event._get_sentence())

    def _get_sentence(self):
        """Return what happened, for the chatter of the card."""
        self.ensure_one()
        label = dict(self._fields['kind']._description_selection(self.env))[self.kind]
        reasons = filter(None, [self.exclusion_id.name, self.note])
        return " · ".join([label, fields.Date.to_string(self.date), *reasons])

    def _say_end(self):
        """Return why the promise ended by this event, in the reader's language."""
        self.ensure_one()
        if self.kind == 'exchange':
            return self.env._("Exchanged for %(card)s", card=self.other_id.name)
        if self.kind == 'transfer':
            return self.env._("The promise ends with the owner.")
        if self.kind == 'close':
            label = dict(self._fields['kind']._description_selection(self.env))[self.kind]
            return " · ".join(filter(None, [label, self.note]))
        return self.exclusion_id.name or self.note

    def _apply_void(self):
        card = self.warranty_id
        card._ensure_not_ended()
        card._end(self.date)

    def _apply_reinstate(self):
        """Take the last voiding back; a unit that was taken back stays so."""
        card = self.warranty_id
        ends = card.event_ids.filtered(
            lambda event: event.state == 'done' and event.kind in ('void', 'close', 'exchange'))
        if not card.void_date or ends[:1].kind != 'void':
            raise UserError(self.env._(
                "%(card)s was not voided, so it cannot be reinstated: choose another change.",
                card=card.name))
        card.cover_ids.filtered(
            lambda cover: cover.void_date == card.void_date).void_date = False
        card.void_date = False

    def _apply_suspend(self):
        card = self.warranty_id
        card._ensure_not_ended()
        last = self.date_end or FOREVER
        if any(first <= last and self.date <= until for first, until in card._get_pauses()):
            raise UserError(self.env._(
                "The warranty of %(card)s is suspended in this time already: choose another "
                "time.", card=card.name))
        card._set_pauses([*card._get_pauses(), (self.date, last)])
        card._move_covers()

    def _apply_resume(self):
        """Let the promise hold again from the day on."""
        card = self.warranty_id
        yesterday = fields.Date.subtract(self.date, days=1)
        running = [span for span in card._get_pauses() if span[1] >= self.date]
        if not running:
            raise UserError(self.env._(
                "The warranty of %(card)s is not suspended, so it cannot be "
                "resumed: choose another change.", card=card.name))
        kept = [span for span in card._get_pauses() if span not in running]
        kept += [(first, yesterday) for first, __ in running if first <= yesterday]
        card._set_pauses(kept)
        card._move_covers()

    def _apply_goodwill(self):
        # the reason is ours; the customer reads the name of the cover
        self.warranty_id._add_cover(
            'goodwill', name=self.env._("Goodwill"), kind=self.cover_kind, months=self.months,
            percent=self.percent, date_given=self.date, main_part_ids=self.main_part_ids.ids,
            has_labour=False)  # a gift is what it names

    def _apply_transfer(self):
        """Hand the unit over; by the policy its promise may end with the owner."""
        card = self.warranty_id
        if card.policy_id.transfer_rule == 'none' and not card.void_date:
            card._end(self.date)
        # what is said about the unit from now on is not the former owner's business: write revokes
        card.write({'partner_id': self.partner_id.id})
