from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

LEVELS = [
    ('outstanding', "Outstanding"), ('excellent', "Excellent"), ('good', "Good"),
    ('pass', "Pass"), ('weak', "Weak")]


class AftersalesScoreLevel(models.Model):
    """From which score on a level is reached, and what follows from it."""

    _name = 'aftersales.score.level'
    _description = "Level of Monthly Scores"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'minimum desc, id'
    _rec_name = 'level'

    level = fields.Selection(LEVELS, required=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    minimum = fields.Float(string="From Score", required=True, digits=(16, 1))
    bonus_factor = fields.Float(
        required=True, default=1.0, digits=(16, 2),
        help="For payroll, which takes it over by hand or export: nothing is paid from here.")
    reward = fields.Char(
        translate=True, help="What the level brings; proposed on the sheet, and editable there.")
    date_from = fields.Date(string="Valid From")
    date_to = fields.Date(string="Valid To")

    _dates_ordered = models.Constraint(
        'CHECK(date_to >= date_from)', "A level cannot end before it begins.")
    _numbers_positive = models.Constraint(
        'CHECK(minimum >= 0 AND minimum <= 100 AND bonus_factor >= 0)',
        "A level begins between 0 and 100, and its factor is not negative.")

    @api.constrains('level', 'company_id', 'date_from', 'date_to')
    def _check_one_at_a_time(self):
        """Refuse two rows of one level for the same days: one of them would count by chance."""
        for level in self:
            domain = Domain('id', '!=', level.id) & Domain('level', '=', level.level) & Domain(
                'company_id', '=', level.company_id.id)
            if level.date_from:
                domain &= Domain('date_to', '=', False) | Domain('date_to', '>=', level.date_from)
            if level.date_to:
                domain &= Domain('date_from', '=', False) | Domain(
                    'date_from', '<=', level.date_to)
            if self.search_count(domain, limit=1):
                raise ValidationError(self.env._(
                    "The level “%(level)s” has another row for these days: end that one first.",
                    level=level.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @ormcache('company_id', 'month')
    def _get_limits(self, company_id, month):
        """Return ``{level: (minimum, bonus factor)}`` in a month."""
        return {name: (level.minimum, level.bonus_factor)
                for name, level in self._get_valid(company_id, month).items()}

    @api.model
    def _get_valid(self, company_id, month):
        """Return ``{level: its row}`` in a month, as superuser.

        A company's own row takes the place of the shared one of the same level, and of no other.
        """
        # what a level asks for is the same for every user
        levels = self.sudo().search(
            Domain('company_id', 'in', (company_id, False))
            & (Domain('date_from', '=', False) | Domain('date_from', '<=', month))
            & (Domain('date_to', '=', False) | Domain('date_to', '>=', month)))
        return {level.level: level for level in levels.sorted(lambda level: bool(level.company_id))}
