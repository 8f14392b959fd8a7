from odoo import api, fields, models


def _has_internal_login(partner):
    """Whether ``partner`` is one of us, also where the login is closed by now."""
    users = partner.user_ids
    return bool(users) and not all(users.mapped('share'))


class AftersalesOrder(models.Model):
    """Who loses an order with its customer, its technicians or its outlet reads it no more."""

    _name = 'aftersales.order'
    _inherit = ['aftersales.order', 'aftersales.revocation.mixin']

    @api.model
    def _get_reader_fields(self):
        # the outlet follows from the service address
        return super()._get_reader_fields() | {
            'site_id', 'outlet_id', 'technician_id', 'helper_id'}

    def _get_reader_partners(self):
        outlet = self.outlet_id
        people = outlet._get_people() | outlet.manager_id | outlet.parent_id.manager_id
        return (super()._get_reader_partners() | outlet.partner_id | people.partner_id
                | (self.technician_id | self.helper_id | self.user_id).partner_id)

    def _get_key_holders(self):
        # an outlet's people are portal users, whom aftersales_order_portal_access keeps from it
        customers = self._get_customer_readers()
        others = (super()._get_key_holders() - customers).with_context(active_test=False)
        return customers | others.filtered(_has_internal_login).with_env(self.env)

    def _renew_key(self, partners):
        """Send the customer the new link where only one of us lost the order."""
        result = super()._renew_key(partners)
        if all(map(_has_internal_login, partners.with_context(active_test=False))):
            self._send_new_link()
        return result

    def _send_new_link(self):
        """Queue a message with the link for a customer who got one that is dead by now."""
        messages = self.customer_message_ids
        if self.date_done or self.date_closed or 'queued' in messages.mapped('state') or not (
                messages.filtered(lambda message: message.state in ('sent', 'delivered'))):
            return
        event = 'planned' if self.date_planned and self.state in ('scheduled', 'dispatched') else (
            'received')
        occasion = self._get_occasion(event)
        if messages.filtered(
                lambda message: message.event == event and message.occasion == occasion):
            # heard already; a time that this write changed brings the link with its own message
            occasion = f"{occasion} {fields.Datetime.now()}"
        self._notify_customer(event, occasion)
