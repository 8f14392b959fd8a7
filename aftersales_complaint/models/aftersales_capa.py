from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .roles import DESK, TEAM_LEAD

KINDS = [('capa', "Corrective Action (8D)"), ('rectification', "Rectification Notice")]
ORIGINS = [
    ('complaint', "Complaint"), ('alarm', "Batch Alarm"), ('survey', "Survey"),
    ('audit', "Audit"), ('kpi', "Key Figure"), ('other', "Other")]
STATES = [
    ('draft', "New"), ('running', "In Progress"), ('done', "To Verify"), ('closed', "Effective"),
    ('cancelled', "Cancelled")]
CHECK_ACTIVITY = 'mail.mail_activity_data_todo'
ACTION_ACTIVITY = 'mail.mail_activity_data_warning'  # of the owners of actions, and the alarm


class AftersalesCapa(models.Model):
    """A corrective action by the eight disciplines, or a rectification notice to a partner.

    It closes when somebody else than its owner has checked, some time after the last action,
    that the fault did not come back; if it does, the action is open again.
    """

    _name = 'aftersales.capa'
    _description = "Corrective Action"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.evidence.mixin', 'mail.thread',
        'mail.activity.mixin', 'aftersales.number.mixin', 'aftersales.party.mixin',
        'aftersales.revocation.mixin', 'aftersales.effect.mixin']
    _order = 'date_due, id desc'
    _check_company_auto = True
    _rec_names_search = ['name', 'subject']

    _READ_STATES = ('running', 'done', 'closed')
    _ANSWER_STATES = ('running',)
    _TRANSITIONS = {
        'running': {'draft', 'done', 'closed'},
        'done': {'running'},
        'closed': {'done'},
        'cancelled': {'draft', 'running'},
    }
    _ACTORS = {'done': 'done_by_id', 'closed': 'checker_id'}
    _STAMPS = {'running': 'date_started', 'done': 'date_done', 'closed': 'date_closed'}

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    kind = fields.Selection(KINDS, required=True, default='capa', index=True)
    state = fields.Selection(
        STATES, default='draft', required=True, readonly=True, index=True, copy=False,
        tracking=True, protected=True)
    subject = fields.Char(required=True)
    origin = fields.Selection(ORIGINS, required=True, default='complaint')
    origin_note = fields.Char(
        string="Comes from", help="The survey, audit or figure that asks for it.")
    complaint_ids = fields.Many2many(
        'aftersales.complaint', string="Complaints", check_company=True, copy=False,
        link_access='read')
    product_id = fields.Many2one('product.product', index='btree_not_null', check_company=True)
    batch = fields.Char(index='btree_not_null')
    cause_category = fields.Selection(
        lambda self: self.env['aftersales.complaint']._fields[
            'cause_category']._description_selection(self.env), string="Class of the Cause")
    user_id = fields.Many2one(
        'res.users', string="Owner", required=True, default=lambda self: self.env.user,
        index=True, domain=[('share', '=', False)], tracking=True)
    date_due = fields.Date(string="Due on", tracking=True)

    # Rectification of a partner
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', ondelete='restrict', check_company=True)
    partner_id = fields.Many2one(
        'res.partner', string="Addressee", compute='_compute_partner_id', store=True,
        readonly=False, precompute=True, index='btree_not_null', check_company=True)
    demand = fields.Text(help="What the outlet or supplier has to put right.")
    answer = fields.Text(string="Answer of the Addressee", copy=False)
    date_answered = fields.Date(string="Answered on", copy=False)

    # The eight disciplines
    team = fields.Char(string="D1 Team")
    # as text: the ORM searches by a listed domain when users are made, before they are internal
    team_ids = fields.Many2many(
        'res.users', string="D1 Members", domain="[('share', '=', False)]")
    problem = fields.Text(string="D2 Problem")
    containment = fields.Text(
        string="D3 Containment", help="What protects customers until the cause is removed.")
    photo_ids = fields.Many2many(string="Files")
    date_contained = fields.Datetime(string="Contained on", copy=False)
    why_1 = fields.Char(string="1st Why")
    why_2 = fields.Char(string="2nd Why")
    why_3 = fields.Char(string="3rd Why")
    why_4 = fields.Char(string="4th Why")
    why_5 = fields.Char(string="5th Why")
    root_cause = fields.Text(string="D4 Root Cause")
    action_ids = fields.One2many('aftersales.capa.action', 'capa_id', string="Actions", copy=True)
    verification = fields.Text(
        string="D6 Introduced and Verified", copy=False, help="How it was tried, and the result.")
    prevention = fields.Text(
        string="D7 Prevention", help="Drawings, instructions, training, sister products.")
    lesson = fields.Text(string="D8 Lesson", copy=False)

    # The check of the effect
    effect_days = fields.Integer(
        string="Days to the Effect Check", default=90,
        help="So many days after the last action it is checked whether the fault came back.")
    checker_id = fields.Many2one(
        'res.users', string="Effect Checked by", readonly=True, copy=False, protected=True)
    reopen_count = fields.Integer(
        string="Reopened", readonly=True, copy=False, protected=True)
    date_started = fields.Datetime(
        string="Started on", readonly=True, copy=False, protected=True)
    date_done = fields.Datetime(
        string="Implemented on", readonly=True, copy=False, protected=True)
    done_by_id = fields.Many2one(
        'res.users', string="Implemented by", readonly=True, copy=False, protected=True)
    date_closed = fields.Datetime(string="Closed on", readonly=True, copy=False, protected=True)

    _effect_positive = models.Constraint(
        'CHECK(effect_days >= 0)', "The days to the effect check cannot be negative.")

    # === COMPUTES === #

    @api.depends('name', 'subject')
    def _compute_display_name(self):
        for capa in self:
            capa.display_name = " · ".join(filter(None, [capa.name, capa.subject]))

    @api.depends('outlet_id')
    def _compute_partner_id(self):
        for capa in self:
            capa.partner_id = capa.outlet_id.partner_id or capa.partner_id

    @api.depends('date_done', 'effect_days')
    def _compute_effect_date(self):
        for capa in self:
            capa.effect_date = bool(capa.date_done) and (
                capa.company_id._get_aftersales_day(capa.date_done)
                + relativedelta(days=capa.effect_days))

    # === CRUD === #

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        self._refuse_where(
            lambda capa: capa.state != 'draft',
            self.env._("Only new actions can be deleted; cancel these instead"))

    # === ACTIONS === #

    def action_start(self):
        """Begin: the team is named, and the partner gets the notice."""
        self._set_state('running')

    def action_done(self):
        """Note that all actions are implemented; the check of the effect follows."""
        self._set_state('done')

    def action_effective(self):
        """Close: somebody else found that the fault did not come back."""
        self._set_state('closed')

    def action_not_effective(self):
        """Work on: the check found that the fault came back."""
        self._refuse_where(
            lambda capa: capa.state != 'done', self.env._("There is no effect to check yet"))
        for capa in self:
            capa._ensure_checker()
        self._ensure_effect_noted()
        self._set_state('running')

    def action_reopen(self):
        """Work on a closed action again."""
        self._set_state('running')

    def action_cancel(self):
        """Drop the actions."""
        self._set_state('cancelled')

    def action_liaise(self):
        """Write a liaison slip to production about this action."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'res_model': 'aftersales.liaison',
            'name': self.env._("Liaison Slip"), 'views': [(False, 'form')], 'context': {
                'default_capa_id': self.id, 'default_subject': self.subject,
                'default_department': self.env._("Production"),
                'default_content': self.problem or self.subject}}

    # === WHO === #

    @api.model
    def _get_reader_fields(self):
        return super()._get_reader_fields() | {'outlet_id', 'team_ids', 'action_ids'}

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        user = self.env.user
        if target == 'closed':
            for capa in self:
                capa._ensure_checker()
        elif not user._is_of_complaint_desk() and any(capa.user_id != user for capa in self):
            raise AccessError(self.env._(
                "The owner of a corrective action takes its steps, or the complaint desk."))
        return result

    def _ensure_checker(self):
        """Refuse the owner and those who acted as the one who checks the effect.

        In a small firm that has no other colleague of the desk they check it themselves.
        """
        self.ensure_one()
        actions = self.sudo().action_ids  # who acted is part of the action that is checked
        involved = self.user_id | self.done_by_id | actions.user_id | actions.done_by_id
        others = (self.company_id._get_people_in(DESK)
                  | self.company_id._get_people_in(TEAM_LEAD)) - involved
        if self.env.user in involved and others:
            raise AccessError(self.env._(
                "Another person checks the effect: neither the owner nor who took an action."))
        if not self.env.user._is_of_complaint_desk():
            raise AccessError(self.env._("The complaint desk and team leads check the effect."))

    # === WHAT MUST BE THERE === #

    def _ensure_running(self):
        self._refuse_where(
            lambda capa: capa.kind == 'rectification' and (
                not capa.partner_id or not (capa.demand or '').strip() or not capa.date_due),
            self.env._("A rectification notice needs an addressee, the demand and a day"))
        self._refuse_where(
            lambda capa: capa.kind == 'capa' and not (capa.problem or '').strip(),
            self.env._("Describe the problem first (D2)"))

    def _ensure_done(self):
        self._refuse_where(
            lambda capa: capa.kind == 'capa' and not (capa.root_cause or '').strip(),
            self.env._("Name the root cause first (D4)"))
        self._refuse_where(
            lambda capa: capa.kind == 'capa' and not capa.action_ids,
            self.env._("Enter at least one action first (D5)"))
        self._refuse_where(
            lambda capa: any(not action.date_done for action in capa.action_ids),
            self.env._("Actions are still open"))
        self._refuse_where(
            lambda capa: capa.kind == 'rectification' and not (capa.answer or '').strip(),
            self.env._("The addressee did not answer yet"))

    def _ensure_closed(self):
        self._ensure_effect_checked()

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        if target == 'running':
            return vals | {'date_done': False, 'date_closed': False, 'checker_id': False}
        return vals

    def _set_state(self, target, moment=None, **vals):
        """Count what is opened again, before its old state is gone."""
        again = self.filtered(lambda capa: target == 'running' and capa.state != 'draft')
        result = super()._set_state(target, moment=moment, **vals)
        for capa in again.sudo():  # the step above checked the right to it
            capa.reopen_count += 1
        return result

    def _on_state_changed(self, target):
        """End what the step did: the alarm, the actions, the check; it plans its own again."""
        if target in ('running', 'cancelled'):
            self.activity_unlink([CHECK_ACTIVITY])
        if target != 'draft':
            self.activity_unlink([ACTION_ACTIVITY])
        return super()._on_state_changed(target)

    def _on_running(self):
        """Give each action to its owner."""
        self.action_ids._plan()

    def _on_done(self):
        """Plan the check of the effect."""
        for capa in self:
            for user in capa.company_id._get_people_in(DESK) - capa.user_id:
                capa.activity_schedule(
                    CHECK_ACTIVITY, capa.effect_date, user_id=user.id,
                    summary=capa.with_context(lang=user.lang).env._("Check the effect"))

    def _on_closed(self):
        self.activity_feedback([CHECK_ACTIVITY])

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state in ('closed', 'cancelled'):
            return self._get_all_but('lesson')
        if self.state == 'done':
            return locked | self._get_all_but(
                'effect_note', 'effect_days', 'lesson', 'verification', 'photo_ids')
        return locked

    def _get_locked_message(self):
        return self.env._("These actions are implemented or closed; reopen them to change them")

    # === THE ADDRESSEE === #

    @api.model
    def _get_shown_domain(self):
        return super()._get_shown_domain() & Domain('kind', '=', 'rectification')

    def _prepare_answer_vals(self, words):
        return super()._prepare_answer_vals(words) | {
            'date_answered': fields.Date.context_today(self)}

    # === RECURRENCE === #

    @api.model
    def _get_recurrence_domain(self, case):
        """Return the domain of the actions that should have prevented this complaint.

        The same class of cause and product, implemented within the company's period.
        """
        since = fields.Datetime.now() - relativedelta(
            months=case.company_id.aftersales_recurrence_months)
        return Domain('company_id', '=', case.company_id.id) & Domain(
            'state', 'in', ('done', 'closed')) & Domain('date_done', '>=', since) & Domain(
            'product_id', '=', case.product_id.id) & Domain(
            'cause_category', '=', case.cause_category)

    @api.model
    def _reopen_for(self, case):
        """Open again what did not prevent this complaint; return it.

        Called as superuser by the step that states the cause, for one complaint. A complaint
        that came in before the action was implemented says nothing about it.
        """
        if not (case.product_id and case.cause_category):
            return self.browse()
        found = self.search(self._get_recurrence_domain(case)).filtered(
            lambda capa: case not in capa.complaint_ids and case.date_received > capa.date_done)
        for capa in found:
            capa._set_state('running')
            capa.complaint_ids |= case
            capa.message_post(body=self.env._(
                "The fault came back: complaint %(case)s.", case=case.name))
        return found

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Corrective Action %(name)s", name=(self.name or '').replace('/', '-'))
