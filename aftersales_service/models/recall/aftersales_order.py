from odoo import api, fields, models

from ...tools.line_cover import LineCover


class AftersalesOrder(models.Model):
    """An order that was made for a unit of a recall, and what that changes."""

    _inherit = 'aftersales.order'

    campaign_id = fields.Many2one(
        'aftersales.campaign', string="Recall", readonly=True, copy=False,
        index='btree_not_null', check_company=True, protected=True)

    @api.depends('campaign_id')
    def _compute_charge_kind(self):
        """Charge nothing for a recall that is free, whatever the warranty says."""
        super()._compute_charge_kind()
        recalled = self.filtered('campaign_id.is_free')
        if not recalled:
            return
        for order in recalled:
            if not (order.date_done or order.date_closed):
                order.charge_kind = 'free'

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        recalled = self.filtered('campaign_id')
        if recalled:
            # the unit follows from the order, which the user was allowed to move
            self.env['aftersales.campaign.unit'].sudo().search(
                [('order_id', 'in', recalled.ids)])._on_order_state(target)

    def _notify_customer(self, event, occasion=None):
        """Send no receipt for what we ask the customer to do: the letter said so."""
        orders = self.filtered(lambda order: not order.campaign_id) if event == 'received' else self
        return super(AftersalesOrder, orders)._notify_customer(event, occasion)

    def _get_cover_check(self, kind, component=None):
        """Cover every line of a recall that is free of charge."""
        if self.campaign_id.is_free:
            return LineCover.covered_by('recall', name=self.campaign_id.display_name)
        return super()._get_cover_check(kind, component)
