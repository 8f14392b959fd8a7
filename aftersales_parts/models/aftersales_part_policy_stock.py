from odoo import fields, models


class AftersalesPartPolicy(models.Model):
    """The parameters of forecasts and stock rules."""

    _inherit = 'aftersales.part.policy'

    forecast_months = fields.Integer(
        string="Months of History", default=36,
        help="Forecasts and seasons look at the demand of so many months.")
    alpha = fields.Float(
        string="Smoothing Factor", default=0.1, digits=(3, 2),
        help="How much the last month changes a forecast: 0.1 forgets slowly, 0.3 fast.")
    review_days = fields.Integer(
        string="Days between Reviews", default=30,
        help="The minimum covers the lead time and the time until the next review.")
    lead_deviation = fields.Float(
        string="Deviation of Lead Times (%)",
        help="The standard deviation of lead times as a share of them. 0: they are kept.")
    ordering_cost = fields.Float(
        string="Cost of an Order", default=50.0,
        help="In the currency of the company: what it costs to place and to receive an order.")
    holding_percent = fields.Float(
        string="Holding Cost (%)", default=20.0,
        help="What a part costs in stock in a year, as a share of its value.")
    suggest_percent = fields.Float(
        string="Suggest Changes from (%)", default=10.0,
        help="Smaller changes of minimum and maximum are not suggested.")

    # Deliveries
    days_urgent = fields.Integer(
        string="Urgent Parts Arrive after (Days)", default=1,
        help="From the day on which a part lies in stock; customers read the day of arrival.")
    days_daily = fields.Integer(string="Daily Parts Arrive after (Days)", default=2)
    days_weekly = fields.Integer(string="Weekly Parts Arrive after (Days)", default=7)

    # Parts that are repaired
    repair_turnaround_days = fields.Float(
        string="Turnaround of Repairs (Days)", default=30.0, digits=(8, 1),
        help="From the approval of a repair to the stock, for parts without repairs in the last "
             "year.")
    repair_transport_days = fields.Float(
        string="Way of Old Parts (Days)", default=15.0, digits=(8, 1),
        help="From the swap of a part until its repair is approved, and back to who uses it.")
    repair_scrap_percent = fields.Float(
        string="Failed Repairs (%)", default=10.0,
        help="The share of pieces that cannot be repaired, for parts without repairs in the last "
             "year.")

    stock_months = fields.Integer(
        string="Stock after (Months)", default=3,
        help="A part that was asked for in so many months of the last year is worth a reordering "
             "rule.")

    _stock_parameters_valid = models.Constraint(
        'CHECK(forecast_months >= 12 AND alpha > 0 AND alpha < 1 AND review_days >= 1'
        ' AND stock_months >= 1'
        ' AND LEAST(lead_deviation, ordering_cost, holding_percent, suggest_percent) >= 0)',
        "Forecasts need 12 months at least, a smoothing factor between 0 and 1, a review each "
        "day at most, one month of demand for a rule, and costs and shares that are not negative.")
    _delivery_days_valid = models.Constraint(
        'CHECK(0 <= days_urgent AND days_urgent <= days_daily AND days_daily <= days_weekly)',
        "Urgent parts arrive no later than daily ones, and these no later than weekly ones.")
    _repair_parameters_valid = models.Constraint(
        'CHECK(LEAST(repair_turnaround_days, repair_transport_days, repair_scrap_percent) >= 0'
        ' AND repair_scrap_percent <= 100)',
        "Days of repairs cannot be negative, and 100 % of the pieces fail at most.")
