from odoo import models


class ResUsers(models.Model):
    _inherit = 'res.users'

    def _prepare_mobile_config(self):
        kinds = self.env['aftersales.accident']._fields['kind']
        return super()._prepare_mobile_config() | {
            'accident_kinds': kinds._description_selection(self.env)}
