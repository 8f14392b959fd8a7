from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .aftersales_notice_mixin import OFFICER

# what the person concerned, and who decides, write on the document
PERSON_FIELDS = frozenset({'statement', 'appeal', 'signature'})
DECIDER_FIELDS = frozenset({'decision_note', 'appeal_note'})


class AftersalesHearingMixin(models.AbstractModel):
    """A document held against a person, who is heard before it is decided and may appeal.

    Somebody else than who wrote it decides, and another person than who decided on the appeal,
    where the company has one. It has no conversation, no activities and no followers: officers,
    the person and who decides read it by the record rules.

    A model names its steps by the attributes below; its state ``statement`` asks the person, its
    state ``draft`` begins again. It has ``employee_id``, ``evidence`` and ``company_id``.
    """

    _name = 'aftersales.hearing.mixin'
    _description = "Document with a Hearing"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.evidence.mixin', 'aftersales.protected.mixin']

    # state -> the fields that stay open in it; a draft is open
    _OPEN_FIELDS = {}
    # the steps that the person concerned takes, or an officer who has it in writing: an appeal
    _PERSON_STEPS = frozenset()
    # the state from which the first decision is taken
    _decided_from = None
    # what decides how heavy it is: a change is the work of an author, and is answered again
    _WEIGHT_FIELDS = frozenset()
    # the field that says when it was served: from then on the person may appeal
    _served_field = None

    author_id = fields.Many2one(
        'res.users', string="Written by", readonly=True, copy=False, protected=True,
        default=lambda self: self.env.user)
    weight_author_id = fields.Many2one(
        'res.users', string="Last Weighed by", readonly=True, copy=False, protected=True,
        help="Who changed last what decides how heavy it is.")
    is_asked_again = fields.Boolean(readonly=True, copy=False, protected=True)
    user_id = fields.Many2one(
        'res.users', string="User of the Person", compute='_compute_user_id', store=True,
        precompute=True, index='btree_not_null', protected=True)
    department_id = fields.Many2one(
        'hr.department', compute='_compute_department_id', store=True, readonly=False,
        precompute=True, index='btree_not_null')
    evidence = fields.Text(help="What proves it; files are added below.")
    photo_ids = fields.Many2many(string="Files")

    # The answer of the person
    date_asked = fields.Datetime(
        string="Statement Asked on", readonly=True, copy=False, protected=True)
    statement_date = fields.Date(
        string="Statement until", compute='_compute_statement_date', store=True, protected=True)
    statement = fields.Text(copy=False, help="What the person says.")
    date_stated = fields.Datetime(
        string="Statement Received on", readonly=True, copy=False, protected=True)
    stated_by_id = fields.Many2one(
        'res.users', string="Statement Recorded by", readonly=True, copy=False, protected=True)

    # The decision
    approver_id = fields.Many2one(
        'res.users', string="Deciding Manager", domain="[('share', '=', False)]",
        index='btree_not_null', help="Who decides. Empty: any other officer of the company.")
    decision_note = fields.Text(string="Reasons of the Decision", copy=False)
    decider_id = fields.Many2one(
        'res.users', string="Approved by", readonly=True, copy=False, protected=True)
    signature = fields.Binary(
        string="Receipt Signed", copy=False, attachment=True,
        help="The person signs that the notice was received, not that it is right.")
    appeal_date = fields.Date(
        string="Appeal until", compute='_compute_appeal_date', store=True, protected=True)
    appeal = fields.Text(copy=False, help="Why the person does not agree.")
    date_appealed = fields.Datetime(
        string="Appealed on", readonly=True, copy=False, protected=True)
    appeal_note = fields.Text(string="Reasons on the Appeal", copy=False)
    appeal_decider_id = fields.Many2one(
        'res.users', string="Appeal Decided by", readonly=True, copy=False, protected=True)
    date_decider_notified = fields.Datetime(readonly=True, copy=False, protected=True)
    can_decide = fields.Boolean(compute='_compute_can_decide')

    # === COMPUTES === #

    @api.depends('employee_id.user_id')
    def _compute_user_id(self):
        for paper in self:
            paper.user_id = paper.employee_id.user_id

    @api.depends('employee_id')
    def _compute_department_id(self):
        """Keep the department as it is when the document is written: people move on."""
        for paper in self:
            paper.department_id = paper.sudo().employee_id.department_id

    @api.depends('date_asked')
    def _compute_statement_date(self):
        for paper in self:
            paper.statement_date = bool(paper.date_asked) and paper._get_window(
                paper.date_asked, paper.company_id.aftersales_statement_days)

    @api.depends(lambda self: (self._served_field,) if self._served_field else ())
    def _compute_appeal_date(self):
        for paper in self:
            served = paper._is_open_to_appeal() and paper[paper._served_field]
            paper.appeal_date = bool(served) and paper._get_window(
                served, paper.company_id.aftersales_appeal_days)

    @api.depends('state', 'date_stated', 'approver_id')
    @api.depends_context('uid')
    def _compute_can_decide(self):
        """Ask the rule of the decision itself: the page shows no button that it refuses."""
        for paper in self:
            paper.can_decide = paper._is_ready_to_decide() and paper._may_decide()

    def _to_day(self, moment):
        return self.company_id._get_aftersales_day(moment)

    def _get_today(self):
        return self._to_day(fields.Datetime.now())

    def _get_window(self, moment, days):
        """Return the last of the company's working days that follow a moment."""
        return self.company_id._get_last_day(self._to_day(moment), days, is_workdays=True)

    # === WHO CHANGES WHAT === #

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state == 'draft':
            return locked
        stays = self._OPEN_FIELDS[self.state]
        if self.date_stated:
            stays = stays - {'statement'}
        return locked | self._get_all_but(*stays)

    def _get_locked_message(self):
        return self.env._("These are past this point and stay as they are")

    def _ensure_may_change(self, vals):
        """Let the person answer and who decides give reasons; the rest is for officers."""
        self.check_access('write')
        allowed = set()
        if self.env.user in self.user_id:
            allowed = PERSON_FIELDS
        elif not self.env.user.has_group(OFFICER):
            allowed = DECIDER_FIELDS
        if allowed and vals.keys() - allowed:
            raise AccessError(self.env._(
                "Here you can only answer or decide; an officer of penalties changes the rest."))
        return super()._ensure_may_change(vals)

    def write(self, vals):
        """Note who changes how heavy it is, and ask the person again."""
        names = [name for name in vals if name in self._WEIGHT_FIELDS]
        before = [[paper[name] for name in names] for paper in self] if not self.env.su else []
        result = super().write(vals)
        if vals.get('approver_id'):
            self._notify_deciders()
        changed = self.browse(
            paper.id for paper, values in zip(self, before, strict=not self.env.su)
            if values != [paper[name] for name in names])
        changed._note_weighed()
        return result

    def _note_weighed(self):
        """Note the user as an author; what was asked before is asked again."""
        if not self:
            return
        # protected: the user wrote the values just now
        self.sudo().write({'weight_author_id': self.env.uid})
        asked = self.filtered(lambda paper: paper.state == 'statement')
        if asked:
            asked.sudo().write({  # as above
                'date_asked': fields.Datetime.now(), 'date_stated': False,
                'stated_by_id': False, 'is_asked_again': True,
                'date_decider_notified': False})
            asked._on_statement()

    def _ensure_of_others(self, message):
        """Refuse officers a step on what is about themselves."""
        if not self.env.su and self.env.user in self.user_id:
            raise AccessError(message)

    # === ACTIONS === #

    def action_ask_statement(self):
        """Let the persons read what is held against them and answer."""
        self._set_state('statement')

    def action_hand_in(self):
        """Close the statements: the person's own, or one that an officer got on paper."""
        self.check_access('write')
        self._refuse_where(
            lambda paper: paper.state != 'statement' or paper.date_stated,
            self.env._("No statement is asked for"))
        self._refuse_where(
            lambda paper: not (paper.statement or '').strip(),
            self.env._("Write the statement first"))
        # protected: noted by this step only, after the checks above
        self.sudo().write({
            'date_stated': fields.Datetime.now(), 'stated_by_id': self.env.uid})
        self._notify_deciders()

    # === WHO === #

    def _ensure_officer(self):
        if not self.env.su and not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Officers of penalties take this step."))

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if self.env.user in self.user_id:
            if target not in self._PERSON_STEPS:
                raise AccessError(self.env._(
                    "This is about you: you can answer and appeal, others decide."))
            return result
        for paper in self:
            if paper._is_decision(target):
                paper._ensure_decider()
            else:
                self._ensure_officer()
        return result

    def _is_decision(self, target):
        """Return whether the step of this one document is for who decides, not for officers.

        Hook: called as the user for one document in its old state. Raises nothing.
        """
        raise NotImplementedError

    def _ensure_decider(self):
        """Refuse who wrote the document or, on an appeal, who approved it.

        Where a company has no other officer, the one it has decides alone.
        """
        self.ensure_one()
        user, paper = self.env.user, self.sudo()  # the caller checked access to the document
        is_first = paper.state == self._decided_from
        is_allowed = user == paper.approver_id or (
            not (paper.approver_id and is_first) and user.has_group(OFFICER))
        if not is_allowed:
            raise AccessError(self.env._(
                "The deciding manager who is named here decides: leave this step to them."))
        approved = user.browse() if is_first else paper.decider_id
        weighed_by = paper.weight_author_id
        if is_first and user == weighed_by and paper._get_other_officers(user):
            raise AccessError(self.env._(
                "Another person decides: you changed what this comes to."))
        before = paper.author_id | weighed_by | approved
        # an appeal is decided by another person than who approved, be it who wrote the document
        is_own_appeal = paper.state in self._PERSON_STEPS and user in approved
        if (user in before and paper._get_other_officers(before)) or (
                is_own_appeal and paper._get_other_officers(approved)):
            raise AccessError(self.env._(
                "Another person decides: who wrote or approved this does not decide on it."))

    def _is_ready_to_decide(self):
        """Return whether a decision on this one document comes next.

        Hook: called as any user for one document, by the page and by who notifies. Raises nothing.
        """
        self.ensure_one()
        return False

    def _may_decide(self):
        """Return whether the user decides on this one document in its present state."""
        self.ensure_one()
        if self.env.user in self.user_id:
            return False
        try:
            self._ensure_decider()
        except AccessError:
            return False
        return True

    def _get_deciders(self):
        """Return who may decide on this one document now: who is named, else other officers."""
        self.ensure_one()
        paper = self.sudo()  # whom it waits for is all that is used
        people = paper.approver_id | paper.company_id._get_people_in(OFFICER)
        return people.filtered(
            lambda user: user.active and paper.with_user(user).sudo()._may_decide())

    def _get_other_officers(self, users):
        """Return the officers of the company but ``users`` and the person concerned."""
        self.ensure_one()
        return self.company_id._get_people_in(OFFICER) - users - self.user_id

    # === WHAT MUST BE THERE === #

    def _has_evidence(self):
        """Return whether words or files prove it.

        Hook: called as the user for one document before a step that asks for proof; a model adds
        the documents that it comes from. Raises nothing.
        """
        self.ensure_one()
        return bool((self.evidence or '').strip() or self.photo_ids)

    def _ensure_decider_is_another(self):
        self._refuse_where(
            lambda paper: paper.approver_id and paper.approver_id == paper.user_id,
            self.env._("The person concerned cannot be the deciding manager: choose another "
                       "one"))

    def _ensure_appealable(self):
        """Refuse an appeal without a reason, or after its days."""
        self._refuse_where(
            lambda paper: not (paper.appeal or '').strip(),
            self.env._("Write the reason of the appeal first"))
        for paper in self:
            if not paper._can_appeal():
                raise UserError(self.env._(
                    "The time to appeal ended on %(day)s.",
                    day=format_date(self.env, paper.appeal_date)))

    def _is_open_to_appeal(self):
        """Return whether the person may appeal against this kind of document at all.

        Hook: called when the last day of an appeal is computed, for one document. Raises nothing.
        """
        self.ensure_one()
        return True

    def _can_appeal(self):
        self.ensure_one()
        return bool(self.appeal_date) and self.appeal_date >= self._get_today()

    # === WHAT FOLLOWS === #

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        if target == 'draft':  # what changes is answered again
            vals.update(
                date_asked=False, date_stated=False, stated_by_id=False, is_asked_again=True,
                date_decider_notified=False)
        return vals

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        self._notify_deciders()

    def _notify_deciders(self):
        """Send who decides next a line that says nothing but which document waits.

        Hook to call: when a document becomes ready to be decided, as any user who changed it, for
        a batch; documents that wait for another step are left alone. Raises nothing.
        """
        for paper in self.sudo().filtered(lambda paper: paper._is_ready_to_decide()):
            for user in paper._get_deciders() - paper.env.user:
                localized = paper.with_context(lang=user.lang)
                # no document, as below; the record itself says what it is about, to who may read
                localized.env['mail.thread'].message_notify(
                    partner_ids=user.partner_id.ids,
                    subject=localized.env._("A document waits for you"),
                    body=localized.env._(
                        "%(name)s waits for your decision. You find it in the app Employees.",
                        name=paper.name))
            paper.date_decider_notified = fields.Datetime.now()

    def _notify_person(self, write_words):
        """Send the persons a line that no follower and no conversation keeps.

        :param write_words: a function of one document, in the language of the person
        """
        for paper in self.filtered('user_id'):
            paper = paper.with_context(lang=paper.user_id.lang)
            # no document: no other user finds it by the line. Every user may group notifications
            # by their subject: only the body, which the person alone reads, says what it is about
            self.env['mail.thread'].message_notify(
                partner_ids=paper.user_id.partner_id.ids,
                subject=paper.env._("A document waits for you"), body=write_words(paper))
