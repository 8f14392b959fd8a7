from odoo import api, fields, models


class AftersalesMinimumWage(models.Model):
    """The minimum wage of a month in a region, since a day.

    A deduction from the wage never leaves less. A region with several classes has one row for
    each; the highest one in force counts.
    """

    _name = 'aftersales.minimum.wage'
    _description = "Minimum Wage"
    _order = 'state_id, date_from desc, id desc'

    state_id = fields.Many2one(
        'res.country.state', string="Region", required=True, index=True, ondelete='cascade')
    country_id = fields.Many2one(related='state_id.country_id')
    name = fields.Char(string="Class or District", translate=True)
    currency_id = fields.Many2one(
        'res.currency', required=True, default=lambda self: self.env.company.currency_id)
    amount = fields.Monetary(string="Minimum Wage of a Month", required=True)
    date_from = fields.Date(string="Valid from", required=True)
    date_to = fields.Date(string="Valid until")
    note = fields.Char(
        string="Source", translate=True,
        help="Where the amount comes from; check it regularly.")
    active = fields.Boolean(default=True)

    _amount_positive = models.Constraint(
        'CHECK(amount > 0)', "A minimum wage is above zero.")
    _dates_ordered = models.Constraint(
        'CHECK(date_to >= date_from)', "A minimum wage cannot end before it begins.")

    @api.depends('state_id', 'name', 'date_from')
    def _compute_display_name(self):
        for wage in self:
            wage.display_name = " · ".join(filter(None, (
                wage.state_id.name, wage.name, str(wage.date_from or ""))))

    @api.model
    def _get_minimums(self, states, months):
        """Return ``{(state id, month): amount}`` of the rows in force in these months."""
        amounts = {}
        if not states or not months:
            return amounts
        for wage in self.search([('state_id', 'in', states.ids)]):
            for month in months:
                if wage.date_from <= month and (not wage.date_to or month <= wage.date_to):
                    key = wage.state_id.id, month
                    amounts[key] = max(amounts.get(key, 0.0), wage.amount)
        return amounts
