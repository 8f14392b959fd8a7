from odoo import models

# steps of the phone that start work, or end it as done; the ways out stay open: a failed visit,
# a further one, the unit taken to the shop
WORK_STEPS = frozenset({'set_off', 'arrive', 'complete'})


class AftersalesVisit(models.Model):
    """The gate on the phone: who lost a licence since the dispatch starts and ends no work."""

    _inherit = 'aftersales.visit'

    def _do_mobile_action(self, kind, order, payload, moment):
        refusal = kind in WORK_STEPS and self._find_work_refusal(order)
        # a sentence refuses the step and keeps what was written: the question to the office
        return refusal or super()._do_mobile_action(kind, order, payload, moment)

    def _find_work_refusal(self, order):
        """Return why the law forbids the technician a step of this visit, and tell the office.

        Hook: called by the phone's steps of ``WORK_STEPS`` as superuser, for one visit: offline, a
        step may arrive whose predecessor was refused. Raises nothing.

        :param order: the unit that the step names; without one all unsettled ones count
        :return: the sentence for the technician, or ``False``
        """
        technician = self.technician_id
        orders = self._get_orders_to_do()
        orders = order & orders if order else orders & self._get_unsettled_orders()
        unqualified = orders._get_unqualified(technician, self.date_start) if orders else {}
        for order, reasons in unqualified.items():
            if binding := order._get_binding(reasons[technician], is_person=False):
                order._ask_for_another_technician(technician)
                return self.env._(
                    "You may not do %(order)s: %(reasons)s. Do not start or go on with the work: "
                    "the office was asked to send another technician.",
                    order=order.name, reasons=[reason.words for reason in binding])
        return False
