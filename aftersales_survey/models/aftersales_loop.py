from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import clean_context

from .roles import MANAGER

ACTIVITY_TYPE = 'aftersales_survey.mail_activity_loop'
SCORES = [('nps', "Recommendation (0–10)"), ('csat', "Satisfaction (1–5)"),
          ('csi', "Index (0–100)"), ('ces', "Effort (1–7)")]


class AftersalesLoop(models.Model):
    """One discontent customer, from the first low answer to the second interview.

    It has an owner and a clock, keeps both scores, and ends only when the customer was asked
    again. It is no complaint: a bridge opens one where the matter needs it. Only its owner,
    interviewers and survey managers read it: the outlet and the technician do not learn who
    rated them low.
    """

    _name = 'aftersales.loop'
    _description = "Loop"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.revocation.mixin', 'mail.thread',
        'mail.activity.mixin', 'aftersales.number.mixin', 'aftersales.clock.mixin']
    _order = 'id'
    _check_company_auto = True

    _TRANSITIONS = {
        'acting': {'open', 'second_call'},
        'second_call': {'open', 'acting'},
        'closed': {'open', 'acting', 'second_call'},
    }
    _STAMPS = {'closed': 'date_closed'}
    _ACTORS = {'closed': 'closer_id'}

    name = fields.Char(string="Number", readonly=True, copy=False, protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, readonly=True, copy=False, protected=True)
    state = fields.Selection(
        [('open', "Open"), ('acting', "In Progress"), ('second_call', "Second Interview"),
         ('closed', "Loop Closed")],
        string="Status", default='open', required=True, readonly=True, copy=False, index=True,
        protected=True, tracking=True)
    user_id = fields.Many2one(
        'res.users', string="Owner", index='btree_not_null', tracking=True, copy=False,
        domain=[('share', '=', False)], check_company=True)

    # What the customer said
    rule_id = fields.Many2one(
        'aftersales.loop.rule', readonly=True, copy=False, protected=True)
    reason = fields.Char(readonly=True, copy=False, protected=True)
    comment = fields.Text(
        string="In the Customer's Words", readonly=True, copy=False, protected=True)
    user_input_id = fields.Many2one(
        'survey.user_input', string="First Answers", readonly=True, copy=False, protected=True,
        groups='aftersales_survey.group_survey_manager')
    invitation_id = fields.Many2one(
        'aftersales.survey.invitation', index='btree_not_null',
        readonly=True, copy=False, protected=True, ondelete='set null',
        groups='aftersales_survey.group_survey_interviewer')
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', readonly=True,
        copy=False, protected=True)
    partner_id = fields.Many2one(
        'res.partner', string="Customer", index='btree_not_null', readonly=True, copy=False,
        protected=True)
    outlet_id = fields.Many2one(
        'aftersales.outlet', index='btree_not_null', readonly=True, copy=False, protected=True)
    technician_id = fields.Many2one(
        'res.users', readonly=True, copy=False, protected=True)
    product_id = fields.Many2one(
        'product.product', string="Unit", readonly=True, copy=False, protected=True)
    score_kind = fields.Selection(
        SCORES, string="Score of", readonly=True, copy=False, protected=True)
    first_score = fields.Float(
        readonly=True, copy=False, protected=True, aggregator='avg')

    # What is done
    solution = fields.Text(
        string="What Was Done", copy=False,
        help="Who asks the customer again reads it first.")
    re_service_order_id = fields.Many2one(
        'aftersales.order', string="Re-service Order", index='btree_not_null', readonly=True,
        copy=False, protected=True)

    # The second interview
    second_invitation_id = fields.Many2one(
        'aftersales.survey.invitation', index='btree_not_null',
        readonly=True, copy=False, protected=True, ondelete='set null',
        groups='aftersales_survey.group_survey_interviewer')
    second_user_input_id = fields.Many2one(
        'survey.user_input', string="Second Answers", readonly=True, copy=False, protected=True,
        groups='aftersales_survey.group_survey_manager')
    second_score = fields.Float(
        readonly=True, copy=False, protected=True, aggregator='avg')
    date_second = fields.Datetime(
        string="Asked Again on", readonly=True, copy=False, protected=True)
    date_closed = fields.Datetime(
        string="Closed on", readonly=True, copy=False, protected=True)
    closer_id = fields.Many2one(
        'res.users', string="Closed by", readonly=True, copy=False, protected=True)
    close_reason = fields.Char(
        string="Closed without Second Interview Because", copy=False,
        help="A survey manager may close a loop without asking the customer again, and says why.")

    _user_input_uniq = models.Constraint(
        'UNIQUE(user_input_id)', "These answers have a loop already.")
    _open_idx = models.Index("(company_id, id) WHERE state != 'closed'")

    # === CRUD === #

    @api.depends('name', 'partner_id')
    def _compute_display_name(self):
        for loop in self:
            loop.display_name = " · ".join(filter(None, (loop.name, loop.partner_id.name)))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        self._refuse_where(
            lambda loop: True, self.env._("Loops stay as a proof and cannot be deleted"))

    # === OPENING === #

    @api.model
    def _open(self, vals_list):
        """Open loops, promise the time, give each owner an activity; return them.

        Called by code that checked who may know the answers; creates as superuser.
        """
        loops = self.sudo().create(vals_list)
        now = fields.Datetime.now()
        loops._start_clocks({loop: [('survey_loop', now)] for loop in loops})
        for rule, ruled in loops.grouped('rule_id').items():
            ruled._take_first_step(rule.action or 'task')
        loops._assign()
        return loops

    def _take_first_step(self, action):
        """Do what the rule, or a click at the desk, asks for first.

        Hook: called when loops were opened and by the buttons of the desk, as superuser after
        the check of the caller, for a batch. A module that adds an action by ``selection_add``
        answers for it here and calls ``super()`` for the others; a task needs nothing but the
        activity of the owner, which every loop gets. What it raises undoes the step.

        :param action: a key of ``action`` of ``aftersales.loop.rule``
        """
        if action == 're_service':
            self._create_re_services()

    def _assign(self):
        """Give each owner an activity, due when the promised time ends."""
        for loop in self.filtered('user_id'):
            due = loop.date_deadline and loop.company_id._get_aftersales_day(loop.date_deadline)
            # the name of the activity is in the language of who gets it
            loop.with_context(lang=loop.user_id.lang or self.env.lang).activity_schedule(
                ACTIVITY_TYPE, date_deadline=due or fields.Date.context_today(self),
                user_id=loop.user_id.id, note=loop.reason)

    # === ACTIONS === #

    def action_start(self):
        """Begin to help the customer."""
        self._set_state('acting')

    def action_re_service(self):
        """Write a second service order for each of these loops."""
        self.check_access('write')
        self._refuse_where('re_service_order_id', self.env._(
            "A second order was written already; open it instead"))
        self._refuse_where(
            lambda loop: not loop.order_id or loop.state == 'closed', self.env._(
                "Only an open loop that follows from a service order gets a second one"))
        # the right to write the loops was checked; most owners may write orders, none need to
        self.sudo()._create_re_services()

    def action_second_call(self):
        """Put the customers into the call queue once more, now that they were helped."""
        self._set_state('second_call')

    def action_close(self):
        """Close the loops."""
        self._set_state('closed')

    def action_view_order(self):
        """Open the service order that the customer was asked about."""
        self.ensure_one()
        return self.order_id._get_records_action(views=[(False, 'form')])

    # === RULES === #

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if target == 'closed' and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._(
                "The second interview closes a loop. Without it a survey manager may close it "
                "and gives the reason: plan the second interview, or ask one."))
        return result

    def _ensure_second_call(self):
        self._refuse_where(
            lambda loop: not (loop.solution or '').strip(), self.env._(
                "Write down what was done before the customer is asked again"))
        self._refuse_where(
            lambda loop: not (loop.order_id.phone or loop.partner_id.phone), self.env._(
                "These customers have no phone number to call: write it down first"))
        self._refuse_where(
            lambda loop: not loop._get_second_wave(), self.env._(
                "There is no wave in which the customer is asked once more: start the calls "
                "after the work, or let a survey manager close the loop with a reason"))

    def _ensure_closed(self):
        self._refuse_where(
            lambda loop: not (loop.close_reason or '').strip() and not loop._is_content_again(),
            self.env._(
                "The customer was not asked again yet, or is not content yet. Plan the second "
                "interview, or give the reason why there is none"))

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        return locked | {'user_id', 'solution', 'close_reason'} if self.state == 'closed' else (
            locked)

    def _get_locked_message(self):
        return self.env._("These loops are closed and stay as they are")

    @api.constrains('user_id', 'technician_id', 'outlet_id', 'company_id')
    def _check_owner(self):
        """Refuse owners who may not learn who rated the work.

        What reaches an owner (activities, alerts, mails) names the customer and the score.
        """
        self._refuse_where(
            lambda loop: loop.user_id and not loop._may_own(
                loop.user_id, loop.company_id, loop.outlet_id, loop.technician_id),
            self.env._(
                "The technician who did the work, and the people of the outlet, do not learn who "
                "rated it: choose another colleague of the company as owner"))

    @api.model
    def _may_own(self, user, company, outlet, technicians):
        """Whether ``user`` may take up what a customer said about ``outlet`` and ``technicians``.

        Hook: called when an owner is chosen and by the constraint on owners, with any rights,
        for one loop. Extend it for further people who may not learn it. Raises nothing.
        """
        # who belongs to an outlet is asked here, whatever the caller may read
        user, outlet = user.sudo(), outlet.sudo()
        return bool(
            user.active and not user.share and company in user.company_ids
            and user not in technicians and user not in outlet.manager_id | outlet._get_people())

    # === WHAT FOLLOWS === #

    def _on_second_call(self):
        """Invite the customers once more, to be called on the next working day."""
        self._invite_again()

    def _on_closed(self):
        """Keep the promise, end the activities, and let the order's follow-up go on."""
        self._get_running_clocks()._stop(fields.Datetime.now())
        self.activity_unlink([ACTIVITY_TYPE])
        self.sudo().second_invitation_id.filtered('date_next_call')._end_calls()
        content = self.filtered(lambda loop: loop._is_content_again())
        content.order_id._note_survey_result('content')
        (self - content).order_id._note_survey_result('not_content')

    def _on_acting(self):
        """Give a loop back to its owner where the second interview was no better."""
        self.filtered('date_second')._assign()

    def _create_re_services(self):
        """Write a second order for each loop that has none, in words that name no rating."""
        loops = self.filtered(lambda loop: loop.order_id and not loop.re_service_order_id)
        orders = self.env['aftersales.order'].with_context(
            clean_context(self.env.context)).create(
                [loop._prepare_re_service_vals() for loop in loops])
        for loop, order in zip(loops, orders, strict=True):
            loop.re_service_order_id = order

    def _prepare_re_service_vals(self):
        """Return the values of the second order: same customer, unit and type as the first."""
        self.ensure_one()
        first = self.order_id
        return {
            'company_id': self.company_id.id, 'partner_id': first.partner_id.id,
            'site_id': first.site_id.id, 'phone': first.phone, 'type_id': first.type_id.id,
            'product_id': first.product_id.id, 'serial': first.serial,
            'warranty_id': first.warranty_id.id, 'outlet_id': first.outlet_id.id,
            'user_id': self.user_id.id,
            'description': self.env._(
                "Check the work of %(order)s again: %(words)s", order=first.name,
                words=first.description or "–")}

    # === THE SECOND INTERVIEW === #

    def _invite_again(self):
        """Make one more invitation of the same wave for each loop, first in the call queue."""
        for wave, loops in self.grouped(lambda loop: loop._get_second_wave()).items():
            invitations = self.env['aftersales.survey.invitation']._create_invitations(
                wave, [loop._prepare_second_row() for loop in loops])
            for loop, invitation in zip(loops, invitations, strict=True):
                loop.second_invitation_id = invitation
                invitation._plan_call('second', loop._get_second_day())
            invitations.user_input_id.write({'aftersales_is_second': True, 'deadline': False})
            invitations.date_deadline = False

    def _get_second_wave(self):
        """Return in which wave the customer is asked again: the first one, else of the calls."""
        self.ensure_one()
        # who may write the loop may have its customer asked again
        loop = self.sudo()
        return loop.invitation_id.wave_id or loop.company_id.survey_call_wave_id

    def _prepare_second_row(self):
        """Return the row of one more invitation; it hangs on the answers before, not the order."""
        self.ensure_one()
        before = self.second_user_input_id or self.user_input_id
        return {
            'res_model': before._name, 'res_id': before.id, 'partner_id': self.partner_id.id,
            'order_id': self.order_id.id, 'outlet_id': self.outlet_id.id,
            'technician_id': self.technician_id.id, 'product_id': self.product_id.id,
            'channel': 'phone'}

    def _get_second_day(self):
        """Return the working day after today, on which the customer is asked again."""
        self.ensure_one()
        today = self.company_id._get_aftersales_day(fields.Datetime.now())
        return self.env['aftersales.order']._get_follow_up_day(self.company_id, today)

    def _note_second_answers(self):
        """Keep the second score; close the loops of those who are content now.

        Called as superuser, for loops whose second interview was answered.
        """
        for loop in self:
            answers = loop.second_invitation_id.user_input_id
            loop.write({
                'second_user_input_id': answers.id, 'date_second': fields.Datetime.now(),
                'second_score': answers[loop.score_kind] if loop.score_kind else 0})
        content = self.filtered(
            lambda loop: loop.state == 'second_call' and loop._is_content_again())
        content._set_state('closed')
        (self - content).filtered(lambda loop: loop.state == 'second_call')._set_state('acting')

    def _is_content_again(self):
        """Return whether the customer was asked again and no rule opens a loop any more."""
        self.ensure_one()
        # the score of the second interview is no secret to who may close the loop
        answers = self.sudo().second_user_input_id
        return bool(answers and self.date_second) and not (
            self.env['aftersales.loop.rule']._match(answers))

    # === PRIVACY === #

    def _forget_customer(self):
        """Forget whom these loops were about; called as superuser by the erasure of answers."""
        self.activity_unlink([ACTIVITY_TYPE])
        self.message_ids.unlink()
        self.write({
            'partner_id': False, 'order_id': False, 're_service_order_id': False,
            'comment': False, 'solution': False, 'close_reason': False})

    # === CLOCK === #

    @api.model
    def _get_clock_kinds(self):
        return super()._get_clock_kinds() | {'survey_loop'}

    def _get_alert_users(self, recipient, clock):
        users = self.user_id if recipient == 'handler' else (
            self.company_id._get_people_in(MANAGER) if recipient == 'manager'
            else super()._get_alert_users(recipient, clock))
        return users.filtered(lambda user: self._may_own(
            user, self.company_id, self.outlet_id, self.technician_id))
