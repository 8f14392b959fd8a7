from odoo import api, models
from odoo.exceptions import UserError

from .aftersales_visit import OPEN_STATES
from .aftersales_visit_mobile_actions import LATE_KINDS

# what a technician does on the phone to end a visit or a unit of it
ENDING_KINDS = frozenset({'complete', 'again', 'take_along', 'miss'})

# what makes no sense any more when it is read
UNKEPT_KINDS = frozenset({'send_code'})



class AftersalesVisit(models.Model):
    """Whether what a phone sends about a visit comes too late, and from whom."""

    _inherit = 'aftersales.visit'

    @api.model
    def _find_late_claim(self, kind, visit_id, order_id):
        """Return what the current user may leave for review, or None.

        None means that the usual way answers: the visit is the user's, or never was. Late is
        what a technician sends about a visit or unit that was once assigned to them, or that
        somebody else ended.
        """
        if kind in UNKEPT_KINDS:
            return None
        # only facts about the user's own visits leave this method
        visit = self.sudo().browse(visit_id).exists()
        order = visit.order_ids.filtered(lambda order: order.id == order_id)
        if self.env.user in visit._get_people() and (order or not order_id):
            if not visit._is_ended_by_others(kind, order):
                return None
            orders, reason = order or visit.order_ids, 'over'
        else:
            ended = self.env['aftersales.visit.assignment'].sudo().search([
                ('user_id', '=', self.env.uid), ('visit_ref', '=', visit_id or 0),
                *([('order_id', '=', order_id)] if order_id else [])])
            if not ended:
                return None
            orders = ended.order_id
            is_own = any(
                other.state in OPEN_STATES and self.env.user in other._get_people()
                for other in orders.visit_ids)
            reason = 'moved' if is_own else 'given' if visit else 'gone'
        return {'visit': visit, 'visit_ref': visit_id, 'orders': orders, 'reason': reason,
                'company': orders.company_id[:1]}

    @api.model
    def _get_urgent_kinds(self):
        """Return the kinds that are done at once, by former technicians as well.

        Hook: called on the model, as superuser, for each late action, before it is kept. Only kinds
        that write nothing on the order belong here: no dispatcher decides on them first. Raises
        nothing.
        """
        return frozenset()

    def _is_ended_by_others(self, kind, order):
        """Whether visit or order take ``kind`` no more, and not because the user ended them."""
        self.ensure_one()
        try:
            self._ensure_mobile_open(kind)
            is_over = order.is_closed and kind not in LATE_KINDS | self._get_urgent_kinds()
        except UserError:
            is_over = True
        if is_over:
            own = [('order_id', 'in', [False, order.id])] if order else []
            return not self.env['aftersales.job.action'].sudo().search_count([
                ('visit_id', '=', self.id), ('user_id', '=', self.env.uid),
                ('state', '=', 'done'), ('kind', 'in', list(ENDING_KINDS)), *own], limit=1)
        return False

    def _ensure_late_applicable(self, kind, order):
        """Refuse late work that would undo what was done meanwhile.

        Hook: called by *Apply* of late work and for urgent kinds, as superuser in the name of the
        technician, for one visit, or none where it is gone, before the handler.

        :param order: the unit that the action names, or an empty recordset
        :raise UserError: shown at the action, which stays to be reviewed
        """
        if not self:
            raise UserError(self.env._(
                "There is no visit of this order any more: dispatch it first."))
        if not order:
            return self._ensure_mobile_open(kind)
        if (order.date_done or order.is_closed) and kind not in LATE_KINDS:
            raise UserError(self.env._(
                "Order %(order)s is finished and takes no more work.", order=order.name))
        if kind == 'report' and order.solution:
            raise UserError(self.env._(
                "Order %(order)s has a work report already.", order=order.name))
        if kind == 'sign' and order._is_accepted():
            raise UserError(self.env._(
                "The work on order %(order)s is accepted already.", order=order.name))
        return None
