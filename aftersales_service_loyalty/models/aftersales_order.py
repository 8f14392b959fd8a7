from odoo import api, models


class AftersalesOrder(models.Model):
    """A gift card or a top-up of an eWallet is no work of a technician."""

    _inherit = 'aftersales.order'

    @api.model
    def _get_labour_products(self, company):
        programs = self.env['loyalty.program'].search(
            [('program_type', 'in', ('gift_card', 'ewallet'))])
        return super()._get_labour_products(company) - programs.trigger_product_ids
