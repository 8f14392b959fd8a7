from odoo import api, fields, models


class AftersalesComplaint(models.Model):
    """How much money who may grant: by approval, and at once at the front line."""

    _inherit = 'aftersales.complaint'

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
