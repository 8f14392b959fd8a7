from odoo import api, fields, models
from odoo.tools import ormcache


class AftersalesPeak(models.Model):
    """A peak season: dates and areas in which promised times are wider and days take more."""

    _name = 'aftersales.peak'
    _description = "Peak Season"
    _inherit = ['aftersales.cached.mixin', 'aftersales.link.access.mixin']
    _order = 'date_from desc, id'
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="Last Day", required=True, help="The last day is included.")
    state_ids = fields.Many2many(
        'res.country.state', string="States", help="Empty: everywhere.")
    clock_factor = fields.Float(
        default=1.5, required=True,
        help="Times promised in the season are multiplied by this.")
    quota_factor = fields.Float(
        default=1.0, required=True,
        help="The orders that outlets and time slots take on a day of the season are "
             "multiplied by this; the number of a single day stays.")

    _dates_ordered = models.Constraint(
        'CHECK(date_to >= date_from)', "A season cannot end before it starts.")
    _factor_positive = models.Constraint(
        'CHECK(clock_factor > 0)', "The clock factor must be positive.")
    _quota_positive = models.Constraint(
        'CHECK(quota_factor > 0)', "The quota factor must be positive.")

    @api.model
    @ormcache()
    def _get_seasons(self):
        """Return every season as ``(company id, from, until, state ids, clock, quota)``."""
        # seasons hold for every order and user
        return tuple(
            (peak.company_id.id, peak.date_from, peak.date_to, frozenset(peak.state_ids.ids),
             peak.clock_factor, peak.quota_factor)
            for peak in self.sudo().search([]))

    @api.model
    def _get_running_factor(self, company, day, state):
        """Return the widest factor that holds for a company, day and state; 1 if none.

        Hook to call: by what is widened in a peak season, as any user, on the model, for one
        company, day and state; of promised times ``_get_customer_factor`` asks. Raises nothing.
        """
        return max((
            factor for company_id, first, last, state_ids, factor, __ in self._get_seasons()
            if first <= day <= last and company_id in (False, company.id)
            and (not state_ids or state.id in state_ids)), default=1.0)

    @api.model
    def _get_quota_factors(self, company, days, states):
        """Return ``{day: factor}`` for the days on which more orders are taken, or fewer.

        :param states: that an outlet serves; a season of some states holds where it serves one
        """
        served, factors = set(states.ids), {}
        for company_id, first, last, state_ids, __, factor in self._get_seasons():
            if company_id in (False, company.id) and (
                    not state_ids or not served.isdisjoint(state_ids)):
                for day in days:
                    if first <= day <= last:
                        factors[day] = max(factor, factors.get(day, factor))
        return factors
