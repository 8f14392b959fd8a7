from odoo import api, fields, models
from odoo.fields import Domain

STAGED_LIMIT = 1000


class AftersalesOrder(models.Model):
    """The gate of the dispatch: who may do an order is judged on the day of its visit."""

    _inherit = 'aftersales.order'

    @api.onchange('technician_id', 'product_id', 'type_id', 'date_planned', 'slot_id', 'slot_date')
    def _onchange_skills(self):
        return super()._onchange_skills()

    @api.model
    def _get_gated_fields(self):
        return super()._get_gated_fields() | {'date_planned', 'slot_id', 'slot_date'}

    def action_agree_time(self, date_planned, reason=None):
        """Agree on a time on which the technician may do the work; see ``super()``."""
        result = super().action_agree_time(date_planned, reason)
        # super checked whose the orders are; a person chose the day, though superuser wrote
        self.sudo()._ensure_qualified(is_person=True)
        return result

    @api.model
    def _warn_of_unqualified(self, people):
        """Ask those who planned open orders of ``people`` to choose others where it is due.

        Called as superuser after a certificate was revoked.
        """
        now = fields.Datetime.now()
        orders = self.search(
            Domain('technician_id', 'in', people.ids) & Domain('date_closed', '=', False)
            & Domain('date_done', '=', False) & (
                Domain('date_planned', '=', False)
                | Domain('date_planned', '>=', fields.Datetime.subtract(now, days=1))),
            limit=STAGED_LIMIT)
        unqualified = orders._get_unqualified(orders.technician_id) if orders else {}
        for order in orders:
            if unqualified[order][order.technician_id]:
                order._ask_for_another_technician()

    def _ask_for_another_technician(self):
        """Ask who handles this order to choose another technician, once while it is open.

        Called as superuser, for one order, by a revocation and by each refused step of a phone.
        """
        self.ensure_one()
        user = self._get_follow_up_user()
        order = self.with_context(lang=user.lang)
        summary = order.env._("Choose another technician")
        if summary not in self.activity_ids.filtered(
                lambda activity: activity.user_id == user).mapped('summary'):
            order.activity_schedule(
                'mail.mail_activity_data_todo', user_id=user.id, summary=summary,
                note=order._format_unqualified(self.technician_id))
