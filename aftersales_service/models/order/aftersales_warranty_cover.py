from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesWarrantyCover(models.Model):
    """The documents that gave a cover."""

    _inherit = 'aftersales.warranty.cover'

    order_id = fields.Many2one(
        'aftersales.order', string="Given by Order", readonly=True, index='btree_not_null')

    def action_view_source(self):
        """Open the document that gave the cover: the sale or the service order."""
        self.ensure_one()
        # which sale it is may be known to readers of the card; what opens it checks
        sale = self.sudo().sale_line_id.order_id.sudo(self.env.su)
        if sale:
            return sale._get_reader_action(self.env._("Sale Order"))
        if not self.order_id:
            raise UserError(self.env._(
                "This cover follows from the policy of the card: open the policy there."))
        return self.order_id._get_records_action()
