from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .roles import PERFORMANCE


class AftersalesScore(models.Model):
    """The best of a month is named before all colleagues, without the figures."""

    _inherit = 'aftersales.score'

    is_star = fields.Boolean(
        string="Star of the Month", readonly=True, copy=False, protected=True,
        help="The person got the badge, which all colleagues see.")

    def action_name_star(self):
        """Give the badge to the persons of these sheets: the best of their month and kind.

        :raise AccessError: the user is no performance officer, or one of them
        :raise UserError: a sheet is open, not the best, weak, or the month has a star already
        """
        self.check_access('read')
        if not self.env.user.has_group(PERFORMANCE):
            raise AccessError(self.env._("Performance officers name the star of the month."))
        self._ensure_of_others(self.env._(
            "Another performance officer decides on what is about you: leave your sheet out."))
        self._refuse_where(
            lambda sheet: sheet.state != 'closed' or sheet.subject == 'outlet',
            self.env._("Choose closed sheets of people"))
        best = self._find_best()
        self._refuse_where(
            lambda sheet: not sheet.is_applicable or sheet.level in (False, 'weak')
            or sheet.score < best[sheet._get_group()][0],
            self.env._("The star is the best of the month, and not weak"))
        for group in {sheet._get_group() for sheet in self}:
            if best[group][1]:
                raise UserError(self.env._(
                    "The star of %(month)s is named already.",
                    month=format_date(self.env, group[1], date_format='yyyy-MM')))
        # protected: performance officers only, checked above
        self.sudo().is_star = True
        self.env['gamification.badge'].sudo()._grant_for(
            'star', {sheet: sheet.user_id for sheet in self})

    def _get_group(self):
        return self.company_id, self.month, self.subject

    def _find_best(self):
        """Return ``{(company, month, subject): (best score, has a star)}`` of closed sheets."""
        rows = self._read_group(
            [('state', '=', 'closed'), ('month', 'in', self.mapped('month')),
             ('company_id', 'in', self.company_id.ids), ('is_applicable', '=', True)],
            ['company_id', 'month:day', 'subject'], ['score:max', 'is_star:bool_or'])
        return {(company, fields.Date.to_date(month), subject): (score, has_star)
                for company, month, subject, score, has_star in rows}
