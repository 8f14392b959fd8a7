from odoo import fields, models


class CrmTeam(models.Model):
    _inherit = 'crm.team'

    is_distance_sale = fields.Boolean(
        string="Sells at a Distance",
        help="Online, by phone or by post: buyers may return goods without a reason, as "
             "the warranty card of each unit says.")
