from odoo import fields, models


class AftersalesOrderType(models.Model):
    _inherit = 'aftersales.order.type'

    visit_hours = fields.Float(
        string="Time on Site", default=1.0,
        help="The usual time for one unit at the customer's, in hours. A visit for several "
             "units is planned for their sum.")

    _visit_hours_positive = models.Constraint(
        'CHECK(visit_hours > 0)', "The time on site must be positive.")
