from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_staff_record_days = fields.Integer(
        string="Keep Staff Records (Days)",
        help="Answers of exams, days of work reports, hand-overs of tools: from their end. 0 keeps "
             "them.")
    _aftersales_staff_record_positive = models.Constraint(
        'CHECK(aftersales_staff_record_days >= 0)',
        "The days to keep data cannot be negative: 0 keeps the data forever.")
