from odoo import fields, models
from odoo.tools import SQL


class AftersalesCallReport(models.Model):
    """Calls with their rates as 100 or 0: an average is the rate, of the calls that it is of.

    Answered and abandoned are shares of incoming calls; solved at first contact, of answered ones
    that are old enough to know; without an order, of answered ones.
    """

    _name = 'aftersales.call.report'
    _description = "Call Analysis"
    _auto = False
    _order = 'date_start desc'

    company_id = fields.Many2one('res.company', readonly=True)
    date_start = fields.Datetime(string="Called on", readonly=True)
    direction = fields.Selection([('in', "Incoming"), ('out', "Outgoing")], readonly=True)
    queue = fields.Char(readonly=True)
    user_id = fields.Many2one('res.users', string="Colleague", readonly=True)
    reason_id = fields.Many2one('aftersales.call.reason', readonly=True)
    answered_rate = fields.Float(string="Answered (%)", readonly=True, aggregator='avg')
    abandoned_rate = fields.Float(string="Abandoned (%)", readonly=True, aggregator='avg')
    solved_rate = fields.Float(
        string="Solved at First Contact (%)", readonly=True, aggregator='avg')
    deflected_rate = fields.Float(string="Without an Order (%)", readonly=True, aggregator='avg')
    wait_seconds = fields.Integer(string="Waiting Time (s)", readonly=True, aggregator='avg')
    talk_seconds = fields.Integer(string="Talking Time (s)", readonly=True, aggregator='avg')

    @property
    def _table_query(self):
        return SQL("%s %s", self._select(), self._from())

    def _select(self):
        return SQL("""
            SELECT call.id, call.company_id, call.date_start, call.direction, call.queue,
                   call.user_id, call.reason_id, call.wait_seconds,
                   CASE WHEN call.result = 'answered' THEN call.talk_seconds END AS talk_seconds,
                   CASE WHEN call.direction = 'in' THEN
                       CASE WHEN call.result = 'answered' THEN 100.0 ELSE 0.0 END
                   END AS answered_rate,
                   CASE WHEN call.direction = 'in' THEN
                       CASE WHEN call.result = 'abandoned' THEN 100.0 ELSE 0.0 END
                   END AS abandoned_rate,
                   CASE WHEN call.direction = 'in' AND call.result = 'answered' THEN
                       CASE call.contact_result WHEN 'solved' THEN 100.0
                                                WHEN 'repeated' THEN 0.0 END
                   END AS solved_rate,
                   CASE WHEN call.direction = 'in' AND call.result = 'answered' THEN
                       CASE WHEN call.order_id IS NULL THEN 100.0 ELSE 0.0 END
                   END AS deflected_rate""")

    def _from(self):
        return SQL("FROM aftersales_call_log call")
