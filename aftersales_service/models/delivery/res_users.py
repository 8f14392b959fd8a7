from odoo import models


class ResUsers(models.Model):
    _inherit = 'res.users'

    def _prepare_mobile_config(self):
        kinds = self.env['aftersales.delivery.damage']._fields['kind']
        return super()._prepare_mobile_config() | {
            'damage_kinds': kinds._description_selection(self.env)}
