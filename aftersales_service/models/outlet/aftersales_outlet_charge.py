from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..base.roles import TEAM_LEAD

ACTIVITY_TYPE = 'mail.mail_activity_data_todo'


class AftersalesOutletCharge(models.Model):
    """What an outlet owes for a mistake, or gets, until its settlement takes it up.

    It states amount and reason, and the outlet's boss may object within some working days. It
    posts nothing: that is for the settlement. Modules charge outlets by
    ``aftersales.outlet.charge.mixin`` and add their own kinds.
    """

    _name = 'aftersales.outlet.charge'
    _description = "Charge to an Outlet"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.document.link.mixin', 'aftersales.protected.mixin',
        'mail.thread', 'mail.activity.mixin']
    _order = 'date desc, id desc'
    _is_visited_by_customers = True
    _check_company_auto = True

    _TRANSITIONS = {
        'objected': {'open'},
        'upheld': {'objected'},
        'rejected': {'objected'},
        'settled': {'open', 'rejected'},
    }
    _ACTORS = {'objected': 'objector_id', 'upheld': 'decider_id', 'rejected': 'decider_id'}
    _STAMPS = {
        'objected': 'date_objected', 'upheld': 'date_decided', 'rejected': 'date_decided',
        'settled': 'date_settled'}

    outlet_id = fields.Many2one(
        'aftersales.outlet', required=True, index=True, ondelete='restrict', protected='after')
    company_id = fields.Many2one(
        related='outlet_id.company_id', store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    kind = fields.Selection(
        [('other', "Other Charge")], default='other', required=True, readonly=True,
        copy=False, protected=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    amount = fields.Monetary(
        required=True, tracking=True,
        help="Above zero the outlet owes it; below zero the outlet gets it.")
    reason = fields.Char(required=True, help="The outlet reads it.")
    user_id = fields.Many2one(
        'res.users', string="Charged by", readonly=True, default=lambda self: self.env.user,
        copy=False, protected=True)
    state = fields.Selection(
        [('open', "Open"), ('objected', "Objected"), ('upheld', "Objection Upheld"),
         ('rejected', "Objection Rejected"), ('settled', "Settled")],
        default='open', required=True, readonly=True, index=True, copy=False, tracking=True,
        protected=True)
    date_settled = fields.Datetime(
        string="Settled on", readonly=True, copy=False, protected=True)

    # Its source
    res_model = fields.Char(required=False, readonly=True, copy=False, protected=True)
    res_id = fields.Many2oneReference(
        required=False, readonly=True, copy=False, protected=True)

    # The objection
    objection_date = fields.Date(
        string="Objection until", compute='_compute_objection_date', store=True,
        precompute=True, protected=True,
        help="The last day on which the outlet may object.")
    objection = fields.Text(copy=False, help="Why the outlet does not agree.")
    objector_id = fields.Many2one(
        'res.users', string="Objected by", readonly=True, copy=False, protected=True)
    date_objected = fields.Datetime(
        string="Objected on", readonly=True, copy=False, protected=True)
    decision_note = fields.Text(
        string="Reasons of the Decision", copy=False, help="The outlet reads them.")
    decider_id = fields.Many2one(
        'res.users', string="Decided by", readonly=True, copy=False, protected=True)
    date_decided = fields.Datetime(
        string="Decided on", readonly=True, copy=False, protected=True)

    _amount_not_zero = models.Constraint(
        'CHECK(amount <> 0)', "The amount of a charge cannot be zero.")
    _source_uniq = models.Constraint(
        'UNIQUE(res_model, res_id, kind)', "This record was charged to an outlet already.")

    # === COMPUTES === #

    @api.depends('date', 'outlet_id')
    def _compute_objection_date(self):
        """Count the working days of the company from the day on which the outlet sees it."""
        for charge in self:
            company = charge.company_id
            days = company.aftersales_objection_days
            charge.objection_date = bool(company and days) and company._get_last_day(
                max(charge.date, company._get_aftersales_day(fields.Datetime.now())),
                days, is_workdays=True)

    @api.depends('outlet_id', 'date')
    def _compute_display_name(self):
        for charge in self:
            charge.display_name = (
                f'{charge.outlet_id.name} · {charge.date}' if charge.outlet_id else False)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        charges = super().create(vals_list)
        charges._ensure_other_outlet()
        return charges

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._ensure_other_outlet()
        self._refuse_where(
            lambda charge: charge.state != 'open',
            self.env._("Only open charges can be deleted, not those objected to or settled"))

    # === ACTIONS === #

    def action_object(self):
        """Note an objection that the outlet made in another way than on its page."""
        self._set_state('objected')

    def action_uphold(self):
        """Agree with the outlet: it does not owe the charge."""
        self._set_state('upheld')

    def action_reject(self):
        """Keep the charge; the outlet reads why."""
        self._set_state('rejected')

    def action_settle(self):
        """Note that the outlet was settled with."""
        self._settle()

    # === RULES === #

    def _settle(self):
        """Mark the charges as settled; nothing is posted.

        Hook to call: by a settlement, as a team lead or superuser, for a batch, after what it pays.

        :raise AccessError: the user is no team lead
        :raise UserError: a charge is objected to, was dropped or settled, or its outlet may still
            object
        """
        self._set_state('settled')

    @api.model
    def _get_final_domain(self):
        """Return the domain of the charges that a settlement may take up today.

        Hook: called on the model, with any rights, before a settlement looks for charges (today is
        the day of ``env.user``). A module that holds charges back narrows ``super()``. Raises
        nothing.
        """
        today = fields.Date.context_today(self)
        undisputed = Domain('state', '=', 'open') & (
            Domain('objection_date', '=', False) | Domain('objection_date', '<', today))
        return Domain('state', '=', 'rejected') | undisputed

    def _can_object(self):
        """Whether the outlet may still object to this charge, in the company's days."""
        self.ensure_one()
        today = self.company_id._get_aftersales_day(fields.Datetime.now())
        return self.state == 'open' and bool(
            self.objection_date and self.objection_date >= today)

    def _ensure_may_change(self, vals):
        """Leave the charges of an outlet to others than its own people, who object."""
        if vals.keys() - {'objection', 'message_follower_ids', 'message_ids', 'activity_ids'}:
            self._ensure_other_outlet()
        return super()._ensure_may_change(vals)

    def _ensure_other_outlet(self):
        """Refuse to charge, change or settle for an outlet that the user works for."""
        if not self.env.su and any(
                self.env.user in charge._get_outlet_people() for charge in self):
            raise AccessError(self.env._(
                "You work for the outlet of this charge: object to it, or ask another team lead "
                "to change it."))

    def _get_outlet_people(self):
        self.ensure_one()
        # who works for an outlet is no secret to readers of its charges
        return self._get_bosses() | self.sudo().outlet_id.member_ids

    def _get_locked_fields(self):
        """Keep what was objected to and settled; a lead still gives reasons for the decision."""
        if self.state == 'open':
            return super()._get_locked_fields()
        return self._get_all_but(*(('decision_note',) if self.state == 'objected' else ()))

    def _get_locked_message(self):
        return self.env._("These charges are objected to, decided or settled and stay as they are")

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Team leads decide on charges to outlets: ask one to decide."))
        if target in ('upheld', 'rejected') and any(
                self.env.user in charge._get_bosses() for charge in self):
            raise AccessError(self.env._(
                "Another team lead decides on the objection of your own outlet."))
        if target != 'objected':
            self._ensure_other_outlet()
        return result

    def _ensure_objected(self):
        for charge in self:
            if not (charge.objection or '').strip():
                raise UserError(self.env._("Give the reason of the objection first."))
            if not charge._can_object():
                raise UserError(
                    self.env._(
                        "The time to object to this charge ended on %(day)s: speak to the company "
                        "that charges you.",
                               day=format_date(self.env, charge.objection_date))
                    if charge.objection_date else
                    self.env._(
                        "No objection to this charge is possible: speak to the company that "
                        "charges you."))

    def _ensure_rejected(self):
        self._refuse_where(
            lambda charge: not (charge.decision_note or '').strip(),
            self.env._("Give the reasons of the decision first"))

    def _ensure_settled(self):
        self._refuse_where(
            lambda charge: charge._can_object(),
            self.env._("The outlet may still object; settle these charges later"))

    def _on_objected(self):
        """Ask the team leads of the company for a decision.

        Hook: called by the state mixin, as superuser, for a batch, after the state was written; a
        source of charges may react. What it raises undoes the step.
        """
        for charge in self:
            for lead in charge.company_id._get_people_in(TEAM_LEAD) - charge._get_bosses():
                charge.activity_schedule(
                    ACTIVITY_TYPE, user_id=lead.id,
                    summary=charge.with_context(lang=lead.lang).env._(
                        "Decide on the objection of an outlet"))

    def _on_upheld(self):
        """Close the activities of those who decide: the charge is owed no more.

        Hook: as ``_on_objected``, when a team lead agreed with the outlet.
        """
        self.activity_feedback([ACTIVITY_TYPE])

    def _on_rejected(self):
        """Close the activities of those who decide: the charge stays.

        Hook: as ``_on_objected``, when a team lead kept the charge.
        """
        self.activity_feedback([ACTIVITY_TYPE])

    def _on_settled(self):
        """Do what follows from a settlement, which is noted already; nothing by itself.

        Hook: as ``_on_objected``, when a settlement took up the charge.
        """

    # === THE OUTLET === #

    def _get_bosses(self):
        """Return who speaks for the outlet of this charge: its manager, and its centre's."""
        self.ensure_one()
        # who leads an outlet is no secret to readers of its charges
        outlet = self.sudo().outlet_id
        return outlet.manager_id | outlet.parent_id.manager_id

    @api.model
    def _get_outlet_domain(self):
        """Return the domain of the charges to the outlets that the current user leads."""
        return Domain('outlet_id', 'in', self._get_led_outlet_ids())

    @api.model
    def _get_led_outlet_ids(self):
        """Return the ids of the outlets, with their teams, that the current user leads."""
        # everybody may know which outlets one leads oneself
        return self.env['aftersales.outlet'].sudo().search(
            ['|', ('manager_id', '=', self.env.uid),
             ('parent_id.manager_id', '=', self.env.uid)]).ids

    def _object_for_outlet(self, reason):
        """Object on the outlet's page, as its boss, who may write no charge.

        :raise AccessError: the user does not lead the outlet of this charge
        :raise UserError: no reason is given, or the time to object is over
        """
        self.ensure_one()
        # the answer is the same for the charge of another outlet and for none
        if not self.exists() or self.env.user not in self._get_bosses():
            raise AccessError(self.env._("This is no charge to an outlet that you lead."))
        charge = self.sudo()
        reason = (reason or '').strip()
        if charge.state == 'objected' and charge.objection == reason:
            return  # the button was tapped twice
        charge._ensure_free_to_move()
        charge._ensure_reachable('objected')
        charge.objection = reason
        charge._set_state('objected')
