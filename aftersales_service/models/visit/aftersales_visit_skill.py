from odoo import api, models

from .aftersales_visit import OPEN_STATES


class AftersalesVisit(models.Model):
    """The gate at the visit: who goes is judged by what each of its orders asks for.

    Helpers work under the eyes of the technician, who answers for the work: they are not judged.
    """

    _inherit = 'aftersales.visit'

    @api.constrains('technician_id', 'order_ids', 'date_start')
    def _check_technician_qualified(self):
        self._ensure_technician_qualified()

    def _ensure_state_rules(self, target):
        result = super()._ensure_state_rules(target)
        if target in ('on_way', 'on_site'):
            self._ensure_technician_qualified(is_new=False, is_start=True)
        return result

    def _ensure_technician_qualified(self, is_new=True, is_start=False):
        """Refuse technicians of open visits who may not do one of the orders on that day.

        Where the order names the same technician and day, its own gate has judged the choice.

        :param is_new: whether technician, day or orders were just chosen; else the law alone binds
        :param is_start: whether the work begins: all orders are judged, since a licence may have
            ended after the choice
        :raise UserError: the law or the company forbids the work to the technician
        """
        # who plans a visit may know what its orders ask for
        for visit in self.sudo().filtered(lambda visit: visit.state in OPEN_STATES):
            technician = visit.technician_id
            orders = visit._get_orders_to_do().filtered(lambda order, visit=visit: (
                is_start or order.technician_id != visit.technician_id
                or order.date_planned != visit.date_start))
            found = orders and orders._get_unqualified(technician, visit.date_start)
            for order in orders:
                order._refuse_unqualified(
                    technician, found[order][technician], is_new and not self.env.su)

    def _get_orders_to_do(self):
        """Return the orders whose work is not done yet, for one visit."""
        return self.order_ids.filtered(lambda order: not order.date_done and not order.is_closed)
