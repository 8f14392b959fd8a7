from odoo import fields, models

STATES = [('open', "Open"), ('review', "Under Review"), ('decided', "Decided")]


class AftersalesProofStage(models.Model):
    """A column of the cases; it carries the state that the rules read."""

    _name = 'aftersales.proof.stage'
    _description = "Stage of a Proof Case"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    state = fields.Selection(STATES, required=True)
    calendar_id = fields.Many2one('resource.calendar', string="Working Hours")
