from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_statement_days = fields.Integer(
        string="Working Days for a Statement", default=3,
        help="So long a person may answer to a notice before it is decided without an answer.")
    aftersales_appeal_days = fields.Integer(
        string="Working Days to Appeal", default=5,
        help="So long after it was served a person may appeal against a notice.")
    _aftersales_statement_positive = models.Constraint(
        'CHECK(aftersales_statement_days > 0 AND aftersales_appeal_days > 0)',
        "A person has at least one working day for a statement and one to appeal.")
