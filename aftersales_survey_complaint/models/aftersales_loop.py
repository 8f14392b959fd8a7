from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_complaint.models.roles import AGENT, DESK

# a complaint in these states takes in no further words
_ENDED = ('unfounded', 'settled', 'improving', 'closed', 'merged')


class AftersalesLoop(models.Model):
    """A loop that leads to a complaint: a new one, or the one that is open already."""

    _inherit = 'aftersales.loop'

    complaint_id = fields.Many2one(
        'aftersales.complaint', index='btree_not_null', readonly=True,
        copy=False, protected=True)

    def action_complaint(self):
        """Open a complaint for each of these loops, and show it."""
        self.check_access('write')
        self._refuse_where(
            lambda loop: loop.state == 'closed' or loop.complaint_id, self.env._(
                "Only an open loop without a complaint opens one"))
        # the right to write the loops was checked; interviewers need none on complaints
        self.sudo()._create_complaints()
        return self.action_view_complaint() if len(self) == 1 else True

    def action_view_complaint(self):
        """Open the complaint of this loop; who may not read it learns its number."""
        self.ensure_one()
        case = self.complaint_id
        if case.has_access('read'):
            return case._get_records_action(views=[(False, 'form')])
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification',
            'params': {'type': 'success', 'message': self.env._(
                "Complaint %(number)s is with the complaint desk.", number=case.sudo().name)}}

    def _take_first_step(self, action):
        if action != 'complaint':
            return super()._take_first_step(action)
        return self._create_complaints()

    def _create_complaints(self):
        """Give each loop its complaint, as superuser: one matter, one complaint.

        What is open about the order, the unit or the same product of the customer takes in the
        words; else a new one is opened, with a handler, so that the technician does not find it
        among those that are free.
        """
        for loop in self.filtered(lambda loop: not loop.complaint_id):
            words = "\n".join(filter(None, (loop.reason, loop.comment))) or "–"
            case = loop._find_open_complaint()
            if case:
                case._message_log(body=words)
            elif loop.order_id:
                case = case._open_from_orders(loop.order_id, 'rating', {loop.order_id: words})
            else:
                case = case.create({
                    'company_id': loop.company_id.id, 'partner_id': loop.partner_id.id,
                    'channel': 'rating', 'kind': 'service', 'user_id': False,
                    'subject': self.env._("Not content in a survey"), 'description': words})
            if not case.user_id:
                case.user_id = loop._get_complaint_handler()
            loop.complaint_id = case
            loop._message_log(body=self.env._("Complaint: %(case)s", case=case.name))

    def _find_open_complaint(self):
        """Return the open complaint that is of the same matter as this loop; empty if none is."""
        self.ensure_one()
        order = self.order_id
        same = Domain('order_id', '=', order.id) if order else Domain.FALSE
        if order.warranty_id:
            same |= Domain('warranty_id', '=', order.warranty_id.id)
        if self.partner_id and not order.warranty_id:
            same |= Domain([
                ('partner_id', '=', self.partner_id.id), ('order_id', '=', False),
                ('product_id', 'in', (False, self.product_id.id))])
        return self.env['aftersales.complaint'].search(
            same & Domain([
                ('company_id', '=', self.company_id.id), ('date_closed', '=', False),
                ('state', 'not in', _ENDED), ('kind', 'not in', ('praise', 'suggestion'))]),
            order='id', limit=1)

    def _get_complaint_handler(self):
        """Return the owner of the loop, else one of the complaint desk."""
        owner = self.user_id
        if owner and owner.has_group(AGENT):
            return owner
        return (self.company_id._get_people_in(DESK) - self.technician_id)[:1]

    def _on_acting(self):
        """Let the handler of the complaint know where the second interview was no better."""
        result = super()._on_acting()
        for loop in self.filtered(lambda loop: loop.date_second and loop.complaint_id):
            loop.complaint_id._message_log(body=self.env._(
                "Asked again, and still not content: %(words)s", words=loop.reason or "–"))
        return result
