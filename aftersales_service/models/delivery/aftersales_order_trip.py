from odoo import api, fields, models
from odoo.tools import format_date


class AftersalesOrder(models.Model):
    """A visit that failed by the customer's fault: the author of the quotation decides on it."""

    _inherit = 'aftersales.order'

    has_trip_to_charge = fields.Boolean(
        compute='_compute_has_trip_to_charge', store=True, precompute=True, compute_sudo=True,
        protected=True)

    @api.depends('visit_ids.charge_state')
    def _compute_has_trip_to_charge(self):
        for order in self:
            order.has_trip_to_charge = 'proposed' in order.visit_ids.mapped('charge_state')

    # === ACTIONS === #

    def action_charge_trip(self):
        """Put the further trips on the orders, each once, as labour to be quoted."""
        self.check_access('write')
        self._refuse_where(
            lambda order: not order.company_id.sudo().aftersales_trip_service_id,
            self.env._("The settings name no service for a further trip; choose one first"))
        vals_list, charged = [], self.sudo().visit_ids.browse()
        for order in self:
            visits = order._get_trips_to_charge() - charged
            vals_list += [order._prepare_trip_vals(visit) for visit in visits]
            charged |= visits
        # check_access checked the right to write the orders
        lines = self.env['aftersales.labour'].sudo().create(vals_list).sudo(self.env.su)
        charged._settle_charge('charged')
        return lines

    def action_waive_trip(self):
        """Charge nothing for the failed visits; the histories say who decided it."""
        self.check_access('write')
        visits = self._get_trips_to_charge()
        self.filtered('has_trip_to_charge')._message_log_batch(dict.fromkeys(
            self.ids, self.env._("The further trip is not charged.")))
        visits._settle_charge('waived')

    # === RULES === #

    def _get_trips_to_charge(self):
        """Return the failed visits of these orders whose charge is not decided yet.

        They are read as superuser: the actions checked the right to write the orders.
        """
        return self.sudo().visit_ids.filtered(lambda visit: visit.charge_state == 'proposed')

    def _prepare_trip_vals(self, visit):
        """Return the values of the line of labour for a further trip."""
        self.ensure_one()
        company = self.company_id.sudo()  # what a trip costs is a setting, no secret
        return {
            'order_id': self.id,
            'missed_visit_id': visit.id,
            'product_id': company.aftersales_trip_service_id.id,
            'name': self.env._(
                "%(service)s (%(reason)s, %(day)s)",
                service=company.aftersales_trip_service_id.display_name,
                reason=visit.missed_reason_id.name,
                day=format_date(self.env, company._get_aftersales_day(visit.date_done))),
            'technician_id': visit.technician_id.id,
        }
