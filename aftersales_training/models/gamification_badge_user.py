from odoo import fields, models


class GamificationBadgeUser(models.Model):
    """What a badge was granted for: no reader of the badge learns it."""

    _inherit = 'gamification.badge.user'

    aftersales_res_model = fields.Char(readonly=True, copy=False, groups='base.group_system')
    aftersales_res_id = fields.Many2oneReference(
        model_field='aftersales_res_model', readonly=True, copy=False, index=True,
        groups='base.group_system')
