from odoo import fields, models


class ResUsers(models.Model):
    _inherit = 'res.users'

    aftersales_van_ids = fields.One2many(
        'stock.location', 'aftersales_technician_id', string="Vans",
        groups='stock.group_stock_user')
