from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class AftersalesOffer(models.Model):
    """One order offered to one outlet (派单), and what the outlet answered.

    The rows are the history of a dispatch. Only the flow of the order writes them.
    """

    _name = 'aftersales.offer'
    _description = "Offer of an Order to an Outlet"
    _inherit = 'aftersales.protected.mixin'
    _order = 'date_offered desc, id desc'
    _check_company_auto = True
    _rec_name = 'outlet_id'

    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", required=True, index=True,
        ondelete='cascade', protected='after')
    outlet_id = fields.Many2one(
        'aftersales.outlet', required=True, index=True, ondelete='restrict',
        check_company=True)
    company_id = fields.Many2one(
        related='order_id.company_id', store=True, precompute=True, index=True)
    state = fields.Selection(
        [('offered', "Offered"), ('accepted', "Accepted"), ('declined', "Declined"),
         ('expired', "Not Answered"), ('withdrawn', "Withdrawn")],
        string="Result", default='offered', required=True)
    date_offered = fields.Datetime(
        string="Offered on", default=fields.Datetime.now, required=True)
    date_deadline = fields.Datetime(string="Answer until")
    date_answered = fields.Datetime(string="Answered on")
    answered_by_id = fields.Many2one('res.users', string="Answered by")
    reason = fields.Char()

    _waiting_idx = models.Index("(date_deadline) WHERE state = 'offered'")

    def _answer(self, state, reason=False):
        """Close open offers with a result; one that was closed before is refused."""
        late = self.filtered(lambda offer: offer.state != 'offered')
        if late:
            raise UserError(self.env._(
                "These orders are not offered to you any more: %(orders)s",
                orders=late.order_id.mapped('name')))
        self.write({
            'state': state, 'date_answered': fields.Datetime.now(),
            'answered_by_id': self.env.uid, 'reason': reason})

    def _is_late(self):
        """Return whether the time to answer is over, whether the cron has seen it or not."""
        self.ensure_one()
        return (self.state == 'offered' and bool(self.date_deadline)
                and self.date_deadline < fields.Datetime.now())

    def _ensure_in_time(self):
        """Refuse an answer that comes after its deadline: the next outlet is asked."""
        late = self.filtered(lambda offer: offer._is_late())
        if late:
            raise UserError(self.env._(
                "The time to answer is over; another outlet is asked for these orders: "
                "%(orders)s", orders=late.order_id.mapped('name')))

    @api.model
    def _get_unanswered_domain(self):
        late = Domain('date_deadline', '<', fields.Datetime.now())
        return late & Domain('state', '=', 'offered')

    @api.model
    def _cron_pass_on_unanswered(self, batch_size=100):
        """Give orders that no outlet answered in time to the next outlet, by batches."""
        domain = self._get_unanswered_domain()
        cron = self.env['ir.cron']
        cron._commit_progress(remaining=self.search_count(domain))
        while batch := self.search(domain, limit=batch_size).try_lock_for_update():
            batch._expire()
            if not cron._commit_progress(len(batch)):
                break  # out of time: the next run continues

    def _expire(self):
        self.write({'state': 'expired', 'date_answered': fields.Datetime.now()})
        self.order_id._pass_on()

    @api.model
    def _prepare_offers_vals(self, outlet_by_order, is_accepted=False):
        """Return the values of the offers of orders to outlets.

        An outlet without minutes to answer accepts at once, as does one whose technician
        the dispatcher chose.
        """
        now = fields.Datetime.now()
        deadlines = {
            outlet: outlet._get_answer_deadline(now)
            for outlet in self.env['aftersales.outlet'].union(*outlet_by_order.values())}
        return [{
            'order_id': order.id,
            'outlet_id': outlet.id,
            'date_offered': now,
            **({'state': 'accepted', 'date_answered': now, 'answered_by_id': self.env.uid}
               if is_accepted or not deadlines[outlet]
               else {'date_deadline': deadlines[outlet]}),
        } for order, outlet in outlet_by_order.items()]
