from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_temporary_days = fields.Integer(
        string="Temporary Certificates Hold at Most (Days)", default=90)
    aftersales_exam_months = fields.Integer(
        string="Exams Count for (Months)", default=6,
        help="An exam that lies longer back leads to no certificate; 0: however long.")

    _aftersales_certificate_limits = models.Constraint(
        'CHECK(aftersales_temporary_days > 0 AND aftersales_exam_months >= 0)',
        "Temporary certificates hold for a day at least; months cannot be negative.")
