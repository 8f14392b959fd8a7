from odoo import models


class AftersalesReturnLine(models.Model):
    _inherit = 'aftersales.return.line'

    def _get_recalled_cards(self):
        cards = self.filtered(lambda line: line.return_id.kind == 'recall').warranty_id
        # those who may read the return may read a danger of its unit
        found = cards and self.env['aftersales.campaign.unit'].sudo().search(
            cards._get_open_campaign_domain()).warranty_id.with_env(self.env)
        return super()._get_recalled_cards() | (found or cards)
