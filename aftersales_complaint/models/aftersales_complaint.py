from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .aftersales_complaint_category import KINDS
from .aftersales_complaint_rule import CHANNELS, LEVELS
from .aftersales_complaint_stage import STATES

# kinds that ask for no answer to a demand, so that no customer's clock runs
QUIET_KINDS = frozenset({'praise', 'suggestion', 'anomaly'})


class AftersalesComplaint(models.Model):
    """What a customer complains of, from the first word to prevention.

    The case owns the demand, the answer and the promise until when. What happened to the unit
    belongs to service order, card and return; money to draft invoices; persons to penalties.
    """

    _name = 'aftersales.complaint'
    _description = "Complaint"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.photo.mixin', 'portal.mixin',
        'aftersales.mail.intake.mixin', 'mail.thread.cc',
        'mail.activity.mixin', 'mail.tracking.duration.mixin', 'aftersales.number.mixin',
        'aftersales.clock.mixin', 'aftersales.erasure.mixin', 'aftersales.revocation.mixin',
        'aftersales.notice.mixin', 'aftersales.protected.mixin', 'aftersales.notify.mixin']
    _order = 'level desc, date_deadline, id desc'
    _check_company_auto = True
    _mail_post_access = 'read'  # customers may add words to what they can read
    _is_mail_loop_guarded = True
    _is_visited_by_customers = True
    _rec_names_search = ['name', 'subject', 'phone']
    _track_duration_field = 'stage_id'
    _stage_field = 'stage_id'

    access_token = fields.Char(protected=True)  # one that somebody chose could be guessed
    name = fields.Char(
        string="Complaint Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    kind = fields.Selection(
        KINDS, compute='_compute_kind', store=True, readonly=False, precompute=True,
        required=True, tracking=True)
    category_id = fields.Many2one(
        'aftersales.complaint.category', index='btree_not_null', check_company=True)
    subject = fields.Char(index='trigram', help="In a few words.")
    description = fields.Text(string="In the Customer's Words")
    is_grievance = fields.Boolean(
        string="Grievance at the Outlet", tracking=True,
        help="The outlet settles it first, within its own time. What it does not settle becomes "
             "a complaint.")

    # Who complains, of what
    partner_id = fields.Many2one(
        'res.partner', string="Customer", compute='_compute_partner_id', store=True,
        readonly=False, precompute=True, check_company=True)  # indexed by _partner_idx
    commercial_partner_id = fields.Many2one(related='partner_id.commercial_partner_id')
    caller_name = fields.Char(
        string="Complainant", help="Who complains, if it is not the customer.")
    phone = fields.Char(
        compute='_compute_phone', store=True, readonly=False, precompute=True, index='trigram')
    phone_sanitized = fields.Char(
        string="Number in Full", compute='_compute_phone_sanitized', store=True,
        precompute=True, index='btree_not_null')
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", compute='_compute_order_id', store=True,
        readonly=False, precompute=True, index='btree_not_null', check_company=True,
        link_access='read')
    return_id = fields.Many2one(
        'aftersales.return', string="Linked Return", index='btree_not_null', check_company=True,
        link_access='read')
    accident_id = fields.Many2one(
        'aftersales.accident', string="Accident Report", index='btree_not_null',
        check_company=True, groups='base.group_user', link_access='read')
    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", compute='_compute_warranty_id',
        store=True, readonly=False, precompute=True, index='btree_not_null', check_company=True,
        link_access='read')
    serial = fields.Char(
        string="Serial Number", compute='_compute_serial', store=True, readonly=False,
        precompute=True, index='trigram')
    product_id = fields.Many2one(
        'product.product', compute='_compute_product_id', store=True, readonly=False,
        precompute=True, check_company=True)  # indexed by _product_idx
    batch = fields.Char(index='btree_not_null')
    sale_order_id = fields.Many2one(
        'sale.order', string="Sales Order", compute='_compute_sale_order_id', store=True,
        readonly=False, precompute=True, index='btree_not_null', check_company=True)
    date_shipped = fields.Date(string="Shipped on")
    quantity = fields.Float(string="Quantity Delivered")
    quantity_defective = fields.Float(string="Quantity Complained of")
    outlet_id = fields.Many2one(
        'aftersales.outlet', compute='_compute_outlet_id', store=True,
        readonly=False, precompute=True, index='btree_not_null', check_company=True,
        help="The outlet that is complained of, or that settles the grievance.")

    # The way it came in
    channel = fields.Selection(CHANNELS, default='phone', required=True)
    platform_number = fields.Char(
        string="Platform Order", compute='_compute_platform_number', store=True, readonly=False,
        precompute=True, index='btree_not_null')
    external_number = fields.Char(
        help="The number that the authority or platform gave it.")
    date_external_deadline = fields.Datetime(
        string="External Deadline", help="Until when the authority or platform wants an answer.")
    is_abroad = fields.Boolean(
        string="Abroad", compute='_compute_is_abroad', store=True, readonly=False,
        precompute=True)
    is_injury = fields.Boolean(string="Injury", tracking=True)
    is_media = fields.Boolean(
        string="Media", compute='_compute_is_media', store=True, readonly=False, precompute=True,
        groups='base.group_user')
    is_authority = fields.Boolean(
        string="Authority", compute='_compute_is_authority', store=True, readonly=False,
        precompute=True)
    is_leaving = fields.Boolean(string="Threatens to Leave", groups='base.group_user')
    is_abnormal = fields.Boolean(
        string="Abnormal Complaint", groups='base.group_user', tracking=True,
        help="Claims without proof, threats, demands far above the loss: a second person is "
             "present, answers are written, a lawyer reads them. The customer's rights stay.")
    abnormal_facts = fields.Text(
        string="Facts of an Abnormal Complaint", groups='base.group_user')

    # What is asked, offered and accepted
    wants_return = fields.Boolean(string="Return")
    wants_exchange = fields.Boolean(string="Exchange")
    wants_repair = fields.Boolean(string="Repair")
    wants_compensation = fields.Boolean(string="Compensation")
    wants_apology = fields.Boolean(string="Apology")
    amount_asked = fields.Monetary(string="Asked", help="What the customer asks for in money.")
    amount_offered = fields.Monetary(
        string="Offered", groups='base.group_user', tracking=True,
        help="What we propose to grant in money; who may approve it follows from the amount.")
    amount_accepted = fields.Monetary(
        string="Accepted by Customer", tracking=True, copy=False)
    offer = fields.Text(
        string="Proposal", groups='base.group_user', copy=False,
        help="What is proposed against what the customer asks for.")
    answer = fields.Text(
        string="Answer to the Customer", groups='base.group_user', copy=False,
        help="The customer reads it on the portal once the complaint is answered.")
    promise = fields.Char(
        string="Promised to the Customer", copy=False,
        help="What was promised, such as: the technician comes again.")
    date_promised = fields.Date(string="Promised until", copy=False)

    # How it is handled
    level = fields.Selection(
        LEVELS, compute='_compute_level', store=True, readonly=False, precompute=True,
        required=True, tracking=True, groups='base.group_user')
    flow = fields.Selection(
        [('fast', "Fast: solved at once"), ('full', "Full: eight steps")], default='full',
        required=True, readonly=True, copy=False, protected=True)
    stage_id = fields.Many2one(
        'aftersales.complaint.stage', required=True, copy=False,
        ondelete='restrict', tracking=True, group_expand='_read_group_expand_full',
        default=lambda self: self._default_stage_id())
    state = fields.Selection(
        STATES, compute='_compute_state', store=True, precompute=True, index=True,
        string="Status")
    step = fields.Integer(compute='_compute_step')
    user_id = fields.Many2one(
        'res.users', string="Handled by", default=lambda self: self._default_user_id(),
        index=True, tracking=True, domain=[('share', '=', False)], check_company=True)
    department_id = fields.Many2one(
        'hr.department', string="Unit", index='btree_not_null', check_company=True,
        tracking=True, copy=False, groups='base.group_user')
    unit_user_id = fields.Many2one(
        'res.users', string="Person of the Unit", index='btree_not_null', tracking=True,
        copy=False, domain=[('share', '=', False)], check_company=True,
        groups='base.group_user', help="Works on the complaint for the unit.")
    hop = fields.Selection(
        [('quality', "Quality"), ('production', "Production"), ('development', "Development"),
         ('check', "Check"), ('proposal', "Proposal")], string="With", copy=False,
        groups='base.group_user', tracking=True,
        help="Who has the sheet during the investigation; each has its own time.")
    cause = fields.Text(
        copy=False, groups='base.group_user',
        help="What quality assurance found: ask five times why.")
    cause_category = fields.Selection(
        [('design', "Design"), ('material', "Material or Supplier"),
         ('production', "Production"), ('transport', "Transport or Storage"),
         ('installation', "Installation"), ('service', "Service"), ('sales', "Sales"),
         ('use', "Use by the Customer"), ('other', "Other")], string="Class of the Cause",
        copy=False, groups='base.group_user')
    production_opinion = fields.Text(
        string="Production: Cause and Countermeasure", copy=False, groups='base.group_user')
    development_opinion = fields.Text(
        string="Development: Opinion", copy=False, groups='base.group_user')
    office_opinion = fields.Text(
        string="Office: Loss and Liability", copy=False, groups='base.group_user')
    is_founded = fields.Boolean(
        string="Founded", readonly=True, copy=False, protected=True, groups='base.group_user')
    judge_id = fields.Many2one(
        'res.users', string="Judged by", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    proposer_id = fields.Many2one(
        'res.users', string="Proposed by", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    offer_user_id = fields.Many2one(
        'res.users', string="Offer Written by", readonly=True, copy=False, protected=True,
        groups='base.group_user', help="Who wrote the offered amount that stands now.")
    approver_id = fields.Many2one(
        'res.users', string="Approved by", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    delay_reason = fields.Text(
        string="Reason of the Delay", copy=False,
        help="What we explained to the customer where the law's 15 days do not suffice.")
    rejection_reason = fields.Text(string="Why the Customer Rejects", copy=False)
    date_received = fields.Datetime(
        string="Received on", default=fields.Datetime.now, required=True, copy=False)
    received_day = fields.Date(
        string="Day Received", compute='_compute_received_day', store=True, precompute=True,
        protected=True)
    date_responded = fields.Datetime(
        string="First Response on", readonly=True, copy=False, protected=True)
    date_judged = fields.Datetime(
        string="Judged on", readonly=True, copy=False, protected=True)
    date_approved = fields.Datetime(
        string="Approved on", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    date_answered = fields.Datetime(
        string="Answered on", readonly=True, copy=False, protected=True)
    date_settled = fields.Datetime(
        string="Closed with Customer on", readonly=True, copy=False, protected=True)
    date_closed = fields.Datetime(
        string="Closed on", readonly=True, copy=False, protected=True)
    date_reported = fields.Datetime(
        string="Injury Reported on", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    reopen_count = fields.Integer(
        string="Reopened", readonly=True, copy=False, protected=True)
    reminder_count = fields.Integer(
        string="Reminders", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    repeat_count = fields.Integer(
        string="Earlier Complaints", compute='_compute_repeat_count', store=True,
        precompute=True, protected=True, groups='base.group_user',
        help="Of the same unit or customer within the company's period.")

    # Praise
    praised_person = fields.Char(string="Praised", groups='base.group_user')
    reward = fields.Char(groups='base.group_user')

    _name_company_uniq = models.Constraint(
        'UNIQUE(name, company_id)', "The complaint number must be unique per company.")
    _amounts_positive = models.Constraint(
        'CHECK(amount_asked >= 0 AND amount_offered >= 0 AND amount_accepted >= 0)',
        "What is asked, offered and accepted cannot be negative.")
    _quantities_positive = models.Constraint(
        'CHECK(quantity >= 0 AND quantity_defective >= 0)', "Quantities cannot be negative.")
    _order_idx = models.Index('(level DESC, date_deadline, id DESC)')
    # the board: each column's number and its first cases come from this index alone, also where
    # the rules of agents and units choose among them
    _board_idx = models.Index(
        '(stage_id, level DESC, date_deadline, id DESC)'
        ' INCLUDE (company_id, user_id, create_uid, unit_user_id, department_id, received_day)'
        ' WHERE date_closed IS NULL')
    # the latest complaints of a customer; how many there were is read from this index alone
    _partner_idx = models.Index(
        '(partner_id, date_received DESC, id DESC) INCLUDE (company_id, kind, state, product_id)'
        ' WHERE partner_id IS NOT NULL')
    _product_idx = models.Index('(product_id, company_id) WHERE product_id IS NOT NULL')
    # what was granted, for the price of the failures of a product
    _accepted_idx = models.Index('(product_id) WHERE amount_accepted > 0')
    # the few that are no complaints, for their filters
    _grievance_idx = models.Index(
        '(level DESC, date_deadline, id DESC) WHERE is_grievance IS TRUE')
    _quiet_idx = models.Index("(kind) WHERE kind IN ('praise', 'suggestion', 'anomaly')")
    # whether a product had the same cause before
    _cause_idx = models.Index(
        '(product_id, cause_category, date_received) WHERE cause_category IS NOT NULL')
    # volume by month, without the wide rows: pivot and graph read this index alone
    _received_idx = models.Index(
        '(received_day) INCLUDE (kind, level, stage_id, company_id)')

    # === DEFAULTS === #

    @api.model
    def _default_stage_id(self):
        return next(iter(self.env['aftersales.complaint.stage']._get_states()), False)

    @api.model
    def _default_user_id(self):
        """A colleague who writes a complaint down handles it; customers and mails do not."""
        return self.env.user if self.env.user._is_internal() and not self.env.su else False

    # === COMPUTES === #

    @api.depends('stage_id')
    def _compute_state(self):
        states = self.env['aftersales.complaint.stage']._get_states()
        for case in self:
            case.state = states.get(case.stage_id.id)

    @api.depends('stage_id')
    def _compute_step(self):
        steps = self.env['aftersales.complaint.stage']._get_steps()
        for case in self:
            case.step = steps.get(case.stage_id._origin.id, 0)

    @api.depends('category_id')
    def _compute_kind(self):
        for case in self:
            case.kind = case.category_id.kind or case.kind or 'quality'

    @api.depends('channel')
    def _compute_is_authority(self):
        for case in self:
            case.is_authority = case.channel == 'authority' or case.is_authority

    @api.depends('channel')
    def _compute_is_media(self):
        for case in self:
            case.is_media = case.channel == 'media' or case.is_media

    @api.depends('partner_id', 'company_id')
    def _compute_is_abroad(self):
        for case in self:
            country = case.partner_id.country_id
            case.is_abroad = bool(country) and country != case.company_id.country_id

    @api.depends('date_received', 'company_id')
    def _compute_received_day(self):
        for case in self:
            case.received_day = case.date_received and case.company_id._get_aftersales_day(
                case.date_received)

    @api.depends('name', 'subject')
    def _compute_display_name(self):
        for case in self:
            case.display_name = " · ".join(filter(None, (case.name, case.subject)))

    @api.model
    def _search_display_name(self, operator, value):
        """Find a whole number by its own index; a part of it by the trigrams."""
        name = value.strip() if operator == 'ilike' and isinstance(value, str) else ''
        if name and (found := self._search([('name', '=', name)], limit=1).get_result_ids()):
            return Domain('id', 'in', found)
        return super()._search_display_name(operator, value)

    def _compute_access_url(self):
        super()._compute_access_url()
        for case in self:
            case.access_url = f'/my/complaints/{case.id}'

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Name a case that has no subject by the customer's first words; then rules follow."""
        cases = super().create([
            {**vals, 'subject': self._shorten(vals['description'])}
            if vals.get('description') and not vals.get('subject') else vals
            for vals in vals_list])
        cases._start_missing_clocks({case: case.date_received for case in cases})
        cases._reset_level()
        cases.filtered('amount_offered')._note_offer_user()
        if not self.env.su:
            cases._ensure_may_accept()
        cases.filtered(lambda case: not case.partner_id)._create_missing_partners()
        cases._notify_registered()
        if any(case.amount_delay for case in cases.sudo()):
            cases._ensure_may_price_delay()
        return cases

    def write(self, vals):
        """Write between what rules compare with and what follows from the change."""
        photos = {case: case.sudo().photo_ids for case in self} if 'photo_ids' in vals else {}
        amounts = self._read_amounts(vals)
        checked = self._find_legally_checked(vals)
        self._ensure_hop_open(vals)
        outdated = self._find_outdated_answers(vals)
        result = super().write(vals)
        self._mark_answers(vals, outdated)
        self._follow_facts(vals)
        self._follow_crisis(vals, checked)
        self._follow_amounts(amounts)
        self._follow_cause(vals)
        self._follow_unit(vals)
        self._note_removed_photos(photos)
        return result

    def _creation_message(self):
        self.ensure_one()
        return self.env._("Complaint registered")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handled(self):
        kept = self.filtered(lambda case: case.state != 'new')
        if kept:
            raise UserError(self.env._(
                "Complaints that were judged stay as a proof and cannot be deleted: %(cases)s",
                cases=kept.mapped('display_name')))
