from odoo import api, fields, models
from odoo.tools import format_datetime

from ...tools.order_flow import FINAL_STATES


class AftersalesOrder(models.Model):
    """What the customer hears of his order without asking.

    The order only says what happened; the company's rules (``aftersales.notifier``) say
    whether the customer is told, and how. Nothing is looked up for events nobody tells.
    """

    _inherit = 'aftersales.order'

    customer_message_ids = fields.One2many(
        'aftersales.message', 'order_id', string="Messages to the Customer")

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

    # === ACTIONS === #

    def action_view_customer_messages(self):
        """Show what the customers of these orders were told."""
        return self.customer_message_ids._get_records_action(
            name=self.env._("Messages to the Customer"))

    # === RULES === #

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        event = {'scheduled': 'planned', 'done': 'done', 'cancelled': 'cancelled'}.get(target)
        if event:
            self._notify_customer(event)
        elif target == 'dispatched':
            # types that agree on no time of their own tell it with the technician
            self.filtered(lambda order: 'scheduled' not in order.type_id._get_steps(),
                          )._notify_customer('planned')

    def _notify_customer(self, event, occasion=None):
        """Tell the customers of ``event``, if the company does so; return the messages.

        :param occasion: text that tells two occasions of the event apart
        """
        notifier = self.env['aftersales.notifier']
        if not self or not notifier._is_told(event):
            return self.env['aftersales.message']
        # whoever moves the order lets the customer know; the rules decide what he hears
        orders = self.sudo()
        return notifier.sudo()._queue(event, orders, {
            order: occasion or order._get_occasion(event) for order in orders})

    def _get_occasion(self, event):
        """Return what tells two occasions of ``event`` apart; most happen once."""
        self.ensure_one()
        return str(self.date_planned) if event == 'planned' else event

    def _is_message_needed(self, event):
        """Whether the customer should still hear of ``event``: not of a trip called off."""
        self.ensure_one()
        if event in ('planned', 'on_way', 'completion_code'):
            return self.state not in FINAL_STATES and not self.date_done
        return True

    def _prepare_message_parameters(self, lang):
        """Return the texts that a template may use, in the customer's language."""
        self.ensure_one()
        order = self.with_context(lang=lang)
        return {
            'company': order.company_id.name,
            'customer': order.partner_id.name or "",
            'order': order.name,
            'product': order.product_id.display_name or order.type_id.name,
            'time': order._format_for_customer(order.date_planned),
            'technician': order.technician_id.name or "",
            'link': order._get_customer_link(),
        }

    def _format_for_customer(self, moment):
        """Return a time as the customer reads it: by his clock, in the language in use."""
        self.ensure_one()
        zone = self.partner_id.tz or self.company_id.resource_calendar_id.tz or 'UTC'
        return format_datetime(self.env, moment, tz=zone, dt_format='short') if moment else ""
