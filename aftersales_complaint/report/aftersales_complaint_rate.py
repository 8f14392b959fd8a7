from odoo import fields, models
from odoo.tools import SQL

from ..models.aftersales_complaint import QUIET_KINDS


class AftersalesComplaintRate(models.Model):
    """Complaints per 1,000 units: one row per product and month.

    Units are those of warranty cards: delivered in the month, and delivered so far. Praise,
    suggestions, anomalies, grievances and what was judged as unfounded or merged count nothing.
    """

    _name = 'aftersales.complaint.rate'
    _description = "Complaints per 1,000 Units"
    _inherit = 'aftersales.ratio.report.mixin'
    _auto = False
    _rec_name = 'product_id'
    _order = 'month desc, product_id'
    _depends = {
        'aftersales.complaint': [
            'company_id', 'is_grievance', 'kind', 'product_id', 'received_day', 'state'],
        'aftersales.warranty': ['company_id', 'date_start', 'delivery_date', 'product_id'],
        'product.product': ['product_tmpl_id'],
        'product.template': ['categ_id'],
    }
    _ratios = {
        'rate_per_1000': ('complaints', 'units', 1000.0),
        'rate_per_1000_sold': ('complaints', 'sold', 1000.0)}

    company_id = fields.Many2one('res.company', readonly=True)
    month = fields.Date(readonly=True, help="The first day of the month.")
    product_id = fields.Many2one('product.product', readonly=True)
    categ_id = fields.Many2one('product.category', string="Product Category", readonly=True)
    sold = fields.Integer(
        string="Units Sold", readonly=True, help="Warranty cards delivered in the month.")
    units = fields.Integer(
        string="Units in Customers' Hands", readonly=True,
        help="Warranty cards delivered up to the month; summed over months these are "
             "unit-months.")
    complaints = fields.Integer(readonly=True)
    rate_per_1000 = fields.Float(
        string="Complaints per 1,000 Units", readonly=True, aggregator='avg', digits=(16, 2),
        help="Of the units in customers' hands, in a month.")
    rate_per_1000_sold = fields.Float(
        string="Complaints per 1,000 Units Sold", readonly=True, aggregator='avg',
        digits=(16, 2), help="Of the units that were delivered in the same period.")

    @property
    def _table_query(self) -> SQL:
        today = fields.Date.context_today(self)
        return SQL(
            """
            WITH sold AS (%(sold)s), faulty AS (%(faulty)s),
                 months AS (SELECT company_id, product_id, generate_series(
                                       MIN(month), date_trunc('month', %(today)s::date),
                                       interval '1 month')::date AS month
                              FROM (SELECT company_id, product_id, month FROM sold
                                     UNION ALL
                                    SELECT company_id, product_id, month FROM faulty) found
                          GROUP BY company_id, product_id),
                 facts AS (SELECT months.*, COALESCE(sold.number, 0)::integer AS sold,
                                  (SUM(COALESCE(sold.number, 0)) OVER (
                                      PARTITION BY months.company_id, months.product_id
                                      ORDER BY months.month))::integer AS units,
                                  COALESCE(faulty.number, 0)::integer AS complaints
                             FROM months
                        LEFT JOIN sold USING (company_id, product_id, month)
                        LEFT JOIN faulty USING (company_id, product_id, month))
            SELECT ROW_NUMBER() OVER (ORDER BY facts.company_id, facts.product_id, facts.month)
                       AS id,
                   facts.*, template.categ_id,
                   1000.0 * facts.complaints / NULLIF(facts.units, 0) AS rate_per_1000,
                   1000.0 * facts.complaints / NULLIF(facts.sold, 0) AS rate_per_1000_sold
              FROM facts
              JOIN product_product product ON product.id = facts.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
            """, sold=self._sold_query(), faulty=self._faulty_query(), today=today)

    def _sold_query(self) -> SQL:
        """Return how many units of a product were delivered in each month."""
        return SQL(
            """
            SELECT company_id, product_id, COUNT(*) AS number,
                   date_trunc('month', COALESCE(delivery_date, date_start))::date AS month
              FROM aftersales_warranty
             WHERE COALESCE(delivery_date, date_start) <= %s
          GROUP BY 1, 2, 4
            """, fields.Date.context_today(self))

    def _faulty_query(self) -> SQL:
        """Return how many complaints of a product were received in each month."""
        return SQL(
            """
            SELECT company_id, product_id, COUNT(*) AS number,
                   date_trunc('month', received_day)::date AS month
              FROM aftersales_complaint
             WHERE product_id IS NOT NULL AND kind NOT IN %s
               AND state NOT IN ('unfounded', 'merged') AND NOT COALESCE(is_grievance, FALSE)
          GROUP BY 1, 2, 4
            """, tuple(sorted(QUIET_KINDS)))
