from odoo import api, fields, models
from odoo.tools import SQL

from .sql import local_day, whole_months

# orders that never became work say nothing about faults
_NO_WORK = ('rejected', 'cancelled')

# measure -> the kind of promise it judges; None is all of them
_PROMISES = {
    'promises_kept': None,
    'answer_kept': 'answer',
    'assess_kept': 'assess',
    'arrive_kept': 'arrive',
    'repair_kept': 'repair',
    'close_kept': 'close',
    'escalation_kept': 'head_office',
}


class AftersalesOrderReport(models.Model):
    """Figures of the service desk: one row per order, for pivots and graphs.

    First-time fixes and repeat repairs compare the repairs of one warranty card by calendar
    days of the company's time zone; an order without a card is not judged. A promise is
    judged once it is met, missed, or still open after its deadline.

    What looks at other rows is a subquery that an index serves, order by order: a filter
    reaches the orders first, and a figure that was not asked for costs nothing.
    """

    _name = 'aftersales.order.report'
    _description = "Order Analysis"
    _auto = False
    _rec_name = 'order_id'
    _order = 'date_event desc, id desc'
    _depends = {
        'aftersales.order': [
            'active', 'cause_id', 'channel', 'charge_kind', 'company_id', 'cover_state',
            'date_closed', 'date_done', 'date_event', 'event_day', 'outlet_id', 'partner_id',
            'product_id', 'remedy_id', 'severity', 'site_id', 'stage_id', 'state', 'symptom_id',
            'technician_id', 'type_id', 'user_id', 'warranty_id', 'zone_id'],
        'aftersales.clock': ['date_deadline', 'kind', 'res_id', 'res_model', 'result'],
        'aftersales.order.type': ['is_repair'],
        'aftersales.visit': ['order_ids', 'state'],
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
        lambda self: self._get_labels('aftersales.stage', 'state'), readonly=True)
    severity = fields.Selection(
        lambda self: self._get_labels('aftersales.order', 'severity'), readonly=True)
    channel = fields.Selection(
        lambda self: self._get_labels('aftersales.order', 'channel'), readonly=True)
    cover_state = fields.Selection(
        lambda self: self._get_labels('aftersales.order', 'cover_state'),
        string="Warranty", readonly=True)
    charge_kind = fields.Selection(
        lambda self: self._get_labels('aftersales.order', 'charge_kind'),
        string="Charge", readonly=True)
    user_id = fields.Many2one('res.users', string="Handled by", readonly=True)
    technician_id = fields.Many2one('res.users', readonly=True)
    outlet_id = fields.Many2one('aftersales.outlet', readonly=True)
    zone_id = fields.Many2one('aftersales.zone', readonly=True)

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
    event_day = fields.Date(string="Day Reported", readonly=True)
    date_done = fields.Datetime(string="Done on", readonly=True)
    date_closed = fields.Datetime(string="Closed on", readonly=True)
    hours_to_done = fields.Float(
        string="Hours until Done", readonly=True, aggregator='avg')
    hours_to_close = fields.Float(
        string="Hours until Closed", readonly=True, aggregator='avg')

    # Promises
    promise_count = fields.Integer(
        string="Promises Judged", readonly=True,
        help="Promises that were met or missed; one still open after its deadline is missed.")
    promises_kept = fields.Float(
        readonly=True, aggregator='avg',
        help="Share of the judged promises; in groups each promise counts the same.")
    answer_kept = fields.Float(string="Answered in Time", readonly=True, aggregator='avg')
    assess_kept = fields.Float(string="Assessed in Time", readonly=True, aggregator='avg')
    arrive_kept = fields.Float(string="Arrived in Time", readonly=True, aggregator='avg')
    repair_kept = fields.Float(string="Repaired in Time", readonly=True, aggregator='avg')
    close_kept = fields.Float(string="Closed in Time", readonly=True, aggregator='avg')
    escalation_kept = fields.Float(
        string="Head Office in Time", readonly=True, aggregator='avg')

    # Quality and money
    first_time_fix = fields.Float(
        string="First-time Fix Rate", readonly=True, aggregator='avg',
        help="Share of the finished repairs that one visit was enough for, and after which the "
             "unit came back for no further repair in the days a repair must hold (see the "
             "settings).")
    repeat_repair = fields.Float(
        string="Repeat Repair Rate", readonly=True, aggregator='avg',
        help="Share of the repairs that were needed within the days that the repair of the "
             "same unit before should have held.")
    parts_amount = fields.Monetary(
        string="Parts Sold", readonly=True, help="Accepted quotations, without tax.")
    labour_amount = fields.Monetary(
        string="Labour Sold", readonly=True, help="Accepted quotations, without tax.")

    @api.model
    def _get_labels(self, model, name):
        """Return the selection of a field of another model, in the user's language."""
        return self.env[model]._fields[name]._description_selection(self.env)

    @property
    def _table_query(self) -> SQL:
        return SQL('%s %s %s', self._select(), self._from(), self._where())

    @api.model
    def _select(self) -> SQL:
        event_day = SQL("o.event_day")
        return SQL(
            """
            SELECT o.id, o.id AS order_id, o.company_id, company.currency_id, o.type_id,
                   o.stage_id, o.state, o.severity, o.channel, o.cover_state, o.charge_kind,
                   o.user_id, o.technician_id, o.outlet_id, o.zone_id, o.partner_id,
                   place.country_id, place.state_id, o.warranty_id, o.product_id,
                   template.categ_id, %(months)s AS months_in_service,
                   o.symptom_id, o.cause_id, o.remedy_id,
                   o.date_event, o.event_day, o.date_done, o.date_closed,
                   EXTRACT(EPOCH FROM o.date_done - o.date_event) / 3600 AS hours_to_done,
                   EXTRACT(EPOCH FROM o.date_closed - o.date_event) / 3600 AS hours_to_close,
                   promise.promise_count, %(promises)s,
                   %(first_time_fix)s AS first_time_fix,
                   %(repeat_repair)s AS repeat_repair,
                   sales.parts_amount, sales.labour_amount
            """,
            months=SQL(
                "CASE WHEN card.date_start <= %s THEN %s END", event_day,
                whole_months(SQL("card.date_start"), event_day)),
            promises=SQL(", ").join(
                SQL.identifier('promise', name) for name in _PROMISES),
            first_time_fix=self._select_first_time_fix(),
            repeat_repair=self._select_repeat_repair())

    @api.model
    def _promise_query(self) -> SQL:
        """Return the judged promises of an order: their number, and the share of each kind.

        It aggregates without grouping, so the database leaves it out where it is not asked for.
        """
        shares = (
            SQL("AVG((clock.result = 'met')::integer) FILTER (WHERE %s) AS %s",
                SQL("clock.kind = %s", kind) if kind else SQL("TRUE"), SQL.identifier(name))
            for name, kind in _PROMISES.items())
        return SQL(
            """
            SELECT COUNT(*) AS promise_count, %s
              FROM aftersales_clock clock
             WHERE clock.res_model = 'aftersales.order' AND clock.res_id = o.id
               AND (clock.result IN ('met', 'missed') OR clock.result IN ('running', 'paused')
                    AND clock.date_deadline < NOW() AT TIME ZONE 'UTC')
            """, SQL(", ").join(shares))

    @api.model
    def _select_first_time_fix(self) -> SQL:
        """Return whether one visit was enough, and the unit did not come back too early."""
        return SQL(
            """
            CASE WHEN %(is_judged)s AND o.date_done IS NOT NULL THEN
                 CASE WHEN %(came_back)s
                      THEN 0.0
                      WHEN (SELECT COUNT(*) FROM aftersales_order_visit_rel link
                              JOIN aftersales_visit visit ON visit.id = link.visit_id
                             WHERE link.order_id = o.id
                               AND visit.state IN ('on_site', 'done')) > 1
                      THEN 0.0 ELSE 1.0 END
            END""",
            is_judged=self._is_judged('o', 'kind'), came_back=self._came_back())

    @api.model
    def _came_back(self) -> SQL:
        """Return whether the next repair of the unit began in the days that this one must hold."""
        return SQL(
            "%s - %s <= company.aftersales_repair_days",
            self._local_day('next_repair', 'date_event'), self._local_day('o', 'date_done'))

    @api.model
    def _next_repair_query(self) -> SQL:
        """Return when the next repair of the same card was reported.

        All figures that compare with it share one look. It aggregates without grouping, so the
        database leaves it out where none of them is asked for.
        """
        return SQL(
            """
            SELECT MIN(other.date_event) AS date_event %s
               AND (other.date_event, other.id) > (o.date_event, o.id)
            """, self._other_repairs())

    @api.model
    def _select_repeat_repair(self) -> SQL:
        """Return whether the repair before should still have held."""
        return SQL(
            """
            CASE WHEN %(is_judged)s THEN
                 CASE WHEN (SELECT %(event_day)s
                                 - COALESCE(%(last_done_day)s, %(last_event_day)s) %(others)s
                               AND (other.date_event, other.id) < (o.date_event, o.id)
                          ORDER BY other.date_event DESC, other.id DESC LIMIT 1)
                           <= company.aftersales_repair_days
                      THEN 1.0 ELSE 0.0 END
            END""",
            is_judged=self._is_judged('o', 'kind'), others=self._other_repairs(),
            event_day=self._local_day('o', 'date_event'),
            last_done_day=self._local_day('other', 'date_done'),
            last_event_day=self._local_day('other', 'date_event'))

    @api.model
    def _other_repairs(self) -> SQL:
        """Return the repairs of the same card; they are few and have an index."""
        return SQL(
            """
            FROM aftersales_order other
            JOIN aftersales_order_type other_kind ON other_kind.id = other.type_id
           WHERE other.warranty_id = o.warranty_id AND other.active AND %s
            """, self._is_judged('other', 'other_kind'))

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
            LEFT JOIN LATERAL (%s) promise ON TRUE
            LEFT JOIN LATERAL (%s) next_repair ON TRUE
            """, self._sales_query(), self._promise_query(), self._next_repair_query())

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
    def _is_judged(self, order, kind) -> SQL:
        """Return whether an order is a repair of a unit that is known by its card."""
        return SQL(
            "(%s IS NOT NULL AND COALESCE(%s, FALSE) AND %s NOT IN %s)",
            SQL.identifier(order, 'warranty_id'), SQL.identifier(kind, 'is_repair'),
            SQL.identifier(order, 'state'), _NO_WORK)

    @api.model
    def _local_day(self, alias, name) -> SQL:
        return local_day(SQL.identifier(alias, name), SQL("office.tz"))

    def _read_group_select(self, aggregate_spec, query):
        """Weigh the promises kept of a group by the promises, not by the orders."""
        if aggregate_spec != 'promises_kept:avg':
            return super()._read_group_select(aggregate_spec, query)
        count = self._field_to_sql(self._table, 'promise_count', query)
        return SQL(
            "SUM(%s * %s) / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, 'promises_kept', query), count, count)
