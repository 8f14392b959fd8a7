from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.liability import UnitRow, missing_share

SHARES = ('share_first', 'share_second', 'share_third')


class AftersalesComplaintRule(models.Model):
    """Default splits of liability: between units, and inside a unit by its amount."""

    _inherit = 'aftersales.complaint.rule'

    split = fields.Selection(
        [('units', "Between Units"), ('unit', "Inside a Unit")], default='units',
        help="Between units: at fault, could have caught it. Inside a unit: person at fault, "
             "first and second superior.")
    is_watched = fields.Boolean(
        string="Superior Could Watch",
        help="For units whose superior could have watched the work, or did not control it.")
    share_first = fields.Float(string="First Share (%)", digits=(5, 2))
    share_second = fields.Float(string="Second Share (%)", digits=(5, 2))
    share_third = fields.Float(string="Third Share (%)", digits=(5, 2))

    _shares_positive = models.Constraint(
        f"CHECK({' AND '.join(f'{name} >= 0' for name in SHARES)})",
        "Shares cannot be negative.")

    @api.constrains('subject', 'split', *SHARES)
    def _check_shares(self):
        for rule in self.filtered(lambda rule: rule.subject == 'share'):
            missing = missing_share([rule[name] for name in SHARES])
            if missing or not rule.split:
                raise ValidationError(self.env._(
                    "The shares of rule “%(rule)s” are %(total)s %%, not 100 %%. Correct them.",
                    rule=rule.name, total=f'{100 - missing:g}'))

    @api.model
    def _find_splits(self, split, case):
        """Return the rules of one kind of split that hold for a complaint, as superuser."""
        return self._find_all('share', case._get_rule_facts()).filtered(
            lambda rule: rule.split == split)

    def _get_unit_row(self):
        """Return the row that a rule inside a unit says."""
        self.ensure_one()
        return UnitRow(
            None if self.is_unlimited else self.amount_limit,
            self.share_first, self.share_second, self.share_third)
