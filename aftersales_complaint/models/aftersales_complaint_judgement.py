from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from .aftersales_complaint import QUIET_KINDS
from .aftersales_complaint_rule import LEVELS

_RANKS = [level for level, __ in LEVELS]
# what says whether a product had the same cause before
_RECURS_BY = {'cause_category', 'product_id', 'warranty_id'}


class AftersalesComplaint(models.Model):
    """What the rules of the desk say of a complaint, and who judges it.

    How grave it is: people correct the level of the rules; a loss that is found later raises it,
    and a cause that the product had before. Whether it is founded and which unit investigates
    (the second and third step). How much money who may grant: by approval, and at once at the
    front line.
    """

    _inherit = 'aftersales.complaint'

    # === COMPUTES === #

    @api.depends(
        'kind', 'category_id', 'channel', 'is_injury', 'is_media', 'is_authority', 'is_abroad',
        'is_leaving', 'amount_asked', 'repeat_count', 'partner_id')
    def _compute_level(self):
        """Take the level of the first rule that fits; none makes it a general complaint."""
        for case, level in self._get_rule_levels().items():
            case.level = level

    # === HOW GRAVE === #

    def _reset_level(self):
        """Give what agents write down the level of the rules, whatever call or default says."""
        if self.env.su or self._may_judge():
            return
        # the level of the rules
        for case, level in self.sudo()._get_rule_levels().items():
            if case.level != level:
                case.level = level

    def _follow_cause(self, vals):
        """Raise the level where ``write`` noted a cause that the product had before."""
        if not vals.keys().isdisjoint(_RECURS_BY):
            recurrences = self._get_recurrences()
            self.filtered(lambda case: case in recurrences)._raise_level()

    def _get_rule_levels(self):
        """Return ``{complaint: level}`` by the rules, raised where a cause comes again.

        What asks for nothing is a general one.
        """
        rules, recurrences = self.env['aftersales.complaint.rule'], self._get_recurrences()
        levels = {}
        for case in self:
            if case.kind in QUIET_KINDS:
                levels[case] = 'general'
                continue
            fitting = rules._match('level', case._get_rule_facts())
            rank = _RANKS.index(fitting[0].level if fitting else 'general')
            if case in recurrences:
                rank = min(rank + recurrences[case].level_steps, len(_RANKS) - 1)
            levels[case] = _RANKS[rank]
        return levels

    def _get_recurrences(self):
        """Return ``{complaint: rule}`` where the product had the same cause before.

        The first rule that fits counts, as a ``Rule``; one query for each period of the rules.
        """
        # others count with any handler; only their number is used
        cases = self.sudo().filtered(lambda case: case.cause_category and case.product_id)
        recurrences, causes = {}, {}
        for case in cases:
            received = case.date_received or fields.Datetime.now()
            for rule in self.env['aftersales.complaint.rule']._match(
                    'recurrence', case._get_rule_facts()):
                since = fields.Datetime.now() - relativedelta(months=rule.months)
                if rule.months not in causes:
                    causes[rule.months] = cases._count_causes(since)
                number, first = causes[rule.months].get(
                    (case.company_id.id, case.product_id._origin.id, case.cause_category),
                    (0, received))
                number -= bool(case._origin) and received >= since  # itself
                if first < received and number >= rule.cause_repeat_from:
                    recurrences[case] = rule
                    break
        return recurrences

    def _count_causes(self, since):
        """Return ``{(company, product, class of the cause): (number, first day)}`` since then."""
        return {
            (company.id, product.id, cause): (number, first)
            for company, product, cause, number, first in self._read_group(
                [('company_id', 'in', self.company_id.ids),
                 ('product_id', 'in', self.product_id._origin.ids),
                 ('cause_category', 'in', list(set(self.mapped('cause_category')))),
                 ('date_received', '>=', since),
                 ('state', 'not in', ('unfounded', 'merged'))],
                ['company_id', 'product_id', 'cause_category'],
                ['__count', 'date_received:min'])}

    def _raise_level(self):
        """Raise open complaints to the level that the rules give them now.

        A level that people set higher stays. Hook to call: by steps that were checked, after a fact
        of the rules changed, such as the loss or the cause, as any user, for a batch. Raises
        nothing.
        """
        # the level follows from the rules, not from the rights of the user who notes a fact
        cases = self.sudo().filtered(lambda case: not case.date_closed)
        recurrences, notes = cases._get_recurrences(), {}
        for case, level in cases._get_rule_levels().items():
            if _RANKS.index(level) > _RANKS.index(case.level):
                case.level = level
                notes[case.id] = case._describe_raise(recurrences.get(case))
        cases.browse(notes)._message_log_batch(notes)

    def _describe_raise(self, recurrence):
        """Return why the level was raised."""
        if recurrence:
            return self.env._(
                "The level is higher: the product had the same class of the cause in the last "
                "%(months)s months.", months=recurrence.months)
        return self.env._(
            "The level follows the loss that was found: %(loss)s.",
            loss=self.currency_id.format(self.amount_loss))

    def _get_rule_facts(self):
        """Return what the rules of the desk are matched with, for one complaint.

        Hook: called when a level is computed, a unit proposed and an approval judged, as the
        user, for one record, saved or not. A module that adds a criterion to
        ``aftersales.complaint.rule`` adds its fact here. Raises nothing.
        """
        self.ensure_one()
        path = self.category_id.sudo().parent_path or ''
        case = self.sudo()  # facts of the case itself, which the caller reads
        return {
            'company': self.company_id.id, 'day': fields.Date.context_today(self),
            'kind': case.kind, 'channel': case.channel,
            # the grade of the customer's own company; grades are no secret to agents
            'grade': lambda: case.commercial_partner_id.aftersales_grade_id.id,
            'categories': tuple(int(key) for key in path.split('/') if key),
            'is_injury': case.is_injury, 'is_media': case.is_media,
            'is_authority': case.is_authority, 'is_abroad': case.is_abroad,
            'is_leaving': case.is_leaving,
            'is_exceptional': case.is_injury or case.is_media or case.is_authority,
            'repeat': case.repeat_count,
            'amount': max(case.amount_asked, case.amount_loss)}

    # === FOUNDED OR NOT, AND WHICH UNIT === #

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

    def _on_judged(self):
        """Do what follows from the judgement, as the user who judged.

        Hook: called for the batch that was judged as founded, after the stamps and the proposal
        of a unit were written; what it raises undoes the judgement.
        """
        self._follow_step()

    # === HOW MUCH WHO MAY GRANT === #

    def _get_authority(self):
        """Return the amount that the user may approve in this case; ``None`` for any amount.

        The largest of the rules in force for the roles of the user. Where a rule is made for
        such cases alone (injury, media, authority), only rules of its kind count.
        """
        return self._get_largest(self._get_authority_rules())

    def _get_authority_rules(self):
        """Return the rules of approval that hold for this case, as superuser."""
        self.ensure_one()
        rules = self.env['aftersales.complaint.rule']._find_all(
            'authority', self._get_rule_facts())
        return rules.filtered('is_exceptional') or rules

    def _get_recovery_left(self):
        """Return what the user may still grant at once; ``None`` for any amount.

        What a role may approve it may grant at once, too; the outlet's monthly budget holds
        for what the front line grants.
        """
        self.ensure_one()
        rules = self.env['aftersales.complaint.rule']._find_all(
            'recovery', self._get_rule_facts())
        front = self._get_largest(rules)
        budgets = rules.filtered('month_limit').mapped('month_limit')
        if front is not None and budgets and self.outlet_id:
            front = max(0.0, min(front, max(budgets) - self._get_month_recovery()))
        authority = self._get_authority()
        return None if front is None or authority is None else max(front, authority)

    @api.model
    def _get_largest(self, rules):
        """Return the largest limit that the user's roles have by ``rules``; ``None`` for any."""
        mine = self._filter_own(rules)
        if any(mine.mapped('is_unlimited')):
            return None
        return max(mine.mapped('amount_limit'), default=0.0)

    @api.model
    def _filter_own(self, rules):
        """Return the rules made for a role of the user."""
        group_ids = self.env.user._get_group_ids()
        return rules.filtered(lambda rule: rule.group_id.id in group_ids)

    def _get_month_recovery(self):
        """Return what the outlet's cases of this month were granted at once."""
        self.ensure_one()
        first = fields.Date.context_today(self).replace(day=1)
        # the sum of an outlet is all that is used
        [[total]] = self.sudo()._read_group([
            ('outlet_id', '=', self.outlet_id._origin.id), ('flow', '=', 'fast'),
            ('date_settled', '>=', first), ('company_id', '=', self.company_id.id)],
            aggregates=['amount_accepted:sum'])
        return total or 0.0
