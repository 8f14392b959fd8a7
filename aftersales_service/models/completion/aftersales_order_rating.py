from odoo import fields, models
from odoo.exceptions import UserError

from ..base.roles import DISPATCHER

# after this a rating stays as it was given
CHANGE_HOURS = 1

class AftersalesOrder(models.Model):
    """What the customer thinks of the work: one to five, counted for the outlet too.

    Who did the work reads the figures of many orders, not the stars and words of a single one:
    they would know who rated low before the desk called the customer.
    """

    _inherit = 'aftersales.order'

    rating_last_value = fields.Float(groups=DISPATCHER, protected=True)
    rating_last_feedback = fields.Text(groups=DISPATCHER)
    rating_last_image = fields.Binary(groups=DISPATCHER)
    rating_last_text = fields.Selection(groups=DISPATCHER)
    # core's search asks for no group; who may search takes the last value
    rating_avg = fields.Float(groups=DISPATCHER, search=None)
    rating_avg_text = fields.Selection(groups=DISPATCHER)
    rating_percentage_satisfaction = fields.Float(groups=DISPATCHER)

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
        """Store what the customer thinks of finished work; they may change their mind for an hour.

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

    def rating_apply(self, rate, token=None, rating=None, feedback=None,
                     subtype_xmlid=None, notify_delay_send=False):
        """Store stars and words of the customer on the rating alone.

        Core writes them into the conversation too, which the rated technician and the outlet
        read. A rating that was given an hour ago stays; what was changed before is kept on it.
        Called as core's, by the portal and core's rating page as superuser.

        :raise UserError: the rating was given more than an hour ago
        :raise ValueError: no such rating, or no such stars
        """
        if not 0 <= rate <= 5:
            raise ValueError(f"A rating is 0 to 5, not {rate}")
        if token:
            rating = self.env['rating.rating'].search([('access_token', '=', token)], limit=1)
        if not rating:
            raise ValueError("No rating has this key")
        rating_sudo = rating.sudo()  # the caller checked the key; when it was given is protected
        noted = {}
        if not rating_sudo.consumed:
            noted['aftersales_first_date'] = fields.Datetime.now()
        elif rating_sudo._is_final():
            raise UserError(self.env._(
                "You rated this work already, and a rating can be changed for an hour. Write us a "
                "message on the page of the order."))
        elif (rating.rating, rating.feedback) != (rate, feedback):
            noted['aftersales_earlier'] = "\n".join(filter(None, (
                rating_sudo.aftersales_earlier, self.env._(
                    "%(stars)s of 5 stars: %(words)s", stars=f'{rating.rating:g}',
                    words=rating.feedback or "–"))))
        rating.write({'rating': rate, 'feedback': feedback, 'consumed': True})
        rating_sudo.write(noted)
        return rating

    def _get_served_domain(self, user):
        """Return the domain of the orders that ``user`` or an outlet of the user worked on."""
        return fields.Domain('technician_id', '=', user.id) | fields.Domain(
            'outlet_id', 'in', user._get_served_outlet_ids())
