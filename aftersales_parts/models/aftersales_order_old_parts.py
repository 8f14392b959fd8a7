from odoo import api, fields, models


class AftersalesOrder(models.Model):
    """The old parts of an order: whose they are, and which of them must still come back."""

    _inherit = 'aftersales.order'

    old_part_ids = fields.One2many('aftersales.old.part', 'order_id', string="Old Parts")
    # stored: the form of each order shows it
    old_part_count = fields.Integer(compute='_compute_old_part_count', store=True)
    old_parts_choice = fields.Selection(
        [('customer', "The Customer Keeps Them"), ('company', "Left to Us")],
        string="Old Parts of a Paid Repair", default='customer', required=True,
        help="Parts that the customer paid for belong to the customer, who signs this choice with "
             "the work. Parts that were swapped free always come back.")
    is_repaired_part_agreed = fields.Boolean(
        string="Repaired Parts Agreed",
        help="The customer was told that repaired parts are used, and agreed. Where the warranty "
             "covers the part, a new one is due.")

    @api.depends('old_part_ids')
    def _compute_old_part_count(self):
        counts = dict(self.env['aftersales.old.part']._read_group(
            [('order_id', 'in', self.ids)], ['order_id'], ['__count']))
        for order in self:
            order.old_part_count = counts.get(order._origin, 0)

    def action_view_old_parts(self):
        """Show the old parts of these orders."""
        return self.old_part_ids._get_records_action(name=self.env._("Old Parts"))

    def _prepare_mobile_order(self, shared):
        return super()._prepare_mobile_order(shared) | {
            'old_parts_choice': self.old_parts_choice if self.has_repair else False}

    @api.model
    def _get_done_fields(self):
        return super()._get_done_fields() | {'old_parts_choice', 'is_repaired_part_agreed'}

    def _get_old_parts_location(self):
        # where old parts lie is no secret to those who take them off
        return self.sudo().company_id.aftersales_old_parts_location_id or (
            super()._get_old_parts_location())
