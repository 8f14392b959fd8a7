from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..base.roles import TEAM_LEAD

KINDS = [
    ('damage', "Damage to Property"),
    ('water', "Water"),
    ('gas', "Gas"),
    ('electricity', "Electricity"),
    ('fire', "Fire or Smoke"),
    ('injury', "Injury"),
]


class AftersalesAccident(models.Model):
    """An accident at work or with a product: people first, then the report, then the cause.

    It states facts and measures. It admits no liability, and it settles nothing: that is
    for the complaint that follows, from ``_on_new_report``.
    """

    _name = 'aftersales.accident'
    _description = "Accident Report"
    _inherit = [
        'aftersales.photo.mixin', 'aftersales.state.mixin', 'mail.thread', 'mail.activity.mixin',
        'aftersales.legal.hold.part.mixin', 'aftersales.number.mixin',
        'aftersales.revocation.mixin']
    _order = 'date_happened desc, id desc'
    _check_company_auto = True
    _hold_field = 'order_id'

    _TRANSITIONS = {
        'reported': {'investigated'}, 'investigated': {'reported'},
        'closed': {'investigated'}}
    _STAMPS = {'investigated': 'date_investigated', 'closed': 'date_closed'}

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', compute='_compute_company_id', store=True, readonly=False,
        precompute=True, required=True, index=True)
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null',
        ondelete='restrict', check_company=True, link_access='write')
    partner_id = fields.Many2one(
        'res.partner', string="Customer", compute='_compute_place', store=True,
        readonly=False, check_company=True, index='btree_not_null')
    place = fields.Char(compute='_compute_place', store=True, readonly=False)
    state = fields.Selection(
        [('reported', "Reported"), ('investigated', "Investigated"), ('closed', "Case Closed")],
        default='reported', required=True, readonly=True, index=True, copy=False,
        tracking=True, protected=True)

    # People first
    injured_count = fields.Integer(string="Persons Hurt")
    injuries = fields.Text(help="Who is hurt, how, and where the person was brought.")
    is_help_called = fields.Boolean(
        string="Help Called", help="Ambulance, fire brigade, police or gas works.")
    help_note = fields.Char(string="Who Was Called", help="And when.")

    # What happened
    kind = fields.Selection(KINDS, required=True, default='damage', index=True)
    date_happened = fields.Datetime(
        string="Happened on", required=True, default=fields.Datetime.now)
    date_reported = fields.Datetime(
        string="Accident Reported on", required=True, readonly=True, copy=False,
        default=fields.Datetime.now, protected=True)
    user_id = fields.Many2one(
        'res.users', string="Reported by", required=True, readonly=True, index=True,
        default=lambda self: self.env.user, copy=False, protected=True)
    is_late = fields.Boolean(
        string="Reported Late", compute='_compute_is_late', store=True, precompute=True,
        protected=True)
    description = fields.Text(string="What Happened", required=True)
    measures = fields.Text(
        string="Immediate Measures",
        help="Power or gas cut off, people brought away, the place kept as it was.")
    witnesses = fields.Text(help="Names and phone numbers.")
    authority = fields.Char(help="Who else is informed: police, fire brigade, insurer.")

    # The investigation
    date_due = fields.Datetime(
        string="Investigation Deadline", compute='_compute_date_due', store=True,
        precompute=True, protected=True)
    cause = fields.Text(copy=False)
    prevention = fields.Text(
        copy=False, help="What is done so that it does not happen again.")
    investigator_id = fields.Many2one(
        'res.users', string="Investigated by", readonly=True, copy=False, protected=True)
    date_investigated = fields.Datetime(
        string="Investigated on", readonly=True, copy=False, protected=True)
    date_closed = fields.Datetime(string="Closed on", readonly=True, copy=False, protected=True)

    _injured_positive = models.Constraint(
        'CHECK(injured_count >= 0)', "The number of persons hurt cannot be negative.")

    # === COMPUTES === #

    @api.depends('order_id')
    def _compute_company_id(self):
        for accident in self:
            accident.company_id = (
                accident.order_id.company_id or accident.company_id or self.env.company)

    @api.depends('order_id')
    def _compute_place(self):
        """Take customer and address of the order; what was entered without one stays."""
        for accident in self:
            order = accident.order_id
            address = order.site_id._display_address(without_company=True) if order else ""
            accident.partner_id = order.partner_id or accident.partner_id
            accident.place = ", ".join(
                filter(None, (line.strip(" ,") for line in address.splitlines()))
            ) or accident.place

    @api.depends('date_happened', 'date_reported')
    def _compute_is_late(self):
        for accident in self:
            limit = timedelta(minutes=accident.company_id.aftersales_accident_minutes)
            accident.is_late = bool(
                accident.date_happened and accident.date_reported
                and accident.date_reported - accident.date_happened > limit)

    @api.depends('date_reported')
    def _compute_date_due(self):
        for accident in self:
            hours = accident.company_id.aftersales_accident_hours
            accident.date_due = accident.date_reported and (
                accident.date_reported + timedelta(hours=hours))

    @api.constrains('date_happened')
    def _check_date_happened(self):
        for accident in self:
            if accident.date_happened > accident.date_reported:
                raise ValidationError(self.env._(
                    "An accident cannot have happened after it was reported: correct the time."))

    @api.constrains('kind', 'injured_count')
    def _check_injured(self):
        for accident in self:
            if accident.kind == 'injury' and not accident.injured_count:
                raise ValidationError(self.env._("Say how many persons are hurt."))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        accidents = super().create(vals_list)
        accidents._on_new_report()
        return accidents

    # === ACTIONS === #

    def action_investigated(self):
        """Record that the cause is known and what is done about it."""
        self._set_state('investigated')

    def action_close(self):
        """Close the file."""
        self._set_state('closed')

    def action_reopen(self):
        """Take the investigation up again."""
        self._set_state('reported')

    # === RULES === #

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        return self._get_all_but() if self.state == 'closed' else locked

    def _get_locked_message(self):
        return self.env._("These accident reports are closed and stay as they are")

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Team leads investigate and close accident reports: ask one to do it."))
        return result

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        if target == 'reported':
            vals.update(investigator_id=False, date_investigated=False)
        elif target == 'investigated':
            vals.update(investigator_id=self.env.uid)
        return vals

    def _ensure_investigated(self):
        for accident in self:
            if not (accident.measures or '').strip():
                raise UserError(self.env._("Write down the immediate measures first."))
            if not (accident.cause or '').strip():
                raise UserError(self.env._("Write down the cause first."))

    def _on_investigated(self):
        self.activity_feedback(['mail.mail_activity_data_warning'])

    def _on_new_report(self):
        """Mark the orders as urgent and notify the head office.

        Hook: called by ``create``, as the user who reports (on the phone as superuser, in the name
        of the technician), for a batch, after the insert; complaints follow from here. What it
        raises undoes the report.
        """
        # create checked the right to report; its order becomes urgent, also a colleague's
        self.order_id.sudo().write({'severity': '3', 'has_accident': True})
        for accident in self:
            accident._notify_head_office()

    def _notify_head_office(self):
        """Give the leads of the company an activity and a notification, at once."""
        self.ensure_one()
        for lang, leads in self.company_id._get_people_in(TEAM_LEAD).grouped('lang').items():
            localized = self.with_context(lang=lang)
            summary = localized.env._("Accident: %(kind)s", kind=localized._get_kind_label())
            for lead in leads:
                self.activity_schedule(
                    'mail.mail_activity_data_warning', summary=summary, user_id=lead.id)
            self.message_notify(
                partner_ids=leads.partner_id.ids, subject=f'{self.name} · {summary}',
                body=self.description)

    def _get_kind_label(self):
        return dict(self._fields['kind']._description_selection(self.env))[self.kind]

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Accident Report %(name)s", name=(self.name or '').replace('/', '-'))
