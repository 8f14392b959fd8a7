from odoo import api, models


class AftersalesComplaint(models.Model):
    """Complaints that open themselves: accidents, calls after the work, low ratings."""

    _inherit = 'aftersales.complaint'

    @api.model
    def _open_from_orders(self, orders, channel, words_by_order):
        """Return the complaints that follow from service orders, one for each without an open one.

        Hook for other modules too (a low rating of a survey): called by code that checked the
        right to what it knows of the orders, as any user; creates as superuser, for a batch. An
        order whose complaint is open gets a note there instead. Raises nothing.

        :param channel: ``rating``, ``follow_up`` or ``accident``
        :param dict words_by_order: what the customer says, for each order
        """
        # what the customer said after the work is written down by any handler
        cases = self.sudo()
        opened = cases.search([('order_id', 'in', orders.ids), ('date_closed', '=', False)])
        known = {case.order_id.id: case for case in opened}
        for order in orders:
            if order.id in known:
                known[order.id]._message_log(body=words_by_order[order])
        fresh = orders.filtered(lambda order: order.id not in known)
        return cases.create([{
            'order_id': order.id, 'company_id': order.company_id.id, 'channel': channel,
            'kind': 'service', 'user_id': False,
            'subject': self.env._("Not content with %(order)s", order=order.name),
            'description': words_by_order[order]} for order in fresh.sudo()])
