from odoo import models
from odoo.exceptions import UserError


class AftersalesOrder(models.Model):
    """What the customer thinks of the work: one to five, counted for the outlet too."""

    _inherit = 'aftersales.order'

    def action_view_ratings(self):
        """Show what the customers said of these orders."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.rating_rating_action_order')
        action.update(
            domain=[('res_model', '=', self._name), ('res_id', 'in', self.ids),
                    ('consumed', '=', True)], context={})
        return action

    def _rating_get_parent_field_name(self):
        return 'outlet_id'

    def _rate_from_portal(self, rate, words):
        """Store what the customer thinks of finished work; they may change their mind.

        Called by the portal after it checked that it is the customer's order (login or token).
        """
        self.ensure_one()
        if not self.date_done:
            raise UserError(self.env._("The work can be rated when it is done."))
        if rate not in {'1', '2', '3', '4', '5'}:
            raise UserError(self.env._("Choose one to five stars."))
        last = self.rating_ids.filtered('consumed').sorted('write_date')[-1:]
        token = last.access_token or self._rating_get_access_token()
        self.rating_apply(float(rate), token=token, feedback=(words or '').strip()[:2000])
