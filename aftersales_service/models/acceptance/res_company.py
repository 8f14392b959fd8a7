from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_code_minutes = fields.Integer(
        string="Completion Code Holds (Minutes)", default=120)
    aftersales_code_tries = fields.Integer(
        string="Tries per Completion Code", default=5,
        help="After so many wrong codes it is locked, and a new one must be sent.")
    aftersales_code_limit = fields.Integer(
        string="Completion Codes per Day", default=5,
        help="The most codes that are sent for one order in 24 hours.")

    _aftersales_code_positive = models.Constraint(
        'CHECK(LEAST(aftersales_code_minutes, aftersales_code_tries, aftersales_code_limit) > 0)',
        "The limits of completion codes must be positive.")
