from datetime import date

from odoo import fields, models


class AftersalesVersionMixin(models.AbstractModel):
    """A text of which one version holds on a day: versions share a code, each has its days."""

    _name = 'aftersales.version.mixin'
    _description = "Version of a Text"

    code = fields.Char(
        index='btree_not_null', help="The same code joins the versions of one policy.")
    date_from = fields.Date(string="Valid From")
    date_to = fields.Date(string="Valid To")

    _dates_ordered = models.Constraint(
        'CHECK(date_to >= date_from)', "A policy cannot end before it begins.")

    def _first_day(self):
        return self.date_from or date.min

    def _last_day(self):
        return self.date_to or date.max

    def _binds(self, day):
        """Return whether this version holds for what was sold on ``day``."""
        return self._first_day() <= day <= self._last_day()

    def _overlaps(self, other):
        """Return whether another version would hold for the same sales as this one."""
        return (
            self != other and self.code == other.code and self.company_id == other.company_id
            and self._first_day() <= other._last_day()
            and other._first_day() <= self._last_day())

    def _find_overlaps(self):
        """Return ``[(version, other)]`` of the versions in force that overlap, by one search."""
        coded = self.filtered(lambda version: version.active and version.code)
        others = self.search([('code', 'in', coded.mapped('code'))])
        pairs = [(version, others.filtered(version._overlaps)[:1]) for version in coded]
        return [(version, other) for version, other in pairs if other]
