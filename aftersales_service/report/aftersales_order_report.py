from odoo import api, fields, models
from odoo.tools import SQL

from .sql import local_day, whole_months

# orders that never became work say nothing about faults
_NO_WORK = ('rejected', 'cancelled')


class AftersalesOrderReport(models.Model):
    """Figures of the service desk: one row per order, for pivots and graphs.

    First-time fixes and repeat repairs compare the repairs of one warranty card by calendar
    days of the company's time zone; an order without a card is not judged.
    """

    _name = 'aftersales.order.report'
    _description = "Order Analysis"
    _auto = False
    _rec_name = 'order_id'
    _order = 'date_event desc, id desc'
    _depends = {
        'aftersales.order': [
            'active', 'cause_id', 'channel', 'charge_kind', 'company_id', 'cover_state',
            'date_closed', 'date_done', 'date_event', 'partner_id', 'product_id', 'remedy_id',
            'severity', 'site_id', 'stage_id', 'state', 'symptom_id', 'technician_id',
            'type_id', 'user_id', 'warranty_id'],
        'aftersales.order.type': ['is_repair'],
        'aftersales.warranty': ['date_start'],
        'product.product': ['product_tmpl_id'],
        'product.template': ['categ_id', 'type'],
        'res.company': ['aftersales_repair_days', 'currency_id', 'partner_id'],
        'res.partner': ['country_id', 'state_id', 'tz'],
        'sale.order': ['aftersales_order_id', 'currency_rate', 'state'],
        'sale.order.line': ['price_subtotal', 'product_id'],
    }

    order_id = fields.Many2one('aftersales.order', string="Service Order", readonly=True)
    company_id = fields.Many2one('res.company', readonly=True)
    currency_id = fields.Many2one('res.currency', readonly=True)
    type_id = fields.Many2one('aftersales.order.type', readonly=True)
    stage_id = fields.Many2one('aftersales.stage', readonly=True)
    state = fields.Selection(
        lambda self: self.env['aftersales.stage']._fields['state'].selection, readonly=True)
    severity = fields.Selection(
        lambda self: self.env['aftersales.order']._fields['severity'].selection, readonly=True)
    channel = fields.Selection(
        lambda self: self.env['aftersales.order']._fields['channel'].selection, readonly=True)
    cover_state = fields.Selection(
        lambda self: self.env['aftersales.order']._fields['cover_state'].selection,
        string="Warranty", readonly=True)
    charge_kind = fields.Selection(
        lambda self: self.env['aftersales.order']._fields['charge_kind'].selection,
        string="Charge", readonly=True)
    user_id = fields.Many2one('res.users', string="Handled by", readonly=True)
    technician_id = fields.Many2one('res.users', readonly=True)

    # Customer and unit
    partner_id = fields.Many2one('res.partner', string="Customer", readonly=True)
    country_id = fields.Many2one('res.country', readonly=True)
    state_id = fields.Many2one('res.country.state', string="Area", readonly=True)
    warranty_id = fields.Many2one('aftersales.warranty', string="Warranty Card", readonly=True)
    product_id = fields.Many2one('product.product', readonly=True)
    categ_id = fields.Many2one('product.category', string="Product Category", readonly=True)
    months_in_service = fields.Integer(
        readonly=True, aggregator='avg',
        help="Whole months from the start of the warranty to the report.")

    # Diagnosis
    symptom_id = fields.Many2one('aftersales.diagnosis.code', readonly=True)
    cause_id = fields.Many2one('aftersales.diagnosis.code', readonly=True)
    remedy_id = fields.Many2one('aftersales.diagnosis.code', readonly=True)

    # Times
    date_event = fields.Datetime(string="Reported on", readonly=True)
    date_done = fields.Datetime(string="Done on", readonly=True)
    date_closed = fields.Datetime(string="Closed on", readonly=True)
    hours_to_done = fields.Float(
        string="Hours until Done", readonly=True, aggregator='avg')
    hours_to_close = fields.Float(
        string="Hours until Closed", readonly=True, aggregator='avg')

    # Quality and money
    first_time_fix = fields.Float(
        string="First-time Fix Rate", readonly=True, aggregator='avg',
        help="Share of the finished repairs after which the unit came back for no further "
             "repair in the days a repair must hold (see the settings).")
    repeat_repair = fields.Float(
        string="Repeat Repair Rate", readonly=True, aggregator='avg',
        help="Share of the repairs that were needed within the days that the repair of the "
             "same unit before should have held.")
    parts_amount = fields.Monetary(
        string="Parts Sold", readonly=True, help="Accepted quotations, without tax.")
    labour_amount = fields.Monetary(
        string="Labour Sold", readonly=True, help="Accepted quotations, without tax.")

    @property
    def _table_query(self) -> SQL:
        return SQL('%s %s %s %s', self._select(), self._from(), self._where(), self._window())

    @api.model
    def _select(self) -> SQL:
        event_day = self._local_day('date_event')
        return SQL(
            """
            SELECT o.id, o.id AS order_id, o.company_id, company.currency_id, o.type_id,
                   o.stage_id, o.state, o.severity, o.channel, o.cover_state, o.charge_kind,
                   o.user_id, o.technician_id, o.partner_id, place.country_id, place.state_id,
                   o.warranty_id, o.product_id, template.categ_id,
                   %(months)s AS months_in_service,
                   o.symptom_id, o.cause_id, o.remedy_id,
                   o.date_event, o.date_done, o.date_closed,
                   EXTRACT(EPOCH FROM o.date_done - o.date_event) / 3600 AS hours_to_done,
                   EXTRACT(EPOCH FROM o.date_closed - o.date_event) / 3600 AS hours_to_close,
                   %(quality)s,
                   sales.parts_amount, sales.labour_amount
            """,
            months=SQL(
                "CASE WHEN card.date_start <= %s THEN %s END", event_day,
                whole_months(SQL("card.date_start"), event_day)),
            quality=self._select_quality())

    @api.model
    def _select_quality(self) -> SQL:
        """Return the columns that compare a repair with its neighbours on the same card."""
        return SQL(
            """
            CASE WHEN %(is_judged)s AND o.date_done IS NOT NULL THEN
                 CASE WHEN LEAD(%(event_day)s) OVER unit - %(done_day)s
                           <= company.aftersales_repair_days
                      THEN 0.0 ELSE 1.0 END
            END AS first_time_fix,
            CASE WHEN %(is_judged)s THEN
                 CASE WHEN %(event_day)s - LAG(COALESCE(%(done_day)s, %(event_day)s)) OVER unit
                           <= company.aftersales_repair_days
                      THEN 1.0 ELSE 0.0 END
            END AS repeat_repair
            """,
            is_judged=self._is_judged(), event_day=self._local_day('date_event'),
            done_day=self._local_day('date_done'))

    @api.model
    def _from(self) -> SQL:
        return SQL(
            """
            FROM aftersales_order o
            JOIN aftersales_order_type kind ON kind.id = o.type_id
            JOIN res_company company ON company.id = o.company_id
            JOIN res_partner office ON office.id = company.partner_id
            LEFT JOIN aftersales_warranty card ON card.id = o.warranty_id
            LEFT JOIN res_partner place ON place.id = COALESCE(o.site_id, o.partner_id)
            LEFT JOIN product_product product ON product.id = o.product_id
            LEFT JOIN product_template template ON template.id = product.product_tmpl_id
            LEFT JOIN (%s) sales ON sales.order_id = o.id
            """, self._sales_query())

    @api.model
    def _sales_query(self) -> SQL:
        """Return what was sold per order, in the currency of the company."""
        return SQL(
            """
            SELECT sale.aftersales_order_id AS order_id,
                   SUM(line.price_subtotal / COALESCE(NULLIF(sale.currency_rate, 0), 1))
                       FILTER (WHERE template.type != 'service') AS parts_amount,
                   SUM(line.price_subtotal / COALESCE(NULLIF(sale.currency_rate, 0), 1))
                       FILTER (WHERE template.type = 'service') AS labour_amount
              FROM sale_order sale
              JOIN sale_order_line line ON line.order_id = sale.id
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE sale.aftersales_order_id IS NOT NULL AND sale.state = 'sale'
          GROUP BY sale.aftersales_order_id
            """)

    @api.model
    def _where(self) -> SQL:
        return SQL("WHERE o.active")

    @api.model
    def _window(self) -> SQL:
        return SQL(
            "WINDOW unit AS (PARTITION BY o.warranty_id, %s ORDER BY o.date_event, o.id)",
            self._is_judged())

    @api.model
    def _is_judged(self) -> SQL:
        """Return whether an order is a repair of a unit that is known by its card."""
        return SQL(
            "(o.warranty_id IS NOT NULL AND COALESCE(kind.is_repair, FALSE)"
            " AND o.state NOT IN %s)", _NO_WORK)

    @api.model
    def _local_day(self, name) -> SQL:
        return local_day(SQL.identifier('o', name), SQL("office.tz"))
