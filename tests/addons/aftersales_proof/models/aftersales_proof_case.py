from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import html2plaintext

from .aftersales_proof_stage import STATES

LEVELS = [('low', "Low"), ('high', "High")]
DAYS_BY_LAW = 10


class AftersalesProofCase(models.Model):
    """A document that uses every mechanism of the service module at once.

    It stands for the complaint, the parts request, the invitation and the session of the
    modules to come. Stages carry its state, and the person concerned need not be a partner.
    """

    _name = 'aftersales.proof.case'
    _description = "Proof Case"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.photo.mixin', 'portal.mixin', 'mail.thread',
        'mail.activity.mixin', 'aftersales.number.mixin', 'aftersales.clock.mixin',
        'aftersales.notify.mixin', 'aftersales.cost.mixin', 'aftersales.erasure.mixin',
        'aftersales.outlet.charge.mixin', 'aftersales.mobile.mixin']
    _order = 'date_deadline, id'
    _check_company_auto = True
    _is_mail_loop_guarded = True
    _is_visited_by_customers = True

    _stage_field = 'stage_id'
    _TRANSITIONS = {'review': {'open'}, 'decided': {'review'}, 'open': {'decided'}}
    _STAMPS = {'decided': 'date_decided'}

    name = fields.Char(readonly=True, copy=False, protected=True)
    title = fields.Char(required=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    user_id = fields.Many2one('res.users', string="Officer", index='btree_not_null')
    deputy_id = fields.Many2one('res.users')
    level = fields.Selection(LEVELS, default='low', required=True)
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', check_company=True,
        protected='after', link_access='read')
    partner_id = fields.Many2one('res.partner', string="Customer", index='btree_not_null')

    # The person concerned, who need not be a partner
    person_name = fields.Char(string="Person")
    person_phone = fields.Char(string="Phone")
    person_email = fields.Char(string="E-mail")
    pager = fields.Char(string="Pager Number")

    # The way to the decision
    stage_id = fields.Many2one(
        'aftersales.proof.stage', required=True, index=True, copy=False,
        ondelete='restrict', tracking=True, default=lambda self: self._default_stage_id())
    state = fields.Selection(
        STATES, compute='_compute_state', store=True, precompute=True, index=True)
    note = fields.Text()
    date_noted = fields.Datetime(string="Noted on", readonly=True, copy=False, protected=True)
    recording = fields.Char(help="What was said on the phone.")
    decision = fields.Text(copy=False)
    date_decided = fields.Datetime(
        string="Decided on", readonly=True, copy=False, protected=True)
    decider_id = fields.Many2one(
        'res.users', string="Decided by", readonly=True, copy=False, protected=True)
    verdict_file = fields.Binary(string="Verdict", readonly=True, copy=False, protected=True)
    is_in_court = fields.Boolean(help="The court's own hold: nothing of it is erased.")

    # What it costs
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', check_company=True)
    penalty = fields.Monetary(help="What the outlet owes.")
    fine = fields.Monetary()
    call_count = fields.Integer(string="Calls")
    charge_step = fields.Char(readonly=True, copy=False, protected=True)
    is_opening = fields.Boolean(string="Opening Data", help="A case of an earlier system.")

    # === COMPUTES === #

    @api.model
    def _default_stage_id(self):
        return self.env['aftersales.proof.stage'].search([], limit=1)

    @api.depends('stage_id')
    def _compute_state(self):
        for case in self:
            case.state = case.stage_id.state

    def _compute_access_url(self):
        super()._compute_access_url()
        for case in self:
            case.access_url = f'/my/proof/{case.id}'

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases._start_case_clocks()
        cases._notify_customer('proof_opened')
        return cases

    # === ACTIONS === #

    def action_review(self):
        """Look into the cases."""
        self._set_state('review')

    def action_decide(self):
        """Decide the cases, charge what follows and let people know."""
        self._set_state('decided')

    def _extend_by_law(self, day):
        """Note that the authority extends the legal period of these cases to ``day``."""
        self.check_access('write')
        # the right to write the cases was checked; their clocks follow
        self._get_running_clocks().filtered(
            lambda clock: clock.kind == 'proof_law')._give_deadline(day)

    def _settle_charges(self):
        """Settle what outlets owe finally for these cases; return the charges."""
        charges = self.env['aftersales.outlet.charge']
        due = self.charge_ids.filtered_domain(charges._get_final_domain())
        due._settle()
        return due

    # === LIFE-CYCLE === #

    def _ensure_start_state(self):
        """Let administrators bring the cases of an earlier system in the middle of the flow."""
        brought = self.filtered('is_opening') if self.env.user.has_group(
            'aftersales_service.group_aftersales_manager') else self.browse()
        return super(AftersalesProofCase, self - brought)._ensure_start_state()

    def _ensure_state_rules(self, target):
        self._refuse_where(
            lambda case: not case.title.strip(), self.env._("Give these cases a title first"))
        return super()._ensure_state_rules(target)

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if target == 'decided' and not self.env.user.has_group(
                'aftersales_service.group_aftersales_team_lead'):
            raise AccessError(self.env._("Team leads decide on cases."))
        return result

    def _ensure_decided(self):
        self._refuse_where(
            lambda case: not (case.decision or '').strip(),
            self.env._("Write the decision first"))

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        return vals | {'decider_id': self.env.uid} if target == 'decided' else vals

    def _on_decided(self):
        self._get_running_clocks()._stop(fields.Datetime.now())
        self._charge_outlets('proof_case')
        self._propose_costs()
        self._notify_customer('proof_decided')

    def _on_open(self):
        """Promise the times again where a decision was taken back."""
        self._start_case_clocks()

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        return locked | {'photo_ids', 'decision', 'penalty'} if self.state == 'decided' else locked

    def _get_locked_message(self):
        return self.env._("These cases are decided and stay as they are")

    # === CLOCKS === #

    @api.model
    def _get_clock_kinds(self):
        return super()._get_clock_kinds() | {'proof_answer', 'proof_decide', 'proof_law'}

    def _get_clock_facts(self):
        facts, factor = super()._get_clock_facts()
        grade_id, wider = self._get_customer_factor(
            self.partner_id, self.company_id, fields.Date.context_today(self),
            self.partner_id.state_id)
        return facts | {'level': self.level, 'grade': grade_id}, factor * wider

    def _start_case_clocks(self):
        """Start the promises of these cases; the law's own lasts ten days of the company."""
        now = fields.Datetime.now()
        self._start_clocks({
            case: [('proof_answer', now), ('proof_decide', now), ('proof_law', now, fields.Date.add(
                case.company_id._get_aftersales_day(now), days=DAYS_BY_LAW))]
            for case in self})

    def _get_alert_users(self, recipient, clock):
        if recipient == 'proof_deputy':
            return self.deputy_id
        return self.user_id if recipient == 'handler' else (
            super()._get_alert_users(recipient, clock))

    def _on_clock_alert(self, clock, alert):
        result = super()._on_clock_alert(clock, alert)
        if clock.kind == 'proof_law':
            self.level = 'high'
        return result

    # === NOTIFICATIONS === #

    @api.model
    def _get_notification_events(self):
        return super()._get_notification_events() | {
            'proof_opened', 'proof_decided', 'proof_invited', 'proof_code'}

    @api.model
    def _get_secret_events(self):
        return super()._get_secret_events() | {'proof_code'}

    def _get_occasion(self, event):
        if event != 'proof_decided':
            return super()._get_occasion(event)
        return fields.Datetime.to_string(self.date_decided)

    def _is_message_needed(self, event):
        return super()._is_message_needed(event) and (
            event != 'proof_opened' or self.state != 'decided')

    def _get_notification_recipient(self):
        recipient = super()._get_notification_recipient() | {'pager': self.pager}
        if not self.person_name:
            return recipient
        return recipient | {
            'name': self.person_name, 'partner': self.env['res.partner'], 'lang': 'zh_CN',
            'phone': self.person_phone, 'email': self.person_email}

    def _prepare_message_parameters(self, lang):
        return super()._prepare_message_parameters(lang) | {'case': self.name}

    def _prepare_message_links(self, lang):
        return super()._prepare_message_links(lang) | {
            'link': self.get_base_url() + self.get_portal_url()}

    # === COSTS AND CHARGES === #

    def _get_cost_drivers(self):
        return super()._get_cost_drivers() | {'proof_calls': self.call_count}

    def _get_direct_costs(self):
        return super()._get_direct_costs() | {'proof_fine': self.fine}

    def _get_cost_keys(self):
        return super()._get_cost_keys() | {'warranty_id': self.order_id.warranty_id.id}

    def _prepare_outlet_charge_vals(self, kind):
        vals = super()._prepare_outlet_charge_vals(kind)
        return vals if kind != 'proof_case' else vals | {
            'outlet_id': self.outlet_id.id, 'amount': self.penalty,
            'reason': self.env._("Case %(name)s", name=self.name)}

    # === PRIVACY === #

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('state', '=', 'decided') & Domain('date_decided', '<=', moment)

    def _get_free_domain(self):
        return super()._get_free_domain() & Domain('is_in_court', '=', False)

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'note', 'person_name')

    @api.model
    def _get_recording_domain(self, moment):
        return Domain('recording', '!=', False)

    def _erase_recordings(self, moment):
        self.recording = False
        return len(self)

    @api.model
    def _get_pager_domain(self, moment):
        return Domain('pager', '!=', False)

    def _erase_pagers(self, moment):
        self.pager = False
        return len(self)

    # === PHONE === #

    def _check_mobile_access(self, kind):
        # only whether the case names the user as its officer is read
        return self.sudo().user_id == self.env.user or super()._check_mobile_access(kind)

    def _ensure_mobile_open(self, kind):
        result = super()._ensure_mobile_open(kind)
        self._refuse_where(
            lambda case: case.state == 'decided', self.env._("This case is decided"))
        return result

    def _on_mobile_proof_note(self, payload, moment):
        note = payload.get('note')
        if not isinstance(note, str) or not note.strip():
            raise UserError(self.env._("Write down what you found."))
        self.write({'note': note.strip()[:2000], 'date_noted': moment})

    # === MAIL === #

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        return super().message_new(msg_dict, custom_values={
            'title': msg_dict.get('subject') or self.env._("Mail"),
            'note': html2plaintext(msg_dict.get('body') or ''),
            'person_email': msg_dict.get('email_from'), **(custom_values or {})})
