from odoo import fields, models


class AftersalesZone(models.Model):
    """How far away a site is: the farther, the longer the promised time to arrive."""

    _name = 'aftersales.zone'
    _description = "Service Zone"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    state_ids = fields.Many2many(
        'res.country.state', string="States",
        help="Sites in these states lie in this zone unless the order says otherwise.")
