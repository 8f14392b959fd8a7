from odoo import fields, models


class AftersalesCertificateMinimum(models.Model):
    """How many certified people an outlet of a level must have."""

    _name = 'aftersales.certificate.minimum'
    _description = "Minimum of Certified People"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'level, skill_id, id'
    _check_company_auto = True
    _rec_name = 'skill_id'

    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    level = fields.Selection(
        [('a', "A"), ('b', "B"), ('c', "C")], string="Level of the Outlet",
        help="Empty: outlets of all levels.")
    skill_id = fields.Many2one(
        'aftersales.skill', required=True, index=True, ondelete='cascade', check_company=True)
    heads = fields.Integer(string="People at Least", required=True, default=1)

    _heads_positive = models.Constraint(
        'CHECK(heads > 0)', "A minimum is one person or more.")
