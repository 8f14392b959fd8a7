from odoo import fields, models

from .activity_types import NEXT_STEP, REMINDER
from .roles import COMPLAINT_MANAGER, DESK

_UNIT_FIELDS = frozenset({'department_id', 'unit_user_id'})
_UNIT_STATES = frozenset({'assigned', 'investigating'})


class AftersalesComplaint(models.Model):
    """Who comes next: each step gives its next person an activity and ends those before it."""

    _inherit = 'aftersales.complaint'

    def _follow_unit(self, vals):
        """Pass the step on where ``write`` named another unit or person."""
        if not vals.keys().isdisjoint(_UNIT_FIELDS):
            # write checked the right; another person of the unit goes on
            self.sudo().filtered(lambda case: case.state in _UNIT_STATES)._plan_next_step()

    def _plan_next_step(self):
        """Give each case's next people their activities, as superuser; end what was done.

        Who has the same step already keeps the activity. One search and one creation serve all.
        """
        if not self:
            return
        types = self.env['ir.model.data']
        type_id = types._xmlid_to_res_id(NEXT_STEP)
        wanted = {}
        for case in self:
            for user in case._get_next_users():
                words = case.with_context(lang=user.lang)._get_next_words()
                wanted[case.id, user.id, words] = case
        present = self.env['mail.activity'].search_fetch([
            ('res_model', '=', self._name), ('res_id', 'in', self.ids),
            ('automated', '=', True),
            ('activity_type_id', 'in', [type_id, types._xmlid_to_res_id(REMINDER)])],
            ['res_id', 'user_id', 'summary', 'activity_type_id', 'date_deadline'])
        steps = present.filtered(lambda activity: activity.activity_type_id.id == type_id)
        for activity in steps:
            if wanted.pop((activity.res_id, activity.user_id.id, activity.summary), None):
                steps -= activity
                present -= activity
        if present - steps:
            (present - steps).unlink()
        self._change_next_steps(steps.with_context(
            mail_activity_quick_update=True, is_next_step_planned=True), wanted, type_id)

    def _change_next_steps(self, steps, wanted, type_id):
        """Let done activities become the next ones of ``{(case id, user id, words): case}``.

        Those that are left over are done, and kept; those that are missing are created.
        """
        vals_list = [case._prepare_next_step(user_id, words)
                     for (__, user_id, words), case in wanted.items()]
        missing = []
        for vals in vals_list:
            activity = steps.filtered(lambda step, vals=vals: step.res_id == vals['res_id'])[:1]
            steps -= activity
            if activity:
                activity.write({name: vals[name] for name in (
                    'user_id', 'summary', 'date_deadline')})
            else:
                missing.append(vals)
        if steps:
            steps.active = False
        if missing:
            model_id = self.env['ir.model']._get_id(self._name)
            steps.create([{
                **vals, 'res_model_id': model_id, 'activity_type_id': type_id,
                'automated': True} for vals in missing])

    def _prepare_next_step(self, user_id, words):
        """Return the values of the activity of one case; it is due with the earliest promise."""
        self.ensure_one()
        return {
            'res_id': self.id, 'user_id': user_id, 'summary': words,
            'date_deadline': self.company_id._get_aftersales_day(
                self.date_deadline or fields.Datetime.now())}

    def _get_next_words(self):
        """Return what the next person does, in the language of the environment."""
        self.ensure_one()
        return {
            'new': self.env._("Judge this complaint"),
            'proposed': self.env._("Approve the proposal or send it back"),
            'approved': self.env._("Answer the customer"),
            'rejected': self.env._("The customer rejects the answer: investigate again"),
            'settled': self.env._("Determine the liability") if (
                self._is_liability_open()) else self.env._("Go on to the improvement"),
            'improving': self.env._("See to the improvement, then close the complaint"),
        }.get(self.state, self.env._("Investigate this complaint"))

    def _get_next_users(self):
        """Return whose turn it is in the present state, as superuser; the customer has none."""
        self.ensure_one()
        if self.state in _UNIT_STATES:
            return self._get_unit_users() or self._get_desk_users()
        if self.state == 'proposed':
            return self._get_approvers()
        if self.state == 'approved':
            return self.user_id or self._get_desk_users()
        if self._is_liability_open():
            return self._get_deciding_managers() or self._get_desk_users()
        if self.state in ('new', 'rejected', 'improving') or (
                self.state == 'settled' and not self._is_short()):
            return self._get_desk_users()
        return self.env['res.users']

    def _is_liability_open(self):
        """Return whether the notice of liability comes next: a complaint manager serves it."""
        self.ensure_one()
        return self.state == 'settled' and self.liability_state == 'draft' and (
            not self._is_short())

    def _get_deciding_managers(self):
        """Return which complaint managers decide: who handles or judged the case, else all."""
        self.ensure_one()
        managers = self.company_id._get_people_in(COMPLAINT_MANAGER)
        own = (self.user_id | self.judge_id) & managers
        return own[:1] or managers

    def _get_desk_users(self):
        """Return who of the desk goes on: who handles or judged the case, else all of it."""
        self.ensure_one()
        for user in (self.user_id, self.judge_id):
            if user.active and user._is_of_complaint_desk():
                return user
        return self.company_id._get_people_in(DESK)

    def _get_approvers(self):
        """Return who may approve the proposal: the smallest role whose limit suffices."""
        self.ensure_one()
        rules = self._get_authority_rules().filtered(
            lambda rule: rule.is_unlimited or rule.amount_limit >= self.amount_offered)
        refused = self._get_liable_users()
        if self.company_id.is_complaint_two_persons:
            refused |= self.proposer_id
        for rule in rules.sorted(lambda rule: (rule.is_unlimited, rule.amount_limit)):
            users = rule.group_id.all_user_ids.filtered(
                lambda user: user.active and not user.share
                and self.company_id in user.company_ids) - refused
            if users:
                return users
        return self.env['res.users']
