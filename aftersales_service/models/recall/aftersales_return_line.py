from odoo import models


class AftersalesReturnLine(models.Model):
    _inherit = 'aftersales.return.line'

    def _get_recalled_cards(self):
        recalled = super()._get_recalled_cards()
        cards = self.filtered(lambda line: line.return_id.kind == 'recall').warranty_id
        if not cards:
            return recalled
        # those who may read the return may read a danger of its unit
        units = self.env['aftersales.campaign.unit'].sudo().search(
            cards._get_open_campaign_domain())
        return recalled | units.warranty_id.with_env(self.env)
