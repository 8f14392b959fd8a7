from odoo import models


class ResUsers(models.Model):
    """Technicians and outlet people have a page for parts on the phone."""

    _inherit = 'res.users'

    def _prepare_mobile_config(self):
        return super()._prepare_mobile_config() | {'has_parts': True}

    def _get_mobile_data(self, page):
        if page != 'parts':
            return super()._get_mobile_data(page)
        return self.env['aftersales.part.request']._get_mobile_parts()
