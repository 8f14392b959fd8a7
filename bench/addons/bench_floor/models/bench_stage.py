from odoo import fields, models


class BenchStage(models.Model):
    """A step of the bare record."""

    _name = 'bench.stage'
    _description = "Bench Stage"
    _order = 'sequence, id'

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    fold = fields.Boolean()
