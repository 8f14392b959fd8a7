from odoo import fields, models


class AftersalesOffence(models.Model):
    """A merit may be honoured by a badge, which all colleagues see."""

    _inherit = 'aftersales.offence'

    badge_id = fields.Many2one(
        'gamification.badge', ondelete='set null',
        help="Granted once a merit is final. All colleagues see badges, but not the notice.")
