from odoo import api, fields, models
from odoo.tools import ormcache


class CrmTeam(models.Model):
    _inherit = 'crm.team'

    is_distance_sale = fields.Boolean(
        string="Distance Sales",
        help="Online, by phone or by post: buyers may return goods without a reason, as "
             "the warranty card of each unit says.")

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        if any(vals.get('is_distance_sale') for vals in vals_list):
            self.env.registry.clear_cache()
        return teams

    def write(self, vals):
        result = super().write(vals)
        if 'is_distance_sale' in vals:
            self.env.registry.clear_cache()
        return result

    @api.model
    @ormcache()
    def _get_distance_sale_ids(self):
        # how a team sells is the same for everybody
        return frozenset(self.sudo().with_context(active_test=False).search(
            [('is_distance_sale', '=', True)]).ids)
