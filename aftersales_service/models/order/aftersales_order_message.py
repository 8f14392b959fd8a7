from odoo import api, models
from odoo.tools import format_datetime

from ...tools.order_flow import FINAL_STATES


class AftersalesOrder(models.Model):
    """What the customer of an order hears without asking."""

    _name = 'aftersales.order'
    _inherit = ['aftersales.order', 'aftersales.notify.mixin']

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._notify_customer('received')
        return orders

    def write(self, vals):
        result = super().write(vals)
        if 'date_planned' in vals:
            self.filtered(
                lambda order: order.state in ('scheduled', 'dispatched'),
            )._notify_customer('planned')
        return result

    # === RULES === #

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        event = {'scheduled': 'planned', 'done': 'done', 'cancelled': 'cancelled'}.get(target)
        if event:
            self._notify_customer(event)
        elif target == 'dispatched':
            # types that agree on no time of their own give it with the technician
            self.filtered(lambda order: 'scheduled' not in order.type_id._get_steps(),
                          )._notify_customer('planned')

    @api.model
    def _get_notification_events(self):
        return super()._get_notification_events() | {
            'received', 'planned', 'on_way', 'ready', 'done', 'cancelled'}

    def _get_occasion(self, event):
        return str(self.date_planned) if event == 'planned' else super()._get_occasion(event)

    def _is_message_needed(self, event):
        """Drop what concerns a trip that was called off or is over."""
        if event in ('planned', 'on_way') and (self.state in FINAL_STATES or self.date_done):
            return False
        return super()._is_message_needed(event)

    def _get_notification_recipient(self):
        """Reach the customer by the number that the order was taken with."""
        recipient = super()._get_notification_recipient()
        recipient['phone'] = self.phone_sanitized or recipient['phone']
        return recipient

    def _prepare_message_parameters(self, lang):
        return super()._prepare_message_parameters(lang) | {
            'order': self.name,
            'product': self.product_id.display_name or self.type_id.name,
            'time': self._format_for_customer(self.date_planned),
            'technician': self.technician_id.name or "",
        }

    def _prepare_message_links(self, lang):
        return super()._prepare_message_links(lang) | {'link': self._get_customer_link()}

    def _format_for_customer(self, moment):
        """Return a time as the customer reads it: in their time zone, in the language in use."""
        self.ensure_one()
        zone = self.partner_id.tz or self.company_id.resource_calendar_id.tz or 'UTC'
        return format_datetime(self.env, moment, tz=zone, dt_format='short') if moment else ""
