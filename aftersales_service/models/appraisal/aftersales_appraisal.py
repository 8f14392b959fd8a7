from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..base.roles import TEAM_LEAD

FREE_REMEDIES = ('refund', 'exchange', 'repair', 'reduction')
NEEDED = ('test_results', 'responsibility', 'conclusion', 'remedy')


class AftersalesAppraisal(models.Model):
    """The fault appraisal sheet of a unit: what is broken, who answers for it, what is owed.

    In the first days, when the customer may ask for money or another unit at once, an
    authorised outlet issues it alone; later a team lead approves it. It decides; goods and
    money move with the return that follows.
    """

    _name = 'aftersales.appraisal'
    _description = "Fault Appraisal Sheet"
    _inherit = [
        'aftersales.credit.mixin', 'aftersales.photo.mixin', 'aftersales.order.paper.mixin',
        'aftersales.state.mixin', 'mail.thread', 'mail.activity.mixin', 'aftersales.number.mixin',
        'aftersales.revocation.mixin']
    _order = 'id desc'
    _is_visited_by_customers = True
    _check_company_auto = True
    _order_flag = 'has_appraisal'

    _TRANSITIONS = {
        'submitted': {'draft'}, 'issued': {'draft', 'submitted'}, 'refused': {'submitted'},
        'draft': {'refused'}, 'cancelled': {'draft', 'submitted', 'refused'}}
    _STAMPS = {'issued': 'date_issued'}
    _ACTORS = {'issued': 'issuer_id'}

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', compute='_compute_company_id', store=True, readonly=False,
        precompute=True, required=True, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    state = fields.Selection(
        [('draft', "Draft"), ('submitted', "To Approve"), ('issued', "Issued"),
         ('refused', "Refused"), ('cancelled', "Withdrawn")],
        default='draft', required=True, readonly=True, index=True, copy=False, tracking=True,
        protected=True)

    # The unit
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null',
        ondelete='restrict', check_company=True, link_access='write')
    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", compute='_compute_order', store=True,
        readonly=False, precompute=True, required=True, index=True, check_company=True,
        link_access='read')
    product_id = fields.Many2one(related='warranty_id.product_id')
    serial = fields.Char(related='warranty_id.serial')
    partner_id = fields.Many2one(
        'res.partner', string="Customer", compute='_compute_order', store=True,
        readonly=False, precompute=True, index='btree_not_null', check_company=True)
    outlet_id = fields.Many2one(
        'aftersales.outlet', compute='_compute_order', store=True, readonly=False,
        precompute=True, index='btree_not_null', check_company=True)
    user_id = fields.Many2one(
        'res.users', string="Appraised by", required=True, default=lambda self: self.env.user,
        index=True, copy=False)
    day = fields.Date(
        string="Asked for on", compute='_compute_order', store=True, readonly=False,
        precompute=True, required=True,
        help="The customer's day from which the windows of the law are counted.")

    # The fault
    stated_fault = fields.Text(
        compute='_compute_order', store=True, readonly=False, precompute=True)
    fault_kind = fields.Selection(
        lambda self: self.env['aftersales.order']._fields['fault_kind']._description_selection(
            self.env), string="Kind of Fault", default='performance', required=True)
    test_results = fields.Text(help="What was tested, how, and what was measured.")
    responsibility = fields.Selection(
        [('maker', "Maker"), ('shop', "Shop"), ('logistics', "Logistics"), ('user', "User"),
         ('none', "No Fault Found")], tracking=True)
    conclusion = fields.Text()
    remedy = fields.Selection(
        [('refund', "Refund"), ('exchange', "Exchange"), ('repair', "Free Repair"),
         ('reduction', "Price Reduction"), ('paid', "Paid Repair"), ('none', "Nothing")],
        tracking=True, help="What the customer gets; the rules must give it.")

    # The verdict behind it
    verdict_id = fields.Many2one(
        'aftersales.verdict', readonly=True, copy=False, ondelete='restrict', protected=True)
    article = fields.Char(
        compute='_compute_article', help="The clause that gives the remedy.")
    fee = fields.Monetary(readonly=True, copy=False, protected=True)
    refund = fields.Monetary(readonly=True, copy=False, protected=True)
    issuer_id = fields.Many2one(
        'res.users', string="Issued by", readonly=True, copy=False, protected=True)
    date_issued = fields.Datetime(string="Issued on", readonly=True, copy=False, protected=True)
    approver_id = fields.Many2one(
        'res.users', string="Approved by", readonly=True, copy=False, protected=True)
    refusal_reason = fields.Char(string="Why Not Approved", copy=False)

    # Who bears it
    payer_id = fields.Many2one(
        'res.partner', string="Refunds the Customer", compute='_compute_payer_id', store=True,
        readonly=False, precompute=True, check_company=True,
        help="Usually the shop that sold the unit.")
    creditor_id = fields.Many2one(
        'res.partner', string="Credits the Shop", check_company=True,
        help="Usually the maker, if the maker answers for the fault.")
    settlement_note = fields.Char()

    # === COMPUTES === #

    @api.depends('order_id')
    def _compute_company_id(self):
        for sheet in self:
            sheet.company_id = (
                sheet.order_id.company_id or sheet.company_id or self.env.company)

    @api.depends('order_id')
    def _compute_order(self):
        """Take the facts of the order; what was typed without one stays."""
        for sheet in self:
            order = sheet.order_id
            sheet.warranty_id = order.warranty_id or sheet.warranty_id
            sheet.partner_id = order.partner_id or sheet.partner_id or (
                sheet.warranty_id.partner_id)
            sheet.outlet_id = order.outlet_id or sheet.outlet_id
            sheet.stated_fault = sheet.stated_fault or order.description
            sheet.day = order.event_day or sheet.day or fields.Date.context_today(sheet)

    @api.depends('warranty_id')
    def _compute_payer_id(self):
        """Name the shop to which we sold the unit, where its owner bought it there."""
        for sheet in self:
            # the ORM checked read access to the sheet; users without sales rights see the buyer
            card = sheet.sudo().warranty_id
            buyer = card.sale_line_id.order_id.partner_id.commercial_partner_id
            is_shop = buyer and buyer != card.partner_id.commercial_partner_id
            sheet.payer_id = sheet.payer_id or (buyer if is_shop else False)

    @api.depends('verdict_id.facts', 'remedy')
    @api.depends_context('lang')
    def _compute_article(self):
        for sheet in self:
            # the ORM checked read access to the sheet: its verdict belongs to it
            words = sheet.sudo().verdict_id._get_words() if sheet.verdict_id else {}
            sheet.article = next((
                line['article'] for line in words.get('remedies', ())
                if line['kind'] == sheet.remedy), False)

    @api.constrains('order_id', 'warranty_id')
    def _check_unit(self):
        for sheet in self:
            if sheet.order_id and sheet.order_id.warranty_id != sheet.warranty_id:
                raise ValidationError(self.env._(
                    "Order %(order)s is about another unit than this sheet: choose an order of "
                    "the same unit.",
                    order=sheet.order_id.name))

    # === CRUD === #

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        self._refuse_where(
            lambda sheet: sheet.state not in ('draft', 'refused'), self._get_locked_message())

    # === ACTIONS === #

    def action_issue(self):
        """Issue the sheets, or hand them to a team lead where that needs an approval."""
        self.check_access('write')
        self._ensure_complete()
        for sheet in self:
            facts, decision = sheet._decide()
            sheet._ensure_owed(decision)
            if self.env.user.has_group(TEAM_LEAD):
                sheet._issue(facts, decision, approver=self.env.user)
            elif sheet._can_be_issued_alone(decision):
                sheet._issue(facts, decision)
            else:
                sheet._set_state('submitted')

    def action_approve(self):
        """Issue sheets that wait for an approval."""
        self._ensure_may_approve()
        self._ensure_complete()
        for sheet in self:
            facts, decision = sheet._decide()
            sheet._ensure_owed(decision)
            sheet._issue(facts, decision, approver=self.env.user)

    def action_refuse(self):
        """Send sheets back with a reason."""
        self._set_state('refused')

    def action_draft(self):
        """Work on refused sheets again."""
        self._set_state('draft')

    def action_cancel(self):
        """Call sheets off that were not issued."""
        self._set_state('cancelled')

    # === RULES === #

    def _decide(self):
        """Return the facts of this sheet and what the rules give on them."""
        self.ensure_one()
        # the rules read the whole record of the unit; the right to the sheet was checked
        sheet = self.sudo()
        order, card = sheet.order_id, sheet.warranty_id
        if order:
            lasts = sheet.day > order.event_day and order._is_under_way()
            return order._judge_remedy(
                order._read_record(), sheet.day, lasts, fault_kind=sheet.fault_kind)
        facts = card._get_claim_facts(
            card._get_repairs()[card], card._get_same_model()[card], sheet.day,
            fault_kind=sheet.fault_kind)
        return facts, card._decide_facts(facts)

    def _ensure_complete(self):
        for sheet in self:
            missing = [name for name in NEEDED if not sheet[name]]
            if missing:
                raise UserError(self.env._(
                    "Fill in before the sheet is issued: %(fields)s", fields=[
                        self._fields[name]._description_string(self.env) for name in missing]))
            if sheet.day > sheet._get_today():
                raise UserError(self.env._(
                    "The request day of %(sheet)s is in the future: enter today or an earlier "
                    "day.", sheet=sheet.name))

    def _get_today(self):
        """Return today at the customer's place; without an order, at the company's."""
        self.ensure_one()
        now, order = fields.Datetime.now(), self.sudo().order_id
        return order._to_customer_day(now) if order else (
            self.company_id._get_aftersales_day(now))

    def _ensure_owed(self, decision):
        """Refuse a remedy that the responsibility or the rules do not give."""
        self.ensure_one()
        if self.remedy not in FREE_REMEDIES:
            return
        labels = dict(self._fields['remedy']._description_selection(self.env))
        if self.responsibility in ('user', 'none') and self.fault_kind != 'no_reason':
            raise UserError(self.env._(
                "Nothing is owed for a fault of the user or none at all: “%(remedy)s” cannot "
                "be confirmed.", remedy=labels[self.remedy]))
        if not decision.get(self.remedy):
            words = self.env['aftersales.verdict']._format_decision(decision)
            why = "; ".join(
                line['text'] for line in words['failed'] if line['kind'] == self.remedy)
            raise UserError(self.env._(
                "No rule gives “%(remedy)s”: %(why)s", remedy=labels[self.remedy],
                why=why or words['summary']))

    def _can_be_issued_alone(self, decision):
        """Return whether people of the outlet need no approval of a team lead.

        They must be authorised, the order must be theirs and dated no later than the sheet,
        and a rule with a window, such as the 7 and 15 days, must still give money or another
        unit.
        """
        self.ensure_one()
        outlet, order = self.sudo().outlet_id, self.sudo().order_id
        return bool(
            order.outlet_id == outlet and order.event_day and self.day >= order.event_day
            and outlet.can_appraise and outlet.state == 'active'
            and outlet.id in self.env.user._get_served_outlet_ids()
            and any(rule.has_window and rule.remedy in ('refund', 'exchange')
                    for rule in decision.fired))

    def _issue(self, facts, decision, approver=None):
        """Issue one sheet with the verdict that it stands on."""
        self.ensure_one()
        card = self.sudo().warranty_id
        verdict = self.env['aftersales.verdict']._record(
            card, decision, order=self.sudo().order_id, facts=facts)
        remedy = decision.get(self.remedy)
        self._set_state(
            'issued', verdict_id=verdict.id, fee=remedy.fee if remedy else 0.0,
            refund=remedy.refund if remedy else 0.0,
            approver_id=approver.id if approver else False)

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if target == 'refused':
            self._ensure_may_approve()
        return result

    def _ensure_refused(self):
        for sheet in self:
            if not (sheet.refusal_reason or '').strip():
                raise UserError(self.env._("Enter why the sheet is not approved."))

    def _on_submitted(self):
        """Ask the team leads for their approval."""
        for sheet in self:
            for lead in sheet.company_id._get_people_in(TEAM_LEAD):
                sheet.activity_schedule(
                    'mail.mail_activity_data_todo', user_id=lead.id,
                    summary=sheet.with_context(lang=lead.lang).env._(
                        "Appraisal sheet to approve"))

    def _on_issued(self):
        self.activity_feedback(['mail.mail_activity_data_todo'])

    def _on_refused(self):
        self.activity_feedback(['mail.mail_activity_data_todo'])

    def _ensure_may_approve(self):
        self.check_access('write')
        if not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Only team leads can approve or refuse appraisal sheets: ask one to decide."))

    def _get_locked_fields(self):
        """Keep issued sheets as they are; who bears them and why a lead sends them back is open."""
        if self.state in ('draft', 'refused'):
            return super()._get_locked_fields()
        return self._get_all_but(
            'settlement_note', 'payer_id', 'creditor_id', 'refusal_reason')

    def _get_locked_message(self):
        return self.env._("These sheets are submitted or issued and cannot be changed")

    def _get_verdict_words(self):
        """Return the sentence of the clause that gives the remedy, and those of the others."""
        self.ensure_one()
        # the report checked read access to the sheet: its verdict belongs to it
        words = self.sudo().verdict_id._get_words()
        given = [line['text'] for line in words['remedies'] if line['kind'] == self.remedy]
        others = [
            line['text'] for line in words['exclusions'] + words['remedies'] + words['failed']
            if line['text'] not in given]
        return {'given': given, 'others': others}

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Fault Appraisal %(name)s", name=(self.name or '').replace('/', '-'))
