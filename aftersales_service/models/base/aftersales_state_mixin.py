from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import clean_context


class AftersalesStateMixin(models.AbstractModel):
    """A record whose ``state`` moves by named steps, and only along its life-cycle.

    A model declares which state follows which and, where a step asks for more, says:

    * who takes it: ``_ensure_may_move(target)``;
    * what must be there before: ``_ensure_<state>()``;
    * what is noted with it: ``_STAMPS``, ``_ACTORS``, else ``_prepare_state_vals(target, moment)``;
    * what follows from it: ``_on_<state>()``, or ``_on_state_changed(target)`` for several.

    Its buttons only call ``_set_state``. All methods take all the records at once; the checks
    run as the user, the rest as superuser. The field ``state`` is protected.

    Where stage records carry the state, ``_stage_field`` names the field of the stage, and
    ``write`` guards it: boards, imports and calls move a record along the same rules.
    """

    _name = 'aftersales.state.mixin'
    _description = "Life-Cycle"
    _inherit = 'aftersales.guard.mixin'

    # target state -> states it can be reached from: the whole life-cycle on one screen
    _TRANSITIONS = {}
    # state -> the field that notes when it was entered
    _STAMPS = {}
    # state -> the field that notes who brought it there
    _ACTORS = {}
    # the field of the stage, where stage records have a ``state``
    _stage_field = None

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Begin the life-cycle at its beginning; a protected ``state`` does so by itself."""
        records = super().create(vals_list)
        if self._stage_field:
            records._ensure_start_state()
        return records

    def write(self, vals):
        """Keep the stage to the life-cycle, where there are stages."""
        if not self._stage_field:
            return super().write(vals)
        is_staged = self._stage_field in vals
        if 'state' in vals and not (is_staged and self.env.su):
            raise UserError(self.env._(
                "The state follows from its stage: choose another stage instead."))
        if not is_staged or 'state' in vals:
            return super().write(vals)  # both, as superuser: a step that was checked
        self.check_access('write')  # before the rules, whose sentences name records
        target = self._get_stage_state(vals[self._stage_field])
        moved = self.filtered(lambda record: record.state != target)
        if not moved:
            return super().write(vals)
        moved._ensure_step(target)
        stage_vals = {self._stage_field: vals[self._stage_field]}
        if len(vals) > 1:
            # the rules below read what the same call brings, such as the signature
            super().write({name: value for name, value in vals.items() if name not in stage_vals})
        moved._ensure_state_rules(target)
        if self != moved:
            super(AftersalesStateMixin, self - moved).write(stage_vals)
        # the step was allowed by the checks above; what it creates takes no caller's defaults
        moved = moved.sudo().with_context(clean_context(self.env.context))
        super(AftersalesStateMixin, moved).write({
            **moved._prepare_state_vals(target, fields.Datetime.now()),
            **stage_vals, 'state': target})
        moved._on_state_changed(target)
        return True

    # === THE MOVE === #

    def _set_state(self, target, moment=None, **vals):
        """Move all records to ``target``, or refuse naming those that cannot.

        Hook to call: by buttons, wizards, phones and crons, as the user who takes the step, for
        a batch; it is private, so no RPC. The rules run as the user, what is written and what
        follows (``_on_state_changed``) as superuser, in one transaction. Records whose stage
        carries ``target`` already stay in it.

        :param moment: when it happened, if not now: a phone without network reports later
        :param vals: what the step notes besides its stamps, written as superuser
        :raise AccessError: the user may not write the records, or not take this step
        :raise UserError: another user is moving them, the life-cycle does not know the step,
            or something that the state asks for is missing
        """
        self.check_access('write')
        moved = self
        if self._stage_field:
            moved = self.filtered(lambda record: record.state != target)
        if not moved:
            return
        moved._ensure_step(target)
        moved._ensure_state_rules(target)
        # the step was allowed by the checks above; what it creates takes no caller's defaults
        moved = moved.sudo().with_context(clean_context(self.env.context))
        vals = {**moved._prepare_state_vals(target, moment or fields.Datetime.now()), **vals}
        if self._stage_field:
            for stage_id, records in moved._get_state_stages(target).items():
                records.write({**vals, 'state': target, self._stage_field: stage_id})
        else:
            moved.write({**vals, 'state': target})
        moved._on_state_changed(target)

    def _ensure_step(self, target):
        """Refuse a step that the user, another one at the same time or the life-cycle forbids."""
        if not self.env.su:
            self._ensure_may_move(target)
        self._ensure_free_to_move()
        self._ensure_reachable(target)

    def _ensure_free_to_move(self):
        """Let one of two users who move the same record at once win; the other gets an error.

        Hook to call: by steps that change no state but must not run twice, such as an approval, and
        by ``_set_state``; as any user who may write them, for a batch, before anything is written.
        The records stay locked until the transaction ends; nothing waits.

        :raise UserError: naming the records that another transaction has; its ``__cause__`` is a
            ``LockError``, by which code knows that it may try again
        """
        busy = self - self.try_lock_for_update(allow_referencing=True)
        if busy:
            # a sentence for people; its cause lets code try again later
            raise UserError(self.env._(
                "Another user is changing these records right now; reload and try again: "
                "%(names)s", names=busy.mapped('display_name'))) from LockError(busy._name)

    def _ensure_reachable(self, target):
        """Refuse the records that cannot get into ``target`` from where they are, naming them.

        Hook: called by ``_set_state`` and ``write`` of the stage, as the user or superuser, for a
        locked batch in its old states, after ``_ensure_may_move`` and before ``_ensure_<state>``.
        Override it where more than ``_TRANSITIONS`` decides, as the type of an order does.

        :raise UserError: naming the records
        """
        refused = self.filtered(
            lambda record: record.state not in self._TRANSITIONS.get(target, ()))
        if refused:
            labels = dict(self._fields['state']._description_selection(self.env))
            raise UserError(self.env._(
                "What is “%(state)s” cannot become “%(target)s”: %(names)s",
                state=labels[refused[0].state], target=labels.get(target, target),
                names=refused.mapped('display_name')))

    # === WHAT A MODEL SAYS === #

    def _ensure_may_move(self, target):
        """Refuse users who may write the records, but not take this step.

        Hook: called first by ``_set_state`` and ``write`` of the stage, as the user, for a batch in
        its old states, before lock and rules. Superuser is not asked.

        :raise AccessError: who takes the step; it names no record
        """

    def _ensure_state_rules(self, target):
        """Refuse records that lack something which ``target`` asks for.

        Hook: called by ``_set_state`` and ``write`` of the stage, as the user or superuser, for a
        locked batch that can reach the state and is not in it yet, before anything is written (with
        a stage: after the other values of the same call). Extend it for several states,
        ``_ensure_<state>`` for one; several modules chain by ``super()``.

        :raise UserError: naming the records, by ``_refuse_where``
        """
        rule = getattr(self, f'_ensure_{target}', None)
        if rule:
            rule()

    def _prepare_state_vals(self, target, moment):
        """Return the values that entering ``target`` at ``moment`` notes on all the records.

        Hook: called by ``_set_state`` and ``write`` of the stage, as superuser (``env.user`` is who
        takes the step), for the whole batch, after the checks and before the state is written.
        Extend it by ``super() | {…}``; the default notes ``_STAMPS`` and ``_ACTORS``. Raises
        nothing.
        """
        noted = (self._STAMPS.get(target), moment), (self._ACTORS.get(target), self.env.uid)
        return {name: value for name, value in noted if name}

    def _on_state_changed(self, target):
        """Do what follows from the new state of these records.

        Hook: called by ``_set_state`` and ``write`` of the stage, as superuser (``env.user`` is who
        takes the step), for a batch that is never empty, once state and stamps are written, in the
        same transaction. Extend it for several states, ``_on_<state>`` for one; call ``super()``.
        What it raises undoes the step.
        """
        follow = getattr(self, f'_on_{target}', None)
        if follow:
            follow()

    # === STAGES === #

    def _ensure_start_state(self):
        """Refuse new records in the middle of their flow, whatever call, default or import says.

        Hook: called by ``create`` for a batch of new records that have stages, as the user or
        superuser, after the insert. By default each starts in the state of the first stage;
        superuser starts anywhere.

        :raise UserError: naming the records, which are not made
        """
        if self.env.su:
            return
        # the flow is the same for everybody
        first = self.env[self._fields[self._stage_field].comodel_name].sudo().search([], limit=1)
        self._refuse_where(
            lambda record: record.state != first.state,
            self.env._("A new record starts in the first stage of its flow"))

    def _get_stage_state(self, stage_id):
        """Return the state that a stage carries.

        Hook: called by ``write`` of the stage, as the user, for one stage before any rule; override
        it where the states of stages are cached.

        :raise UserError: the id is none of a stage
        """
        # the flow is the same for everybody
        stage = self.env[self._fields[self._stage_field].comodel_name].sudo().browse(
            stage_id or ()).exists()
        if not stage.state:
            raise UserError(self.env._("Choose one of the stages."))
        return stage.state

    def _get_state_stages(self, target):
        """Return ``{stage id: records}``: into which stage of ``target`` each record goes.

        Hook: called by ``_set_state``, as superuser, for a batch, after the checks and before the
        state is written. By default the first one in the order of the stages.

        :raise UserError: no stage carries the state
        """
        stage = self.env[self._fields[self._stage_field].comodel_name].search(
            [('state', '=', target)], limit=1)
        if not stage:
            raise UserError(self.env._(
                "There is no stage for “%(state)s”: add one in the configuration first.",
                state=dict(self._fields['state']._description_selection(self.env)).get(
                    target, target)))
        return {stage.id: self}
