from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from .aftersales_complaint import QUIET_KINDS
from .aftersales_complaint_rule import LEVELS

_RANKS = [level for level, __ in LEVELS]
# what says whether a product had the same cause before
_RECURS_BY = {'cause_category', 'product_id', 'warranty_id'}


class AftersalesComplaint(models.Model):
    """How grave a complaint is: the rules say it, people correct it.

    A loss that is found later raises it, and a cause that the product had before.
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

    # === CRUD === #

    def write(self, vals):
        """Raise the level where a cause was found that the product had before."""
        result = super().write(vals)
        if not vals.keys().isdisjoint(_RECURS_BY):
            recurrences = self._get_recurrences()
            self.filtered(lambda case: case in recurrences)._raise_level()
        return result

    # === RULES === #

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
        recurrences = cases._get_recurrences()
        for case, level in cases._get_rule_levels().items():
            if _RANKS.index(level) > _RANKS.index(case.level):
                case.level = level
                case._message_log(body=case._describe_raise(recurrences.get(case)))

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
