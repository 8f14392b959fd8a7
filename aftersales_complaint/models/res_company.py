from odoo import fields, models


class ResCompany(models.Model):
    """How long complaints of one customer or unit belong together."""

    _inherit = 'res.company'

    complaint_repeat_days = fields.Integer(
        string="Complaints Belong Together for", default=90,
        help="Days in which a second complaint of the same unit or customer takes the full flow.")
    complaint_linked_days = fields.Integer(
        string="Closed Complaints Are Reopened for", default=30,
        help="Days after closing; what the customer writes later opens a linked complaint.")

    _complaint_days_positive = models.Constraint(
        'CHECK(complaint_repeat_days >= 0 AND complaint_linked_days >= 0)',
        "The days of complaints cannot be negative.")
