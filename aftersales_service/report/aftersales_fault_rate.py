from odoo import fields, models
from odoo.tools import SQL

from .sql import whole_months


class AftersalesFaultRate(models.Model):
    """Faults per 1,000 units by month in service: one row per product and month of age.

    Units are the warranty cards that reached that age, faults the repairs reported in it.
    """

    _name = 'aftersales.fault.rate'
    _description = "Fault Rate by Month in Service"
    _inherit = 'aftersales.ratio.report.mixin'
    _auto = False
    _rec_name = 'product_id'
    _order = 'product_id, months_in_service'
    _depends = {
        'aftersales.order': ['active', 'company_id', 'event_day', 'state', 'type_id',
                             'warranty_id'],
        'aftersales.order.type': ['is_repair'],
        'aftersales.warranty': ['company_id', 'date_start', 'product_id'],
        'product.product': ['product_tmpl_id'],
        'product.template': ['categ_id'],
        'res.company': ['partner_id'],
        'res.partner': ['tz'],
    }
    _ratios = {'rate_per_1000': ('faults', 'units', 1000.0)}

    company_id = fields.Many2one('res.company', readonly=True)
    product_id = fields.Many2one('product.product', readonly=True)
    categ_id = fields.Many2one('product.category', string="Product Category", readonly=True)
    months_in_service = fields.Integer(
        readonly=True, aggregator=None,
        help="0 is the first month: whole months from the start of the warranty.")
    units = fields.Integer(
        string="Units in Service", readonly=True,
        help="Warranty cards that reached this age; summed over ages these are unit-months.")
    faults = fields.Integer(readonly=True)
    rate_per_1000 = fields.Float(
        string="Faults per 1,000 Units", readonly=True, aggregator='avg', digits=(16, 2))

    @property
    def _table_query(self) -> SQL:
        return SQL(
            """
            WITH reached AS (%(reached)s), faulty AS (%(faulty)s),
                 ages AS (SELECT company_id, product_id,
                                 generate_series(0, MAX(month)) AS month
                            FROM reached GROUP BY company_id, product_id),
                 exposed AS (SELECT ages.*, (SUM(COALESCE(reached.units, 0)) OVER (
                                        PARTITION BY ages.company_id, ages.product_id
                                        ORDER BY ages.month DESC))::integer AS units
                               FROM ages
                          LEFT JOIN reached USING (company_id, product_id, month))
            SELECT ROW_NUMBER() OVER (ORDER BY exposed.company_id, exposed.product_id,
                                               exposed.month) AS id,
                   exposed.company_id, exposed.product_id,
                   template.categ_id, exposed.month AS months_in_service, exposed.units,
                   COALESCE(faulty.faults, 0) AS faults,
                   1000.0 * COALESCE(faulty.faults, 0) / exposed.units AS rate_per_1000
              FROM exposed
         LEFT JOIN faulty USING (company_id, product_id, month)
              JOIN product_product product ON product.id = exposed.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
            """, reached=self._reached_query(), faulty=self._faulty_query())

    def _reached_query(self) -> SQL:
        """Return how many units of a product are so many whole months old today."""
        today = fields.Date.context_today(self)
        return SQL(
            """
            SELECT company_id, product_id, %(month)s AS month, COUNT(*) AS units
              FROM aftersales_warranty
             WHERE date_start <= %(today)s
          GROUP BY 1, 2, 3
            """, today=today,
            month=whole_months(SQL("date_start"), SQL("%s::date", today)))

    def _faulty_query(self) -> SQL:
        """Return how many repairs of a product were reported at so many months of age."""
        event_day = SQL("o.event_day")
        return SQL(
            """
            SELECT card.company_id, card.product_id, %(month)s AS month, COUNT(*) AS faults
              FROM aftersales_order o
              JOIN aftersales_order_type kind ON kind.id = o.type_id AND kind.is_repair
              JOIN aftersales_warranty card ON card.id = o.warranty_id
             WHERE o.active AND o.state NOT IN ('rejected', 'cancelled')
               AND card.date_start <= %(event_day)s
          GROUP BY 1, 2, 3
            """, month=whole_months(SQL("card.date_start"), event_day), event_day=event_day)
