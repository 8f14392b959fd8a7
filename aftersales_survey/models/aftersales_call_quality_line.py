from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesCallQualityLine(models.Model):
    """One item of a quality sheet: the points that the call got of those possible."""

    _name = 'aftersales.call.quality.line'
    _description = "Item of a Call Quality Sheet"
    _order = 'quality_id, sequence, id'

    quality_id = fields.Many2one(
        'aftersales.call.quality', required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(
        related='quality_id.company_id', store=True, precompute=True, index=True)
    criterion_id = fields.Many2one(
        'aftersales.call.criterion', required=True, index=True, ondelete='restrict')
    sequence = fields.Integer(related='criterion_id.sequence', store=True, precompute=True)
    is_critical = fields.Boolean(related='criterion_id.is_critical')
    points = fields.Float(
        string="Highest", compute='_compute_points', store=True, precompute=True,
        digits=(16, 1))
    is_applicable = fields.Boolean(string="Applies", default=True)
    given = fields.Float(string="Points", digits=(16, 1))
    remark = fields.Char()

    @api.depends('criterion_id')
    def _compute_points(self):
        """Keep the points of the day on which the sheet was begun."""
        for line in self:
            line.points = line.points or line.criterion_id.points

    @api.constrains('given', 'points')
    def _check_given(self):
        for line in self:
            if not 0 <= line.given <= line.points:
                raise ValidationError(self.env._(
                    "“%(item)s” takes 0 to %(highest)s points.", item=line.criterion_id.name,
                    highest=line.points))
