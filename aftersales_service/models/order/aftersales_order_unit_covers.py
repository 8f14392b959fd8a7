from datetime import date

from odoo import api, fields, models


class AftersalesOrder(models.Model):
    """What an order does to the promise of its unit: days away, parts, meter, installation."""

    _inherit = 'aftersales.order'

    usage = fields.Float(
        string="Meter Reading", copy=False,
        help="Kilometres, hours or cycles when the fault was reported.")

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        if any(vals.get('usage') for vals in vals_list):
            self.env['aftersales.warranty.usage']._record_of_orders(orders)
        return orders

    def write(self, vals):
        is_dating = vals.keys() & self._get_dating_fields()
        # corrected work that was finished before; work that finishes now has its own step
        finished = self.filtered('date_done') if is_dating else self.browse()
        left = finished.warranty_id
        result = super().write(vals)
        if vals.keys() & {'usage', 'warranty_id'}:
            self.env['aftersales.warranty.usage']._record_of_orders(self)
        if finished:
            (left | finished.warranty_id)._date_covers()
        return result

    # === RULES === #

    @api.model
    def _get_dating_fields(self):
        """Return what moves the covers of the unit when it is written on a finished order."""
        return {'warranty_id', 'charge_kind', 'date_event', 'date_received', 'date_returned',
                'date_done', 'active', 'type_id'}

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        if target == 'done':
            self.filtered('warranty_id')._follow_up_card()

    def _follow_up_card(self):
        """Do what finished work means for the card of the unit, for the whole batch.

        * an installation dates the terms that start with it;
        * the days away move the ends;
        * main parts that were fitted get their own term.
        """
        # the caller checked the right to finish the work; the covers follow from it
        orders = self.sudo()
        for order in orders.filtered(
                lambda order: order.type_id._get_setting('is_installation')):
            if not order.warranty_id.installation_date:
                order.warranty_id.installation_date = order._to_company_day(order.date_done)
        repairs = orders.filtered(lambda order: order.type_id._get_setting('is_repair'))
        repairs.warranty_id.filtered('cover_ids')._date_covers()
        for order in repairs.filtered(
                lambda order: order.warranty_id.policy_id._renews_fitted_parts()):
            fitted = order.part_ids.filtered(
                lambda move: move.repair_line_type == 'add' and move.state == 'done')
            order.warranty_id._cover_parts(
                fitted.product_id.aftersales_main_part_id,
                order._to_company_day(order.date_done), order)

    def _to_company_day(self, moment):
        return self.company_id._get_aftersales_day(moment) if moment else False

    def _get_repair_span(self):
        """Return the first and the last day on which the owner had no unit to use."""
        self.ensure_one()
        first = self._to_company_day(self.date_received) or self.event_day
        return first, max(first, self._to_company_day(self.date_returned or self.date_done))

    def _is_quality_repair(self):
        """Return whether the fault was the unit's own, not damage by its user.

        Damage is paid although the unit was covered.
        """
        self.ensure_one()
        return not (
            self.charge_kind == 'paid' and self.cover_state == 'covered')

    def _get_part_waits(self):
        """Return ``{order: [(first day, last day)]}``: the holds in which parts were missing.

        A hold with a reason that says so is the only record of both ends of a wait. One that
        lasts has no last day yet.
        """
        return self._read_waits()[0]

    def _read_waits(self):
        """Return the waits for parts, and ``{order: ((start, stop), …)}`` of uncounted holds.

        Laws leave some holds out of the time of a repair; the instants of a hold that lasts have
        no stop.
        """
        waits, uncounted = {}, {}
        # who reads the order reads its holds
        pauses = self.env['aftersales.clock.pause'].sudo().search([
            ('res_model', '=', self._name), ('res_id', 'in', self.ids),
            '|', ('reason_id.is_part_wait', '=', True), ('reason_id.is_uncounted', '=', True),
        ]) if self else ()
        for pause in pauses:
            order = self.browse(pause.res_id)
            if pause.reason_id.is_uncounted:
                uncounted.setdefault(order, []).append(
                    (pause.date_start, pause.date_stop or order.date_done or None))
            if not pause.reason_id.is_part_wait:
                continue
            first = order._to_company_day(pause.date_start)
            last = order._to_company_day(pause.date_stop or order.date_done) or date.max
            if last > first:
                waits.setdefault(order, []).append((first, last))
        return waits, uncounted
