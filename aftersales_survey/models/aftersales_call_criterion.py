from odoo import fields, models


class AftersalesCallCriterion(models.Model):
    """What is heard for in a call, and how many points it gives."""

    _name = 'aftersales.call.criterion'
    _description = "Call Quality Criterion"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    points = fields.Float(default=10, required=True, digits=(16, 1))
    is_critical = fields.Boolean(
        string="Must Be Right", help="A call that misses it scores 0, whatever else was good.")

    _points_positive = models.Constraint('CHECK(points > 0)', "The points must be positive.")
