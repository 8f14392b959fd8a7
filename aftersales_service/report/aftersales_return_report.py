from odoo import fields, models
from odoo.tools import SQL

from ..models.returns.aftersales_disposition import GRADE_LABELS
from ..models.returns.aftersales_return import KINDS, STATES
from ..models.returns.aftersales_return_reason import RESPONSIBLE


class AftersalesReturnReport(models.Model):
    """Goods delivered and goods returned: one row per line of either, for rates and values.

    Deliveries have neither reason nor outlet; a rate is returned over delivered goods of
    the same group, and there is none where a group holds no delivery.
    """

    _name = 'aftersales.return.report'
    _description = "Return Analysis"
    _inherit = 'aftersales.ratio.report.mixin'
    _auto = False
    _rec_name = 'product_id'
    _order = 'date desc, id desc'
    _depends = {
        'aftersales.return': [
            'company_id', 'date_inspected', 'date_received', 'date_settled', 'kind',
            'outlet_id', 'partner_id', 'reason_id', 'request_date', 'state'],
        'aftersales.return.line': [
            'disposition_id', 'grade', 'is_accepted', 'lot_id', 'price_unit', 'product_id',
            'quantity', 'quantity_received', 'recovered_value', 'refund_amount', 'return_id',
            'settlement'],
        'aftersales.return.reason': ['responsible'],
        'stock.move': ['repair_id', 'state'],
        'stock.move.line': [
            'company_id', 'date', 'location_dest_id', 'location_id', 'lot_id', 'move_id',
            'product_id', 'quantity_product_uom'],
        'stock.location': ['usage'],
        'stock.picking': ['aftersales_return_id'],
        'product.product': ['product_tmpl_id'],
        'product.template': ['categ_id'],
    }
    _ratios = {
        'return_rate': ('returned', 'delivered', 100.0),
        'recovery_rate': ('recovered', 'settled', 100.0)}

    company_id = fields.Many2one('res.company', readonly=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    date = fields.Date(readonly=True, help="Of the delivery, or of the request to return.")
    product_id = fields.Many2one('product.product', readonly=True)
    categ_id = fields.Many2one('product.category', string="Product Category", readonly=True)
    lot_id = fields.Many2one('stock.lot', string="Batch or Serial Number", readonly=True)
    partner_id = fields.Many2one('res.partner', string="Customer", readonly=True)
    outlet_id = fields.Many2one('aftersales.outlet', readonly=True)
    reason_id = fields.Many2one('aftersales.return.reason', readonly=True)
    responsible = fields.Selection(
        RESPONSIBLE, string="Responsibility", readonly=True)
    return_id = fields.Many2one('aftersales.return', readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    state = fields.Selection(STATES, readonly=True)
    settlement = fields.Selection(
        lambda self: self.env['aftersales.return.line']._fields[
            'settlement']._description_selection(self.env), readonly=True)
    grade = fields.Selection(GRADE_LABELS, readonly=True)
    disposition_id = fields.Many2one(
        'aftersales.disposition', readonly=True)
    delivered = fields.Float(string="Delivered Quantity", readonly=True)
    returned = fields.Float(readonly=True, help="All that came back or is to come back.")
    exchanged = fields.Float(readonly=True, help="Of those returned.")
    price = fields.Monetary(string="Value Returned", readonly=True)
    refund = fields.Monetary(readonly=True)
    settled = fields.Monetary(
        string="Value Settled", readonly=True, help="Of those returned, at the price paid.")
    recovered = fields.Monetary(
        string="Value Recovered", readonly=True, help="Of those settled.")
    hours_to_disposition = fields.Float(
        string="Hours to Disposition", readonly=True, aggregator='avg')
    days_to_settlement = fields.Float(
        string="Days to Settlement", readonly=True, aggregator='avg')
    return_rate = fields.Float(
        string="Return Rate (%)", readonly=True, aggregator='avg', digits=(16, 2))
    recovery_rate = fields.Float(
        string="Recovery Rate (%)", readonly=True, aggregator='avg', digits=(16, 2))

    @property
    def _table_query(self) -> SQL:
        return SQL(
            """
            SELECT facts.*, template.categ_id,
                   100.0 * facts.returned / NULLIF(facts.delivered, 0) AS return_rate,
                   100.0 * facts.recovered / NULLIF(facts.settled, 0) AS recovery_rate
              FROM (%s UNION ALL %s) facts
              JOIN product_product product ON product.id = facts.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
            """, self._returned_query(), self._delivered_query())

    def _returned_query(self) -> SQL:
        """Return the returned goods; odd ids, so that none is a delivery's.

        What went back to its owner did not come back to us.
        """
        return SQL(
            """
            SELECT line.id * 2 + 1 AS id, ret.company_id, ret.request_date AS date,
                   line.product_id, line.lot_id, ret.partner_id, ret.outlet_id, ret.reason_id,
                   reason.responsible, ret.id AS return_id, ret.kind, ret.state,
                   line.settlement, line.grade, line.disposition_id, 0.0 AS delivered,
                   goods.quantity AS returned,
                   CASE WHEN line.settlement = 'exchange' THEN goods.quantity ELSE 0 END
                       AS exchanged,
                   line.price_unit * goods.quantity AS price, line.refund_amount AS refund,
                   CASE WHEN ret.state = 'settled' THEN line.price_unit * goods.quantity
                        ELSE 0 END AS settled,
                   CASE WHEN ret.state = 'settled' THEN line.recovered_value ELSE 0 END
                       AS recovered,
                   EXTRACT(EPOCH FROM ret.date_inspected - ret.date_received) / 3600
                       AS hours_to_disposition,
                   ret.date_settled::date - ret.request_date AS days_to_settlement
              FROM aftersales_return_line line
              JOIN aftersales_return ret ON ret.id = line.return_id
              JOIN aftersales_return_reason reason ON reason.id = ret.reason_id
     CROSS JOIN LATERAL (
                   -- what was missing in the parcel did not come back
                   SELECT CASE WHEN ret.state IN ('request', 'authorised') THEN line.quantity
                               ELSE line.quantity_received END AS quantity) goods
             WHERE ret.state NOT IN ('refused', 'cancelled') AND ret.kind != 'vendor'
               AND (ret.state != 'settled'
                    OR line.is_accepted AND line.settlement != 'none')
            """)

    def _delivered_query(self) -> SQL:
        """Return what was handed to customers; goods sent back to their owner are no sale."""
        return SQL(
            """
            SELECT moved.id * 2 AS id, moved.company_id, moved.date::date AS date,
                   moved.product_id, moved.lot_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                   NULL, NULL, NULL, moved.quantity_product_uom AS delivered, 0.0, 0.0, NULL,
                   NULL, NULL, NULL, NULL, NULL
              FROM stock_move_line moved
              JOIN stock_move move ON move.id = moved.move_id
              JOIN stock_location origin ON origin.id = moved.location_id
              JOIN stock_location target ON target.id = moved.location_dest_id
         LEFT JOIN stock_picking picking ON picking.id = moved.picking_id
             WHERE move.state = 'done' AND move.repair_id IS NULL
               AND target.usage = 'customer' AND origin.usage != 'customer'
               AND picking.aftersales_return_id IS NULL
            """)
