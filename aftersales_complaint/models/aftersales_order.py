from odoo import models


class AftersalesOrder(models.Model):
    """Service orders lead to the complaints that name them, and a discontent customer to one."""

    _name = 'aftersales.order'
    _inherit = ['aftersales.order', 'aftersales.complaint.button.mixin']

    _complaint_link = 'order_id'

    def _get_intake_facts(self):
        """Return what the intake of a complaint may know of one order that the agent may not read.

        Hook: called as superuser for one order, after the complaint checked who takes the call.
        Unit and telephone number of the customer; the order itself is not linked. Raises nothing.
        """
        self.ensure_one()
        facts = {'serial': self.serial, 'phone': self.phone or self.partner_id.phone}
        return {name: value for name, value in facts.items() if value}

    def rating_apply(self, rate, token=None, rating=None, feedback=None,
                     subtype_xmlid=None, notify_delay_send=False):
        """Open a complaint for each order that its customer rates low."""
        result = super().rating_apply(
            rate, token=token, rating=rating, feedback=feedback, subtype_xmlid=subtype_xmlid,
            notify_delay_send=notify_delay_send)
        # core checked the key of the rating; what follows from it is the company's own
        low = self.sudo().filtered(lambda order: rate <= order.company_id.complaint_rating_limit)
        self.env['aftersales.complaint']._open_from_orders(low, 'rating', {
            order: self.env._(
                "%(stars)s of 5 stars: %(words)s", stars=f'{rate:g}',
                words=(feedback or '').strip() or "–") for order in low})
        return result

    def _on_follow_up_result(self, result):
        res = super()._on_follow_up_result(result)
        if result == 'not_content':
            self.env['aftersales.complaint']._open_from_orders(self, 'follow_up', {
                order: order.follow_up_note or self.env._(
                    "In the call after the work the customer was not content.")
                for order in self})
        return res
