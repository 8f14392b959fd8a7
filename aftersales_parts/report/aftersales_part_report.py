from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.aftersales_service.report.sql import local_day

from ..tools.part_class import ABC_CLASSES

# what each kind of fact may fill
_COLUMNS = {
    'id': 'bigint', 'fact': 'text', 'month': 'date',
    **dict.fromkeys((
        'company_id', 'product_id', 'machine_id', 'outlet_id', 'technician_id', 'location_id',
        'line_count', 'at_once_count', 'request_count', 'urgent_count', 'out_count'), 'integer'),
    **dict.fromkeys((
        'quantity', 'urgent_quantity', 'first_visit', 'stock_quantity', 'stock_value',
        'excess_quantity'), 'float'),
}


def _month(instant):
    """Return the first day of the month of an instant, in the time zone of the company."""
    return SQL("date_trunc('month', %s)", local_day(SQL(instant), SQL("zone.tz")))


class AftersalesPartReport(models.Model):
    """Figures of spare parts, for pivots and graphs: facts of four kinds side by side.

    Demand by month, lines of part requests, parts used on visited orders, and the stock of today.
    Each measure is filled by one kind only, so sums never mix them. Values are at today's cost.
    Turns compare the usage of the last twelve full months with the stock of today, as the mean
    stock and the days without stock are not recorded.
    """

    _name = 'aftersales.part.report'
    _description = "Part Analysis"
    _inherit = 'aftersales.ratio.report.mixin'
    _auto = False
    _rec_name = 'product_id'
    _order = 'month desc, product_id, id'
    _depends = {
        'aftersales.order': ['outlet_id', 'product_id', 'technician_id'],
        'aftersales.outlet': ['stock_location_id'],
        'aftersales.part.class': ['abc', 'company_id', 'date_to', 'fsn', 'product_id'],
        'aftersales.part.demand': [
            'at_once_count', 'company_id', 'line_count', 'location_id', 'machine_id', 'month',
            'outlet_id', 'product_id', 'quantity'],
        'aftersales.part.request': [
            'company_id', 'date_requested', 'location_dest_id', 'outlet_id', 'state', 'urgency',
            'user_id'],
        'aftersales.part.request.line': ['product_id', 'quantity', 'request_id'],
        'aftersales.part.suggestion': ['orderpoint_id', 'proposed_max', 'state'],
        'aftersales.visit': ['order_ids', 'state'],
        'product.product': ['product_tmpl_id', 'standard_price'],
        'product.template': [
            'categ_id', 'criticality', 'is_spare_part', 'lot_valuated', 'part_phase'],
        'res.company': ['currency_id', 'resource_calendar_id'],
        'resource.calendar': ['tz'],
        'stock.location': ['aftersales_technician_id', 'parent_path', 'usage'],
        'stock.lot': ['standard_price'],
        'stock.move': [
            'aftersales_order_id', 'date', 'location_id', 'product_id', 'repair_line_type',
            'state'],
        'stock.quant': ['company_id', 'location_id', 'lot_id', 'product_id', 'quantity'],
        'stock.warehouse': ['lot_stock_id'],
        'stock.warehouse.orderpoint': [
            'active', 'company_id', 'location_id', 'product_id', 'product_max_qty',
            'product_min_qty'],
    }
    _ratios = {
        'fill_rate': ('at_once_count', 'line_count', 1.0),
        'emergency_share': ('urgent_count', 'request_count', 1.0),
        'dead_share': ('dead_value', 'stock_value', 1.0),
        'turns': ('year_value', 'stock_value', 1.0)}

    fact = fields.Selection(
        [('demand', "Demand"), ('request', "Part Requests"), ('visit', "Repairs on Site"),
         ('stock', "Stock Today")], string="Figures from", readonly=True)
    month = fields.Date(
        readonly=True, help="The first day of the month; of the stock, that of this month.")
    company_id = fields.Many2one('res.company', readonly=True)
    currency_id = fields.Many2one('res.currency', readonly=True)
    product_id = fields.Many2one('product.product', string="Part", readonly=True)
    categ_id = fields.Many2one('product.category', string="Product Category", readonly=True)
    machine_id = fields.Many2one('product.template', string="Machine Model", readonly=True)
    outlet_id = fields.Many2one('aftersales.outlet', readonly=True)
    technician_id = fields.Many2one(
        'res.users', readonly=True, help="Whose van it is, or who asked for or used the part.")
    location_id = fields.Many2one(
        'stock.location', string="Place", readonly=True,
        help="The van, the store of an outlet, or the stock of a warehouse.")
    level = fields.Selection(
        [('centre', "Centre"), ('outlet', "Outlet"), ('van', "Van")], string="Kind of Place",
        readonly=True)
    abc = fields.Selection([(name, name) for name in ABC_CLASSES], string="ABC", readonly=True)
    fsn = fields.Selection(
        lambda self: self._get_labels('aftersales.part.class', 'fsn'), string="Movement",
        readonly=True)
    criticality = fields.Selection(
        lambda self: self._get_labels('product.template', 'criticality'), readonly=True)
    part_phase = fields.Selection(
        lambda self: self._get_labels('product.template', 'part_phase'), string="Phase",
        readonly=True)

    # Demand and requests
    quantity = fields.Float(string="Demand", readonly=True)
    line_count = fields.Integer(string="Lines Asked", readonly=True)
    at_once_count = fields.Integer(string="Lines Filled at Once", readonly=True)
    fill_rate = fields.Float(
        readonly=True, aggregator='avg',
        help="Lines filled at once, of those asked; 95 % is a usual target.")
    usage_value = fields.Monetary(
        readonly=True, help="The demand at today's cost.")
    year_value = fields.Monetary(
        string="Usage Value of 12 Months", readonly=True,
        help="The demand of the last twelve full months, at today's cost.")
    request_count = fields.Integer(string="Lines Requested", readonly=True)
    urgent_count = fields.Integer(string="Urgent Lines", readonly=True)
    urgent_value = fields.Monetary(
        string="Value of Urgent Lines", readonly=True, help="At today's cost.")
    emergency_share = fields.Float(
        readonly=True, aggregator='avg',
        help="Urgent lines, of those requested; up to 5 % is usual.")
    first_visit = fields.Float(
        string="First-visit Fix", readonly=True, aggregator='avg',
        help="Of the visited orders that used the part, the share that one visit was enough for.")

    # Stock
    stock_quantity = fields.Float(string="On Hand", readonly=True)
    stock_value = fields.Monetary(readonly=True)
    slow_value = fields.Monetary(string="Slow Stock", readonly=True)
    dead_value = fields.Monetary(string="Dead Stock", readonly=True)
    dead_share = fields.Float(
        readonly=True, aggregator='avg', help="Dead stock, of the stock value.")
    excess_value = fields.Monetary(
        string="Excess", readonly=True,
        help="What lies above the maximum: the proposed one of an open suggestion, else that of "
             "the reordering rule. Without a rule it is not known.")
    out_count = fields.Integer(
        string="Out of Stock", readonly=True,
        help="Parts with a minimum at a place where nothing is on hand now.")
    turns = fields.Float(
        readonly=True, aggregator='avg', digits=(16, 1),
        help="The usage value of the last twelve full months by the stock value of today.")

    @api.model
    def _get_labels(self, model, name):
        """Return the selection of a field, in the user's language."""
        return self.env[model]._fields[name]._description_selection(self.env)

    @property
    def _table_query(self) -> SQL:
        return SQL('WITH %s %s %s', self._with(), self._select(), self._from())

    @api.model
    def _with(self) -> SQL:
        """Find the van, store or stock in which each location lies, the innermost one."""
        return SQL(
            """
            place AS (
                SELECT DISTINCT ON (id) id, technician_id, outlet_id
                  FROM (SELECT id, aftersales_technician_id AS technician_id,
                               NULL::integer AS outlet_id, 1 AS rank
                          FROM stock_location WHERE aftersales_technician_id IS NOT NULL
                     UNION ALL
                        SELECT stock_location_id, NULL, id, 2
                          FROM aftersales_outlet WHERE stock_location_id IS NOT NULL
                     UNION ALL
                        SELECT lot_stock_id, NULL, NULL, 3 FROM stock_warehouse) found
              ORDER BY id, rank),
            place_of AS (
                SELECT DISTINCT ON (location.id) location.id, place.id AS place_id,
                       place.technician_id, place.outlet_id,
                       CASE WHEN place.technician_id IS NOT NULL THEN 'van'
                            WHEN place.outlet_id IS NOT NULL THEN 'outlet'
                            ELSE 'centre' END AS level
                  FROM stock_location location
            CROSS JOIN LATERAL unnest(
                           string_to_array(trim(BOTH '/' FROM location.parent_path), '/')::int[]
                       ) WITH ORDINALITY AS above(id, depth)
                  JOIN place ON place.id = above.id
                 WHERE location.usage = 'internal'
              ORDER BY location.id, above.depth DESC)
            """)

    @api.model
    def _select(self) -> SQL:
        return SQL(
            """
            SELECT fact.id, fact.fact, fact.month, fact.company_id, company.currency_id,
                   fact.product_id, template.categ_id, fact.machine_id,
                   COALESCE(fact.outlet_id, place_of.outlet_id) AS outlet_id,
                   COALESCE(fact.technician_id, place_of.technician_id) AS technician_id,
                   COALESCE(place_of.place_id, fact.location_id) AS location_id,
                   COALESCE(place_of.level, 'centre') AS level, class.abc, class.fsn,
                   template.criticality, template.part_phase,
                   fact.quantity, fact.line_count, fact.at_once_count,
                   fact.at_once_count::float / NULLIF(fact.line_count, 0) AS fill_rate,
                   fact.quantity * cost.cost AS usage_value,
                   CASE WHEN fact.month >= date_trunc('month', NOW()) - interval '12 months'
                         AND fact.month < date_trunc('month', NOW())
                        THEN fact.quantity * cost.cost END AS year_value,
                   fact.request_count, fact.urgent_count,
                   fact.urgent_quantity * cost.cost AS urgent_value,
                   fact.urgent_count::float / NULLIF(fact.request_count, 0) AS emergency_share,
                   fact.first_visit, fact.stock_quantity, fact.stock_value,
                   CASE WHEN class.fsn = 'S' THEN fact.stock_value
                        ELSE 0 * fact.stock_value END AS slow_value,
                   CASE WHEN class.fsn = 'N' THEN fact.stock_value
                        ELSE 0 * fact.stock_value END AS dead_value,
                   CASE WHEN fact.stock_value > 0
                        THEN (COALESCE(class.fsn, '') = 'N')::integer END AS dead_share,
                   fact.excess_quantity * cost.cost AS excess_value, fact.out_count,
                   NULL::float AS turns
            """)

    @api.model
    def _from(self) -> SQL:
        return SQL(
            """
            FROM (%s) fact
            JOIN product_product product ON product.id = fact.product_id
            JOIN product_template template
              ON template.id = product.product_tmpl_id AND template.is_spare_part
            JOIN res_company company ON company.id = fact.company_id
            LEFT JOIN place_of ON place_of.id = fact.location_id
            LEFT JOIN aftersales_part_class class
              ON class.product_id = fact.product_id AND class.company_id = fact.company_id
             AND class.date_to IS NULL
            CROSS JOIN LATERAL (SELECT COALESCE(
                (product.standard_price ->> fact.company_id::text)::float, 0) AS cost) cost
            """, SQL(" UNION ALL ").join(
                (self._demand_query(), self._request_query(), self._visit_query(),
                 self._stock_query())))

    @api.model
    def _make_fact(self, source, **columns) -> SQL:
        """Return the rows of one kind of fact, of the columns and types that all kinds share.

        With the same types in all kinds, the database leaves out those that a filter excludes.

        :param columns: each as ``SQL``, or as its text without parameters
        """
        known = {name: column if isinstance(column, SQL) else SQL(column)
                 for name, column in columns.items()}
        return SQL("SELECT %s %s", SQL(", ").join(
            SQL("(%s)::%s AS %s", known.get(name, SQL("NULL")), SQL(kind), SQL.identifier(name))
            for name, kind in _COLUMNS.items()), source)

    @api.model
    def _demand_query(self) -> SQL:
        """Return what was asked by month."""
        return self._make_fact(
            SQL("FROM aftersales_part_demand d"), id="d.id::bigint * 4", fact="'demand'",
            month="d.month", company_id="d.company_id", product_id="d.product_id",
            machine_id="d.machine_id", outlet_id="d.outlet_id", location_id="d.location_id",
            quantity="d.quantity", line_count="d.line_count", at_once_count="d.at_once_count")

    @api.model
    def _request_query(self) -> SQL:
        """Return the lines that the store was asked for, by who asked."""
        return self._make_fact(
            SQL("""
              FROM aftersales_part_request_line line
              JOIN aftersales_part_request request ON request.id = line.request_id
              JOIN res_company own ON own.id = request.company_id
         LEFT JOIN resource_calendar zone ON zone.id = own.resource_calendar_id
             WHERE request.date_requested IS NOT NULL AND request.state != 'cancelled'
            """), id="line.id::bigint * 4 + 1", fact="'request'",
            month=_month("request.date_requested"), company_id="request.company_id",
            product_id="line.product_id", outlet_id="request.outlet_id",
            technician_id="request.user_id", location_id="request.location_dest_id",
            request_count="1", urgent_count="(request.urgency = 'urgent')::integer",
            urgent_quantity="CASE WHEN request.urgency = 'urgent' THEN line.quantity END")

    @api.model
    def _visit_query(self) -> SQL:
        """Return the parts used on visited orders, and whether one visit was enough."""
        return self._make_fact(
            SQL("""
              FROM stock_move move
              JOIN aftersales_order o ON o.id = move.aftersales_order_id
         LEFT JOIN product_product machine ON machine.id = o.product_id
              JOIN res_company own ON own.id = move.company_id
         LEFT JOIN resource_calendar zone ON zone.id = own.resource_calendar_id
        CROSS JOIN LATERAL (
                       SELECT COUNT(*) AS number
                         FROM aftersales_order_visit_rel link
                         JOIN aftersales_visit visit ON visit.id = link.visit_id
                        WHERE link.order_id = o.id
                          AND visit.state IN ('on_site', 'done')) visits
             WHERE move.state = 'done' AND move.repair_line_type = 'add' AND visits.number > 0
            """), id="move.id::bigint * 4 + 2", fact="'visit'", month=_month("move.date"),
            company_id="move.company_id", product_id="move.product_id",
            machine_id="machine.product_tmpl_id", outlet_id="o.outlet_id",
            technician_id="o.technician_id", location_id="move.location_id",
            first_visit="(visits.number = 1)::integer")

    @api.model
    def _stock_query(self) -> SQL:
        """Return what lies at each place today, beside its minimum and maximum."""
        return self._make_fact(
            SQL("""
              FROM (SELECT quant.company_id, quant.product_id,
                           COALESCE(place_of.place_id, quant.location_id) AS place_id,
                           quant.quantity::float AS quantity,
                           quant.quantity::float * COALESCE(
                               CASE WHEN template.lot_valuated THEN
                                    (lot.standard_price ->> quant.company_id::text)::float END,
                               (product.standard_price ->> quant.company_id::text)::float, 0
                           ) AS value, NULL::float AS least, NULL::float AS most
                      FROM stock_quant quant
                      JOIN stock_location location
                        ON location.id = quant.location_id AND location.usage = 'internal'
                      JOIN product_product product ON product.id = quant.product_id
                      JOIN product_template template
                        ON template.id = product.product_tmpl_id AND template.is_spare_part
                 LEFT JOIN stock_lot lot ON lot.id = quant.lot_id
                 LEFT JOIN place_of ON place_of.id = quant.location_id
                 UNION ALL
                    SELECT rule.company_id, rule.product_id,
                           COALESCE(place_of.place_id, rule.location_id), 0, 0,
                           rule.product_min_qty::float,
                           COALESCE(suggestion.proposed_max, rule.product_max_qty)::float
                      FROM stock_warehouse_orderpoint rule
                 LEFT JOIN aftersales_part_suggestion suggestion
                        ON suggestion.orderpoint_id = rule.id AND suggestion.state = 'new'
                 LEFT JOIN place_of ON place_of.id = rule.location_id
                     WHERE rule.active) held
          GROUP BY company_id, product_id, place_id
            """),
            id="ROW_NUMBER() OVER (ORDER BY company_id, product_id, place_id) * 4 + 3",
            fact="'stock'", month="date_trunc('month', NOW())", company_id="company_id",
            product_id="product_id", location_id="place_id", stock_quantity="SUM(quantity)",
            stock_value="SUM(value)", excess_quantity="GREATEST(SUM(quantity) - MAX(most), 0)",
            out_count="(MAX(least) > 0 AND SUM(quantity) <= 0)::integer")
