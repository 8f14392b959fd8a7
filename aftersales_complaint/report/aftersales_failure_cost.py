from odoo import api, fields, models
from odoo.tools import SQL

# each source numbers its rows by itself: ids are ``row * _SOURCES + number of the source``
_SOURCES = 32
COMPONENTS = [
    ('handling', "Handling"), ('labour', "Labour"), ('parts', "Parts"), ('visit', "Visits"),
    ('freight', "Freight"), ('rework', "Rework"), ('return', "Returned Goods"),
    ('replacement', "Replacement"), ('compensation', "Compensation"), ('discount', "Discount"),
    ('other', "Other"), ('paid', "Paid by the Customer"), ('recovered', "Recovered")]
# they lower the price
GAINS = ('paid', 'recovered')
# kind of a cost line, of a line of an outlet's claim -> component
_COST_KINDS = {
    'activity': 'handling', 'material': 'parts', 'freight': 'freight', 'labour': 'labour',
    'visit': 'visit', 'compensation': 'compensation', 'discount': 'discount',
    'recovered': 'recovered'}
_CLAIM_KINDS = {
    'labour': 'labour', 'part': 'parts', 'visit': 'visit', 'freight': 'freight',
    'goods': 'replacement', 'compensation': 'compensation'}
# losses that say what the customer got
_GRANTED = ('compensation', 'discount')
COLUMNS = (
    'id', 'company_id', 'date', 'component', 'amount', 'res_model', 'res_id', 'order_id',
    'return_id', 'complaint_id', 'warranty_id', 'serial', 'product_id', 'batch', 'outlet_id')


class AftersalesFailureCost(models.Model):
    """What failures cost and what came back: one row per fact of a document.

    A fact counts once: what the loss of a complaint was read from counts by its document;
    typed losses count beside them. Compensation of a case counts by its typed losses, else by
    booked claims of the customer, else by what was accepted. Penalties of persons are no part
    of it. Returns that the customer answers for, trade-ins and orders that are no repairs are
    no failures.
    """

    _name = 'aftersales.failure.cost'
    _description = "Cost of a Failure"
    _inherit = ['aftersales.document.link.mixin']
    _auto = False
    _rec_name = 'record_name'
    _order = 'date desc, id desc'
    _depends = {
        'aftersales.claim': [
            'amount_approved', 'company_id', 'complaint_id', 'date_settled', 'kind', 'outlet_id',
            'state'],
        'aftersales.claim.line': ['amount_approved', 'claim_id', 'kind', 'order_id'],
        'aftersales.complaint': [
            'amount_accepted', 'batch', 'company_id', 'date_settled', 'order_id', 'outlet_id',
            'product_id', 'serial', 'state', 'warranty_id'],
        'aftersales.complaint.liability': ['complaint_id'],
        'aftersales.complaint.loss': [
            'amount', 'complaint_id', 'component', 'date', 'is_charged', 'res_id', 'value'],
        'aftersales.cost.line': [
            'amount', 'company_id', 'date', 'kind', 'order_id', 'res_id', 'res_model',
            'warranty_id'],
        'aftersales.order': [
            'company_id', 'lot_id', 'outlet_id', 'product_id', 'serial', 'type_id',
            'warranty_id'],
        'aftersales.order.type': ['has_costs', 'is_repair'],
        'aftersales.outlet.charge': [
            'amount', 'company_id', 'date', 'outlet_id', 'res_id', 'res_model', 'state'],
        'aftersales.return': [
            'company_id', 'date_settled', 'kind', 'order_id', 'outlet_id', 'reason_id', 'state'],
        'aftersales.return.line': [
            'is_accepted', 'lot_id', 'price_unit', 'product_id', 'quantity_received',
            'refund_amount', 'return_id', 'serial', 'settlement', 'warranty_id'],
        'aftersales.return.reason': ['responsible'],
        'aftersales.warranty': ['lot_id', 'product_id', 'serial'],
        'product.product': ['product_tmpl_id', 'standard_price'],
        'product.template': ['categ_id', 'tracking'],
        'sale.order': ['aftersales_order_id', 'amount_untaxed', 'currency_rate', 'date_order',
                       'state'],
        'stock.lot': ['name'],
        'stock.move': ['aftersales_order_id', 'date', 'product_id', 'quantity',
                       'repair_line_type', 'state'],
    }

    company_id = fields.Many2one('res.company', readonly=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    date = fields.Date(readonly=True)
    component = fields.Selection(COMPONENTS, readonly=True)
    amount = fields.Monetary(
        readonly=True, help="What came back is below zero: the sum is the price.")
    res_model = fields.Char(readonly=True, required=False)
    res_id = fields.Many2oneReference(readonly=True, required=False)
    record_name = fields.Char(string="Document")

    order_id = fields.Many2one('aftersales.order', string="Service Order", readonly=True)
    return_id = fields.Many2one('aftersales.return', readonly=True)
    complaint_id = fields.Many2one('aftersales.complaint', readonly=True)
    warranty_id = fields.Many2one('aftersales.warranty', string="Warranty Card", readonly=True)
    serial = fields.Char(string="Serial Number", readonly=True)
    product_id = fields.Many2one('product.product', readonly=True)
    categ_id = fields.Many2one('product.category', string="Product Category", readonly=True)
    batch = fields.Char(readonly=True)
    outlet_id = fields.Many2one('aftersales.outlet', readonly=True)

    @api.model
    def _get_document_models(self):
        return (*super()._get_document_models(), 'aftersales.order', 'aftersales.return',
                'aftersales.complaint', 'aftersales.claim', 'aftersales.outlet.charge')

    @property
    def _table_query(self) -> SQL:
        return SQL(
            """
            SELECT %(columns)s, template.categ_id
              FROM (%(facts)s) facts
         LEFT JOIN product_product product ON product.id = facts.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
            """, facts=SQL(" UNION ALL ").join(self._get_sources()),
            columns=SQL(", ").join(SQL.identifier('facts', name) for name in COLUMNS))

    @api.model
    def _get_sources(self) -> list[SQL]:
        """Return one query per kind of fact, each with the columns ``COLUMNS``, in their order.

        Hook: called on the model by the report's query, as any reader of the report, at each
        reading. Extend it by ``[*super()…, self._fact(number, …)]`` with a number from 16 to 31
        of your own. A fact must be none that another source counts. Raises nothing.
        """
        return [
            self._cost_source(), self._part_source(), self._outlet_claim_source(),
            self._return_source(), self._loss_source(), self._resale_source(),
            self._customer_claim_source(), self._accepted_source(), self._charge_source(),
            self._recovery_source(), self._sale_source()]

    @api.model
    def _fact(self, number, key, columns, source) -> SQL:
        """Return the query of one source; columns it does not name are empty.

        Hook to call: by ``_get_sources`` of a further module, as any reader of the report, on
        the model. Raises nothing.

        :param number: of the source, below 32; makes its ids its own
        :param SQL key: the whole number by which its rows differ
        :param dict columns: ``{name of COLUMNS: SQL}``
        :param SQL source: all from ``FROM`` on
        """
        columns = {'id': SQL("%s::bigint * %s + %s", key, _SOURCES, number), **columns}
        return SQL("SELECT %s %s", SQL(", ").join(
            SQL("CAST(%s AS %s) AS %s", columns.get(name, SQL("NULL")), _get_type(name),
                SQL.identifier(name)) for name in COLUMNS), source)

    @api.model
    def _component(self, column, names) -> SQL:
        return SQL("CASE %s %s ELSE 'other' END", column, SQL(" ").join(
            SQL("WHEN %s THEN %s", kind, name) for kind, name in names.items()))

    @api.model
    def _of_order(self) -> dict:
        """Return the columns of a fact of a service order ``o`` with its card and lot."""
        return {
            'order_id': SQL("o.id"), 'warranty_id': SQL("o.warranty_id"),
            'serial': SQL("o.serial"), 'product_id': SQL("o.product_id"),
            'batch': SQL("lot.name"), 'outlet_id': SQL("o.outlet_id"),
            'company_id': SQL("o.company_id")}

    @api.model
    def _lot_join(self, lot) -> SQL:
        """Return the joins of a lot, where it is a batch of goods."""
        return SQL(
            """
            LEFT JOIN stock_lot lot ON lot.id = %s AND EXISTS (
                      SELECT FROM product_product lot_product
                        JOIN product_template lot_template
                          ON lot_template.id = lot_product.product_tmpl_id
                       WHERE lot_product.id = lot.product_id AND lot_template.tracking = 'lot')
            """, lot)

    @api.model
    def _of_complaint(self) -> dict:
        """Return the columns of a fact of a complaint ``c``."""
        return {
            'complaint_id': SQL("c.id"), 'order_id': SQL("c.order_id"),
            'warranty_id': SQL("c.warranty_id"), 'serial': SQL("c.serial"),
            'product_id': SQL("c.product_id"), 'batch': SQL("c.batch"),
            'outlet_id': SQL("c.outlet_id"), 'company_id': SQL("c.company_id")}

    # === SOURCES === #

    def _cost_source(self) -> SQL:
        """Return the cost lines of orders and returns."""
        return self._fact(1, SQL("line.id"), {
            'company_id': SQL("line.company_id"), 'date': SQL("line.date"),
            'component': self._component(SQL("line.kind"), _COST_KINDS),
            'amount': SQL("line.amount"), 'res_model': SQL("line.res_model"),
            'res_id': SQL("line.res_id"), 'order_id': SQL("line.order_id"),
            'return_id': SQL("ret.id"), 'warranty_id': SQL("line.warranty_id"),
            'serial': SQL("COALESCE(card.serial, o.serial, goods.serial)"),
            'product_id': SQL("COALESCE(card.product_id, o.product_id, goods.product_id)"),
            'batch': SQL("lot.name"), 'outlet_id': SQL("COALESCE(o.outlet_id, ret.outlet_id)"),
        }, SQL(
            """
              FROM aftersales_cost_line line
         LEFT JOIN aftersales_warranty card ON card.id = line.warranty_id
         LEFT JOIN aftersales_order o ON o.id = line.order_id
         LEFT JOIN aftersales_order_type kind ON kind.id = o.type_id
         LEFT JOIN aftersales_return ret
                ON line.res_model = 'aftersales.return' AND ret.id = line.res_id
         LEFT JOIN aftersales_return_reason reason ON reason.id = ret.reason_id
         LEFT JOIN LATERAL (SELECT rl.serial, rl.product_id, rl.lot_id
                              FROM aftersales_return_line rl WHERE rl.return_id = ret.id
                          ORDER BY rl.id LIMIT 1) goods ON TRUE
            %s
             WHERE line.res_model != 'aftersales.trade.in'
               AND (ret.id IS NULL OR ret.kind != 'vendor'
                    AND COALESCE(reason.responsible, '') != 'customer')
               AND (line.res_model != 'aftersales.order' OR kind.is_repair OR kind.has_costs)
            """, self._lot_join(SQL("COALESCE(card.lot_id, o.lot_id, goods.lot_id)"))))

    def _part_source(self) -> SQL:
        """Return the parts fitted by repairs, at what they cost the company."""
        return self._fact(2, SQL("move.id"), {
            **self._of_order(), 'date': SQL("move.date"), 'component': SQL("'parts'"),
            'amount': SQL(
                "move.quantity"
                " * COALESCE((part.standard_price ->> o.company_id::text)::numeric, 0)"),
            'res_model': SQL("'aftersales.order'"), 'res_id': SQL("o.id"),
        }, SQL(
            """
              FROM stock_move move
              JOIN aftersales_order o ON o.id = move.aftersales_order_id
              JOIN aftersales_order_type kind ON kind.id = o.type_id AND kind.is_repair
              JOIN product_product part ON part.id = move.product_id
            %s
             WHERE move.state = 'done' AND move.repair_line_type = 'add'
            """, self._lot_join(SQL("o.lot_id"))))

    def _outlet_claim_source(self) -> SQL:
        """Return what outlets were granted for warranty work, line by line."""
        return self._fact(3, SQL("line.id"), {
            **self._of_order(), 'date': SQL("claim.date_settled"),
            'component': self._component(SQL("line.kind"), _CLAIM_KINDS),
            'amount': SQL("line.amount_approved"), 'company_id': SQL("claim.company_id"),
            'res_model': SQL("'aftersales.claim'"), 'res_id': SQL("claim.id"),
            'outlet_id': SQL("claim.outlet_id"),
            'product_id': SQL("COALESCE(o.product_id, line.product_id)"),
            'serial': SQL("COALESCE(o.serial, line.serial)"),
            'complaint_id': SQL("claim.complaint_id"),
        }, SQL(
            """
              FROM aftersales_claim_line line
              JOIN aftersales_claim claim ON claim.id = line.claim_id
         LEFT JOIN aftersales_order o ON o.id = line.order_id
            %s
             WHERE claim.kind = 'outlet' AND claim.state = 'settled'
               AND line.amount_approved > 0
            """, self._lot_join(SQL("o.lot_id"))))

    def _return_source(self) -> SQL:
        """Return what was refunded, or given in exchange at the price of the goods."""
        return self._fact(4, SQL("rl.id"), {
            'company_id': SQL("ret.company_id"), 'date': SQL("ret.date_settled"),
            'component': SQL(
                "CASE WHEN rl.settlement = 'exchange' THEN 'replacement' ELSE 'return' END"),
            'amount': SQL("CASE WHEN rl.settlement = 'refund' THEN rl.refund_amount"
                          " ELSE rl.price_unit * rl.quantity_received END"),
            'res_model': SQL("'aftersales.return'"), 'res_id': SQL("ret.id"),
            'order_id': SQL("ret.order_id"), 'return_id': SQL("ret.id"),
            'warranty_id': SQL("rl.warranty_id"), 'serial': SQL("rl.serial"),
            'product_id': SQL("rl.product_id"), 'batch': SQL("lot.name"),
            'outlet_id': SQL("ret.outlet_id"),
        }, SQL(
            """
              FROM aftersales_return_line rl
              JOIN aftersales_return ret ON ret.id = rl.return_id
         LEFT JOIN aftersales_return_reason reason ON reason.id = ret.reason_id
            %s
             WHERE ret.state = 'settled' AND rl.is_accepted AND rl.settlement != 'none'
               AND ret.kind != 'vendor' AND COALESCE(reason.responsible, '') != 'customer'
            """, self._lot_join(SQL("rl.lot_id"))))

    def _loss_source(self) -> SQL:
        """Return the typed losses of complaints; what was read counts by its document."""
        return self._fact(5, SQL("loss.id"), {
            **self._of_complaint(), 'date': SQL("loss.date"), 'component': SQL("loss.component"),
            'amount': SQL("loss.amount"), 'res_model': SQL("'aftersales.complaint'"),
            'res_id': SQL("c.id"),
        }, SQL(
            """
              FROM aftersales_complaint_loss loss
              JOIN aftersales_complaint c ON c.id = loss.complaint_id
             WHERE loss.is_charged AND COALESCE(loss.res_id, 0) = 0
            """))

    def _resale_source(self) -> SQL:
        """Return what returned goods were sold for again, unless their return counts it."""
        return self._fact(6, SQL("loss.id"), {
            **self._of_complaint(), 'date': SQL("loss.date_resold"),
            'component': SQL("'recovered'"), 'amount': SQL("loss.amount - loss.value"),
            'res_model': SQL("'aftersales.complaint'"), 'res_id': SQL("c.id"),
        }, SQL(
            """
              FROM aftersales_complaint_loss loss
              JOIN aftersales_complaint c ON c.id = loss.complaint_id
             WHERE loss.component = 'return' AND loss.res_id > 0 AND loss.amount < loss.value
               AND NOT EXISTS (SELECT FROM aftersales_cost_line line
                                WHERE line.res_model = loss.res_model
                                  AND line.res_id = loss.res_id AND line.kind = 'recovered')
            """))

    def _no_typed_grant(self) -> SQL:
        return SQL(
            """NOT EXISTS (SELECT FROM aftersales_complaint_loss typed
                            WHERE typed.complaint_id = c.id AND typed.component IN %s
                              AND COALESCE(typed.res_id, 0) = 0)""", _GRANTED)

    def _customer_claim_source(self) -> SQL:
        """Return the booked claims of customers, where no loss tells what they were granted."""
        return self._fact(7, SQL("claim.id"), {
            **self._of_complaint(), 'date': SQL("claim.date_settled"),
            'component': SQL("'compensation'"), 'amount': SQL("claim.amount_approved"),
            'company_id': SQL("claim.company_id"), 'res_model': SQL("'aftersales.claim'"),
            'res_id': SQL("claim.id"),
        }, SQL(
            """
              FROM aftersales_claim claim
         LEFT JOIN aftersales_complaint c ON c.id = claim.complaint_id
             WHERE claim.kind = 'customer' AND claim.state = 'settled' AND %s
            """, self._no_typed_grant()))

    def _accepted_source(self) -> SQL:
        """Return what customers accepted, where neither a loss nor a claim tells it."""
        return self._fact(8, SQL("c.id"), {
            **self._of_complaint(), 'date': SQL("c.date_settled"),
            'component': SQL("'compensation'"), 'amount': SQL("c.amount_accepted"),
            'res_model': SQL("'aftersales.complaint'"), 'res_id': SQL("c.id"),
        }, SQL(
            """
              FROM aftersales_complaint c
             WHERE c.amount_accepted > 0 AND c.date_settled IS NOT NULL AND %s
               AND NOT EXISTS (SELECT FROM aftersales_claim claim
                                WHERE claim.complaint_id = c.id AND claim.kind = 'customer'
                                  AND claim.state = 'settled')
            """, self._no_typed_grant()))

    def _charge_source(self) -> SQL:
        """Return what outlets paid for their shares of complaints."""
        return self._fact(9, SQL("charge.id"), {
            **self._of_complaint(), 'date': SQL("charge.date"),
            'component': SQL("'recovered'"), 'amount': SQL("-charge.amount"),
            'res_model': SQL("'aftersales.outlet.charge'"), 'res_id': SQL("charge.id"),
            'outlet_id': SQL("charge.outlet_id"), 'company_id': SQL("charge.company_id"),
        }, SQL(
            """
              FROM aftersales_outlet_charge charge
              JOIN aftersales_complaint_liability liability
                ON charge.res_model = 'aftersales.complaint.liability'
               AND charge.res_id = liability.id
              JOIN aftersales_complaint c ON c.id = liability.complaint_id
             WHERE charge.state = 'settled'
            """))

    def _recovery_source(self) -> SQL:
        """Return what suppliers and carriers agreed to pay and accounting has as an entry."""
        return self._fact(10, SQL("claim.id"), {
            **self._of_complaint(), 'date': SQL("claim.date_settled"),
            'component': SQL("'recovered'"), 'amount': SQL("-claim.amount_approved"),
            'company_id': SQL("claim.company_id"), 'res_model': SQL("'aftersales.claim'"),
            'res_id': SQL("claim.id"),
        }, SQL(
            """
              FROM aftersales_claim claim
         LEFT JOIN aftersales_complaint c ON c.id = claim.complaint_id
             WHERE claim.kind IN ('supplier', 'carrier') AND claim.state = 'settled'
            """))

    def _sale_source(self) -> SQL:
        """Return what customers pay for repairs: confirmed sales, without tax."""
        return self._fact(11, SQL("sale.id"), {
            **self._of_order(), 'date': SQL("sale.date_order"), 'component': SQL("'paid'"),
            'amount': SQL("-sale.amount_untaxed / COALESCE(NULLIF(sale.currency_rate, 0), 1)"),
            'res_model': SQL("'aftersales.order'"), 'res_id': SQL("o.id"),
        }, SQL(
            """
              FROM sale_order sale
              JOIN aftersales_order o ON o.id = sale.aftersales_order_id
              JOIN aftersales_order_type kind ON kind.id = o.type_id AND kind.is_repair
            %s
             WHERE sale.state = 'sale' AND sale.amount_untaxed > 0
            """, self._lot_join(SQL("o.lot_id"))))


def _get_type(name):
    """Return the SQL type of a column: all sources must agree for filters to reach them."""
    return SQL({
        'id': 'bigint', 'date': 'date', 'amount': 'numeric', 'component': 'varchar',
        'res_model': 'varchar', 'serial': 'varchar', 'batch': 'varchar'}.get(name, 'integer'))
