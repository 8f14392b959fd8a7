from odoo import api, models


class AftersalesLabour(models.Model):
    """Labour of an excluded order: its cover follows the exclusion."""

    _inherit = 'aftersales.labour'

    @api.depends('order_id.is_excluded')
    def _compute_cover_percent(self):
        return super()._compute_cover_percent()

    @api.depends('order_id.is_excluded')
    def _compute_cover_facts(self):
        return super()._compute_cover_facts()
