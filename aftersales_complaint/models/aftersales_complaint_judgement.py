from odoo import api, fields, models


class AftersalesComplaint(models.Model):
    """The second and third step: is it founded, and which unit investigates it?"""

    _inherit = 'aftersales.complaint'

    # === ACTIONS === #

    def action_judge(self):
        """Judge the complaints as founded and propose the unit that investigates."""
        self._judge()

    def action_to_investigation(self):
        """Judge, assign and begin to investigate in one click; agents pass it to the desk."""
        if self._may_judge():
            self._judge()
            self._set_state('assigned')
            self._set_state('investigating')
            return self.action_open_sheet()
        self._pass_to_desk()
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification', 'params': {
                'type': 'info', 'message': self.env._(
                    "%(cases)s waits for the complaint desk, which judges it first.",
                    cases=", ".join(self.mapped('name'))),
                'next': self.action_open_sheet()}}

    # === RULES === #

    @api.model
    def _may_judge(self):
        """Return whether the user judges, assigns and closes complaints, and says how grave."""
        return self.env.user._is_of_complaint_desk()

    def _pass_to_desk(self):
        """Give complaints that an agent wrote down to the people who judge."""
        self.check_access('write')
        self.sudo()._plan_next_step()  # the right was checked above

    def _judge(self):
        """Note that the complaints are founded, by whom and when; propose their units."""
        self.check_access('write')
        if not self.env.su:
            self._ensure_may_move('assigned')
        self._ensure_free_to_move()
        self._refuse_where(
            lambda case: case.state != 'new' or case.is_grievance,
            self.env._("Only new complaints are judged; a grievance is the outlet's first"))
        self._refuse_where(
            lambda case: not (case.description or '').strip(),
            self.env._("Write down what the customer says before you judge"))
        # the right to judge was checked above; the stamps are protected
        self.sudo().write({
            'is_founded': True, 'judge_id': self.env.uid,
            'date_judged': fields.Datetime.now()})
        self._propose_units()
        self._on_judged()

    def _propose_units(self):
        """Name the unit of each complaint that has none: its category's, else by the rules."""
        rules = self.env['aftersales.complaint.rule']
        for case in self.sudo().filtered(
                lambda case: not case.department_id and not case.unit_user_id):
            category = case.category_id
            while category and not (category.department_id or category.user_id):
                category = category.parent_id
            department, user = category.department_id, category.user_id
            if not (department or user):
                rule = rules._find('assignment', case._get_rule_facts())
                department, user = rule.department_id, rule.unit_user_id
            # what all companies share may name people of one of them
            user = user._filter_aftersales_colleagues(case.company_id) or (
                department._get_aftersales_heads(case.company_id))[:1]
            # a small firm has no units: who judges goes on with it
            case.write({
                'department_id': department.id,
                'unit_user_id': user.id or (not department and self.env.uid)})
